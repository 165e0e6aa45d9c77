/** What somebody needs to go on: three addresses and the token, in a block that is easy to find again. */
import type { StartOptions } from './options.ts'

export function summary({ port, demoPort }: Pick<StartOptions, 'port' | 'demoPort'>, token: string, seconds: number): string {
  const lines = [
    ['Demo website', `http://localhost:${demoPort}`],
    ['Admin', `http://localhost:${port}/admin`],
    ['Worker', `http://localhost:${port}`],
    ['Admin token', token],
  ]
  const block = lines.map(([name, value]) => `  ${name?.padEnd(14)}${value}`).join('\n')
  return `\nDoorplate is ready after ${seconds.toFixed(1)} s. Visit the demo website, then look into the admin.\n\n${block}\n\nCtrl-C ends it.\n`
}
