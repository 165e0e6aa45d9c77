/**
 * `npm run ranges`: builds, publishes and questions the range table. See `npm run ranges -- --help`.
 *
 * Progress goes to stderr, the answer to stdout. What can go wrong on the operator's side (a malformed row, a
 * refused publish, a missing build) is one sentence; anything else is a fault of ours and keeps its stack.
 */

import { PublishRefused } from '../compile/publish.ts'
import { SourceError } from '../compile/sources/source.ts'
import { RUN } from './ranges/commands.ts'
import { BuildMissing } from './ranges/folder.ts'
import { readRangesOptions } from './ranges/options.ts'
import { progressLine } from './ranges/progress.ts'
import { WranglerFailed } from './wrangler.ts'

const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

const isOperators = (error: unknown): error is Error =>
  error instanceof SourceError || error instanceof PublishRefused || error instanceof BuildMissing || error instanceof WranglerFailed

async function main(args: readonly string[]): Promise<number> {
  const request = readRangesOptions(args)
  if ('help' in request) {
    console.log(request.help)
    return DONE
  }
  if ('wrong' in request) {
    console.error(`${request.wrong} See: npm run ranges -- --help`)
    return WRONG_USAGE
  }
  const { run } = request
  const line = progressLine(process.stderr, () => performance.now())
  try {
    const outcome = await RUN[run.command](run, line)
    console.log(run.json ? JSON.stringify(outcome.json, null, 2) : outcome.text)
    return outcome.ok ? DONE : FAILED
  } catch (error) {
    line.end()
    if (!isOperators(error)) throw error
    console.error(run.json ? JSON.stringify({ error: error.message }) : error.message)
    return FAILED
  }
}

process.exitCode = await main(process.argv.slice(2))
