/**
 * Traffic through a sink, hours of it in seconds, over databases and queues that fail. What they hold afterwards is for
 * the caller to compare.
 */
import { openSink } from '../../../ledger/open-sink.ts'
import { consume } from '../../../ledger/queue.ts'
import { shardsOver } from '../../../ledger/shard.ts'
import { type Faults, faultsOf, type Meter, meteredD1, NO_FAULTS, newMeter } from './faulty.ts'
import { handClock, Underway } from './hand-clock.ts'
import { seeded } from './seeded.ts'
import { type TrafficEvent, ZONE } from './traffic.ts'

export interface Trial {
  readonly sink: 'd1' | 'queue'
  readonly databases: readonly D1Database[]
  readonly seed: number
  /** When it begins, in milliseconds since 1970. */
  readonly from: number
  /** Share of calls that fail; 0 unless given. */
  readonly faults?: number
  readonly windows?: { readonly ledgerMs: number; readonly totalsMs: number }
  readonly timeZone?: string
}

export interface Outcome extends Meter {
  readonly messages: number
  readonly deliveries: number
  readonly deadLetters: number
}

const WINDOWS = { ledgerMs: 1000, totalsMs: 20_000 }
/** One message of ten is delivered again although it was acknowledged. */
const REPLAYED = 0.1
const MAX_RETRIES = 20
const AT_ONCE = 100
const CONSUMED_EVERY_MS = 2000

export async function runTrial(
  { sink: kind, databases, seed, from, faults = 0, windows = WINDOWS, timeZone = ZONE }: Trial,
  events: Iterable<TrafficEvent>,
): Promise<Outcome> {
  const random = seeded(seed)
  const meter = newMeter()
  const underway = new Underway()
  let failing = true
  const failures: Faults = faults === 0 ? NO_FAULTS : faultsOf(random, faults)
  const wrapped = databases.map((db) => meteredD1(db, meter, underway, () => (failing ? failures() : null)))
  const shards = shardsOver(wrapped, wrapped[0] as D1Database)
  const queue = new Pile(random, () => (failing ? failures() : null))
  const clock = handClock(from, underway.quiet)
  let ids = 0
  const given = { now: clock.now, wait: clock.wait, newId: () => `id-${seed}-${ids++}` }
  const hot = () => []
  const sink = openSink({ sink: kind, ...windows }, shards, async () => hot, queue as unknown as Queue, given)

  const promises: Promise<void>[] = []
  let consumedAt = from
  for (const event of events) {
    await clock.to(event.at)
    if (event.kind === 'activity') promises.push(sink.activity(event.activity, timeZone))
    else if (event.kind === 'leave') promises.push(sink.leave(event.leave, timeZone))
    else promises.push(sink.totals(event.entry))
    if (windows.ledgerMs === 0) await underway.quiet()
    if (kind === 'queue' && event.at - consumedAt >= CONSUMED_EVERY_MS) {
      consumedAt = event.at
      await consume(queue.take(AT_ONCE), shards, hot)
    }
  }
  // The faults end; what waits in the isolate goes with the next flush.
  failing = false
  await clock.to(clock.now() + 120_000)
  await underway.quiet()
  while (queue.waiting > 0) await consume(queue.take(AT_ONCE), shards, hot)
  queue.redrive()
  while (queue.waiting > 0) await consume(queue.take(AT_ONCE), shards, hot)
  await Promise.all(promises)
  const { sent: messages, deliveries, dead: deadLetters } = queue
  return { ...meter, messages, deliveries, deadLetters }
}

interface Piled {
  readonly body: unknown
  attempts: number
}

/** A queue: at least once, in any order, with a dead-letter queue. Sending may fail, before or after it was sent. */
class Pile {
  sent = 0
  deliveries = 0
  dead = 0
  #messages: Piled[] = []
  #dead: Piled[] = []
  readonly #random: () => number
  readonly #faults: Faults

  constructor(random: () => number, faults: Faults) {
    this.#random = random
    this.#faults = faults
  }

  get waiting(): number {
    return this.#messages.length
  }

  async send(body: unknown): Promise<void> {
    const fault = this.#faults()
    if (fault?.when === 'before') throw new Error(fault.message)
    this.sent += 1
    // What a queue carries is JSON and nothing else.
    this.#messages.push({ body: JSON.parse(JSON.stringify(body)), attempts: 0 })
    if (fault !== null) throw new Error(fault.message)
  }

  take(count: number) {
    const taken: Piled[] = []
    while (taken.length < count && this.#messages.length > 0) {
      const at = Math.floor(this.#random() * this.#messages.length)
      taken.push(...this.#messages.splice(at, 1))
    }
    this.deliveries += taken.length
    return taken.map((message) => {
      message.attempts += 1
      return {
        body: message.body,
        attempts: message.attempts,
        ack: () => {
          if (this.#random() < REPLAYED) this.#messages.push({ ...message })
        },
        retry: () => {
          if (message.attempts <= MAX_RETRIES) this.#messages.push(message)
          else {
            this.dead += 1
            this.#dead.push(message)
          }
        },
      }
    })
  }

  redrive(): void {
    for (const { body } of this.#dead.splice(0)) this.#messages.push({ body, attempts: 0 })
  }
}
