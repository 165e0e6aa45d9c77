import { execFile } from 'node:child_process'
import { resolve } from 'node:path'

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

const ROOT = resolve(import.meta.dirname, '../../..')

/** Runs one of src/tools as `npm run` does: `command('ledger', ['verify', 'f'])`. What it prints and how it ends. */
export function command(
  tool: string,
  words: readonly string[],
  options: { readonly env?: Record<string, string>; readonly input?: string } = {},
): Promise<Ended> {
  return new Promise((tell) => {
    const child = execFile(
      process.execPath,
      [resolve(ROOT, `src/tools/${tool}.ts`), ...words],
      { cwd: ROOT, env: { ...process.env, ...options.env }, maxBuffer: 32 * 1024 * 1024 },
      (error, out, err) => tell({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out, err }),
    )
    child.stdin?.end(options.input ?? '')
  })
}
