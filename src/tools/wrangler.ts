/** Runs the wrangler of this project as a program, without its log files; its failures become one plain message. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { HOUSE_RULES } from './start/load-wrangler.ts'

/** A shard is at most 25 MiB. */
const LARGEST_ANSWER = 64 * 1024 * 1024

export class WranglerFailed extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WranglerFailed'
  }
}

/** What wrangler printed on standard output. @throws WranglerFailed with its message. */
export function runWrangler(words: readonly string[]): Promise<Buffer> {
  const require = createRequire(import.meta.url)
  const bin = join(require.resolve('wrangler/package.json'), '../bin/wrangler.js')
  return new Promise((resolve, reject) => {
    // As a library, loaded in this process before, it was told to be quiet; what the program prints is its answer.
    const { WRANGLER_LOG: _quiet, ...environment } = process.env
    const options = { encoding: 'buffer' as const, maxBuffer: LARGEST_ANSWER, env: { ...environment, ...HOUSE_RULES } }
    execFile(process.execPath, [bin, ...words], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new WranglerFailed(plain(`${stderr.toString('utf8')}\n${stdout.toString('utf8')}`)))
    })
  })
}

/** Wrangler's message without colours and empty lines. */
const plain = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
    .replace(/\x1b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
