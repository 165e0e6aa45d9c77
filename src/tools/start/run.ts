/**
 * The steps of `npm start` in their order, and the one way out of it: whatever was started is ended again, the last
 * one first.
 */
import { startDemo } from '../demo/server.ts'
import { CannotStart } from './cannot-start.ts'
import { adminAnswers } from './check.ts'
import { untilInterrupted } from './interrupt.ts'
import type { StartOptions } from './options.ts'
import { prepare } from './prepare.ts'
import { type Progress, progressOn } from './progress.ts'
import { summary } from './summary.ts'
import { tokenHash } from './token.ts'
import { startWorker } from './worker.ts'

type Ending = { readonly why: string }

/** @returns the exit code, once everything has ended. */
export async function run(options: StartOptions): Promise<number> {
  const interrupted = untilInterrupted().then((): Ending => ({ why: '' }))
  const started: (() => Promise<void>)[] = []
  try {
    const { why } = await Promise.race([interrupted, live(options, (stop) => started.push(stop))])
    if (why === '') console.log('\nDoorplate has ended.')
    else console.error(`\n${capital(why)}.`)
    return why === '' ? 0 : 1
  } catch (error) {
    console.error(`\n${error instanceof CannotStart ? capital(error.message) : stackOf(error)}`)
    return 1
  } finally {
    for (const stop of started.reverse()) await stop()
  }
}

/** Starts everything and lasts as long as the Worker does. @param onStop collects what must be ended. */
async function live(options: StartOptions, onStop: (stop: () => Promise<void>) => void): Promise<Ending> {
  const began = performance.now()
  console.log('Doorplate\n')
  const progress = progressOn(process.stdout, () => performance.now())
  const token = await prepare(options, progress)
  const { ended } = await open(options, token, progress, onStop)
  console.log(summary(options, token, (performance.now() - began) / 1000))
  return { why: await ended }
}

/** @returns a promise of the Worker's end, in one line. */
async function open(
  options: StartOptions,
  token: string,
  { step }: Progress,
  onStop: (stop: () => Promise<void>) => void,
): Promise<{ readonly ended: Promise<string> }> {
  const origin = `http://localhost:${options.port}`
  const worker = startWorker({
    port: options.port,
    state: options.state,
    tokenHash: tokenHash(token),
    say: (line) => console.error(`  ${line}`),
  })
  onStop(worker.stop)
  await step('Worker', async () => ({ result: await worker.ready }))

  await step('Demo website', async () => {
    const demo = await startDemo({ port: options.demoPort, worker: origin })
    onStop(demo.stop)
    const wrong = await adminAnswers(origin, token)
    if (wrong !== null) throw new CannotStart(wrong)
    return { result: undefined }
  })
  return { ended: worker.ended }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
