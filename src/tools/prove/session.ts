/** One life of the Worker, from start to shutdown, with somebody who visits it. */
import { setTimeout as pause } from 'node:timers/promises'
import { CANARIES, type Canary } from './canaries.ts'
import { type Answer, type Client, openClient, type Sending } from './client.ts'
import type { Journal } from './journal.ts'
import type { Path } from './paths.ts'
import { type Heard, type Runtime, type RuntimeOptions, startRuntime } from './runtime.ts'
import { seeded } from './seeded.ts'
import { dressed } from './visitor.ts'
import type { Fault } from './worker/faults.ts'

/** Requests under way at once: enough to have events meet, few enough to leave the machine usable. */
const SOCKETS = 16
/** Between two questions whether the Worker is done. */
const POLL_MS = 5
/** A guard against work that never ends. `waitUntil` ends 30 s after the answer; a busy machine comes to it later. */
const LONGEST_WAIT_MS = 120_000

export interface Watch {
  /** Promises given to `waitUntil` that are not settled. */
  readonly pending: number
  /** How often each binding, and each method of one, was touched. */
  readonly touches: Readonly<Record<string, number>>
  /** How often the Worker was asked; what is answered before it is not among them. */
  readonly runs: number
  /** How often a message of the queue was sent back. */
  readonly retries: number
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
  /** Of what is asked by itself: the operators take turns. */
  #turn = 0

  private constructor(runtime: Runtime, options: SessionOptions) {
    this.runtime = runtime
    this.#client = openClient(runtime.url, SOCKETS)
    this.#options = options
  }

  static async start(options: SessionOptions): Promise<Session> {
    return new Session(await startRuntime(options, options.heard), options)
  }

  /** Sends about `events` events along these paths, each at least once, mixed; and waits for what they set off. */
  async take(paths: readonly Path[], events: number): Promise<number> {
    const sent = await this.sendOff(paths, events)
    await this.settle()
    return sent
  }

  /** The same without waiting for what goes on after the answers. @returns how many were sent. */
  async sendOff(paths: readonly Path[], events: number): Promise<number> {
    const queue = mixed(paths, events, this.#options.seed ?? 1)
    const sent = queue.length
    const turns = new Map<Path, number>()
    const worker = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        const turn = turns.get(path) ?? 0
        turns.set(path, turn + 1)
        await this.#send(path, turn)
      }
    }
    await Promise.all(Array.from({ length: SOCKETS }, worker))
    return sent
  }

  /** Each path `times` times, one after the other, with the fault of its row. */
  async takeEach(paths: readonly Path[], times: number): Promise<void> {
    for (const path of paths) {
      await this.fault(path.fault ?? 'none')
      await this.take([path], times)
      await this.fault('none')
    }
  }

  /** Canaries of a role take turns, and each goes through all of a path's variants. */
  async #send(path: Path, turn: number): Promise<Answer> {
    const canaries = CANARIES.filter(({ role }) => role === path.from)
    const canary = canaries[turn % canaries.length]
    if (canary === undefined) throw new Error(`no canary is ${path.from}`)
    const round = Math.floor(turn / canaries.length)
    const address = arrival(canary, round, this.#options.who ?? (({ address }) => address))
    const sending = path.request(address, round)
    const answer = await this.send(address, sending)
    this.#options.journal.note(path, sending, answer)
    return answer
  }

  /** One request along this path, and its answer. */
  ask(path: Path): Promise<Answer> {
    return this.#send(path, this.#turn++)
  }

  /** One request from this address, dressed like all of them, and its answer; what goes on after it is not waited for. */
  send(address: string, sending: Sending): Promise<Answer> {
    return this.#client.send(dressed(sending, address, this.runtime.url))
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

  /** Puts a message into the queue that the Worker can't understand and that holds these words. */
  poison(words: string): Promise<Watch> {
    return this.#control('poison', words)
  }

  settle(): Promise<void> {
    return this.#until(({ pending }) => pending === 0, 'the Worker did not finish its work')
  }

  /** Until the Worker has sent a message back to the queue. */
  sentBack(): Promise<void> {
    return this.#until(({ retries }) => retries > 0, 'no message came back to the queue')
  }

  async #until(done: (watch: Watch) => boolean, otherwise: string): Promise<void> {
    const until = Date.now() + LONGEST_WAIT_MS
    while (!done(await this.watch())) {
      if (Date.now() > until) throw new Error(otherwise)
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

  /** Every message that went through the queue, as JSON. */
  async queueDump(): Promise<Buffer> {
    return (await this.#client.send({ method: 'GET', path: '/.prove/queue', headers: {} })).body
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

/** Every third time an IPv4 visitor arrives in the mapped spelling. */
function arrival(canary: Canary, round: number, who: (canary: Canary) => string): string {
  return canary.family === 4 && round % 3 === 2 ? `::ffff:${who(canary)}` : who(canary)
}

/** Each path as often as its share says, in an order that depends on the seed alone. */
function mixed(paths: readonly Path[], events: number, seed: number): Path[] {
  const shares = paths.reduce((sum, { share }) => sum + share, 0)
  const list = paths.flatMap((path) => Array.from({ length: Math.max(1, Math.round((events * path.share) / shares)) }, () => path))
  const next = seeded(seed)
  for (let at = list.length - 1; at > 0; at--) {
    const other = next(at + 1)
    const [a, b] = [list[at], list[other]]
    if (a !== undefined && b !== undefined) [list[at], list[other]] = [b, a]
  }
  return list
}
