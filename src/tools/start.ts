/**
 * `npm start`: Doorplate on this machine, from an empty folder to a page that can be visited.
 *
 * Each step does nothing when its result is there already, so a second start only checks. Everything that goes
 * wrong is one line that says what to do; whatever was started is ended again, in the reverse order.
 */
import { nodeTooOld } from './start/node-version.ts'
import { readOptions } from './start/options.ts'
import { run } from './start/run.ts'

const old = nodeTooOld(process.version)
const request = readOptions(process.argv.slice(2), process.env)

if (old !== null) refuse(old)
else if ('help' in request) console.log(request.help)
else if ('wrong' in request) refuse(request.wrong)
// Exits at once: after Ctrl-C a step may still be at work, and each of them can be interrupted anywhere.
else process.exit(await run(request.run))

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}
