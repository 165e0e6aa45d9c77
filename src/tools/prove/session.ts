/** One life of the Worker, from start to shutdown, with somebody who visits it. */
import { setTimeout as pause } from 'node:timers/promises'
import { CANARIES, type Canary } from './canaries.ts'
import { type Answer, type Client, openClient } from './client.ts'
import type { Journal } from './journal.ts'
import type { Path } from './paths.ts'
import { type Heard, type Runtime, type RuntimeOptions, startRuntime } from './runtime.ts'
import { dressed } from './visitor.ts'
import type { Fault } from './worker/faults.ts'

/** Requests under way at once: enough to have events meet, few enough to leave the machine usable. */
const SOCKETS = 16
/** Between two questions whether the Worker is done. */
const POLL_MS = 5
/** `waitUntil` ends 30 s after the answer. */
const LONGEST_WAIT_MS = 35_000

export interface Watch {
  /** Promises given to `waitUntil` that are not settled. */
  readonly pending: number
  /** How often each binding, and each method of one, was touched. */
  readonly touches: Readonly<Record<string, number>>
}

export interface SessionOptions extends RuntimeOptions {
  readonly heard: Heard
  readonly journal: Journal
  /** Which of a canary's two addresses comes. */
  readonly who?: (canary: Canary) => string
  /** Order of events; another seed, another order. */
  readonly seed?: number
}

export class Session {
  readonly runtime: Runtime
  readonly #client: Client
  readonly #options: SessionOptions

  private constructor(runtime: Runtime, options: SessionOptions) {
    this.runtime = runtime
    this.#client = openClient(runtime.url, SOCKETS)
    this.#options = options
  }

  static async start(options: SessionOptions): Promise<Session> {
    return new Session(await startRuntime(options, options.heard), options)
  }

  /** Sends about `events` events along these paths, each at least once, mixed; and waits for what they set off. */
  async take(paths: readonly Path[], events: number): Promise<void> {
    await this.sendOff(paths, events)
    await this.settle()
  }

  /** The same without waiting for what goes on after the answers. */
  async sendOff(paths: readonly Path[], events: number): Promise<void> {
    const queue = mixed(paths, events, this.#options.seed ?? 1)
    const turns = new Map<Path, number>()
    const worker = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        const turn = turns.get(path) ?? 0
        turns.set(path, turn + 1)
        this.#options.journal.note(path, await this.#send(path, turn))
      }
    }
    await Promise.all(Array.from({ length: SOCKETS }, worker))
  }

  /** Each path `times` times, one after the other, with the fault of its row. */
  async takeEach(paths: readonly Path[], times: number): Promise<void> {
    for (const path of paths) {
      await this.fault(path.fault ?? 'none')
      await this.take([path], times)
      await this.fault('none')
    }
  }

  #send(path: Path, turn: number): Promise<Answer> {
    const address = visitor(path, turn, this.#options.who ?? (({ address }) => address))
    return this.#client.send(dressed(path.request(address, turn), address, this.runtime.url))
  }

  fault(fault: Fault): Promise<Watch> {
    return this.#control('fault', fault)
  }

  /** Stops the Worker's clock at this time. */
  clock(now: number): Promise<Watch> {
    return this.#control('clock', String(now))
  }

  forgetTouches(): Promise<Watch> {
    return this.#control('forget', '')
  }

  watch(): Promise<Watch> {
    return this.#control('watch', '')
  }

  /** A request whose path is this word. */
  mark(word: string): Promise<Watch> {
    return this.#control(word, '')
  }

  async settle(): Promise<void> {
    const until = Date.now() + LONGEST_WAIT_MS
    while ((await this.watch()).pending > 0) {
      if (Date.now() > until) throw new Error('the Worker did not finish its work')
      await pause(POLL_MS)
    }
  }

  async cron(): Promise<void> {
    await this.#client.send({ method: 'GET', path: '/cdn-cgi/local/scheduled', headers: {} })
    await this.settle()
  }

  /** Everything in KV, as `worker/kv-dump.ts` writes it. */
  async kvDump(): Promise<Buffer> {
    return (await this.#client.send({ method: 'GET', path: '/.prove/kv', headers: {} })).body
  }

  async stop(): Promise<void> {
    this.#client.close()
    await this.runtime.stop()
  }

  async #control(what: string, body: string): Promise<Watch> {
    const answer = await this.#client.send({ method: 'POST', path: `/.prove/${what}`, headers: {}, body })
    return JSON.parse(answer.body.toString('utf8'))
  }
}

/** Both families in turn; every third IPv4 visitor arrives in the mapped spelling. */
function visitor({ from }: Path, turn: number, who: (canary: Canary) => string): string {
  const candidates = CANARIES.filter(({ role }) => role === from)
  const canary = candidates[turn % candidates.length]
  if (canary === undefined) throw new Error(`no canary is ${from}`)
  return canary.family === 4 && turn % 3 === 2 ? `::ffff:${who(canary)}` : who(canary)
}

/** Each path as often as its share says, in an order that depends on the seed alone. */
function mixed(paths: readonly Path[], events: number, seed: number): Path[] {
  const shares = paths.reduce((sum, { share }) => sum + share, 0)
  const list = paths.flatMap((path) => Array.from({ length: Math.max(1, Math.round((events * path.share) / shares)) }, () => path))
  let state = seed
  for (let at = list.length - 1; at > 0; at--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const other = state % (at + 1)
    const [a, b] = [list[at], list[other]]
    if (a !== undefined && b !== undefined) [list[at], list[other]] = [b, a]
  }
  return list
}
