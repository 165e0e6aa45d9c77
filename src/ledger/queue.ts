import { type Batch, partOf } from './batch.ts'
import type { HotPages } from './company-day.ts'
import { kindOf, LedgerFault } from './fault.ts'
import { BYTES_AT_ONCE, MESSAGE_BYTES } from './limits.ts'
import { readMessage, writeMessage } from './message.ts'
import type { Delivery } from './outbox.ts'
import { type Shards, writeToShards } from './shard.ts'
import { sizeOf } from './split.ts'
import { withoutView } from './write.ts'

/**
 * The queue's two ends. A queue delivers at least once and in any order; the batch's id makes once of it, and addition
 * knows no order. Only seconds need one: they are added to a view that is there. So the seconds of a message are a
 * batch of their own (its id with `/s`), and a message whose views are still on their way comes again a little later.
 * After {@link SECONDS_TRIES} times it is written with the views there are: those whose view never came are the loss
 * this file accepts, as the wire says of a `leave` without a view. A try that failed because D1 did counts as one too:
 * hence so many, of the twenty that a message has.
 *
 * What can't be written is retried by the queue and ends in the dead-letter queue, from where `npm run redrive`
 * brings it back.
 */
const SECONDS_TRIES = 15
const SECONDS_DELAY_S = 15

export function queueDelivery(queue: Queue): Delivery {
  return {
    bytes: MESSAGE_BYTES,
    async deliver(batch) {
      try {
        await queue.send(writeMessage(batch), { contentType: 'json' })
      } catch (error) {
        // A send whose answer was lost may have been a send; the id in the message bears that.
        throw new LedgerFault(kindOf(error), true)
      }
    },
  }
}

/** What is used of a queue's message. */
export interface Delivered {
  readonly body: unknown
  /** 1 for the first delivery. */
  readonly attempts: number
  ack(): void
  retry(options?: { delaySeconds?: number }): void
}

interface Unit {
  readonly message: Delivered
  readonly batch: Batch
}

/** Writes what a delivery holds, merged, and answers each message. Never rejects. */
export async function consume(messages: readonly Delivered[], shards: Shards, hot: HotPages): Promise<void> {
  const units: Unit[] = []
  for (const message of messages) {
    const batch = readMessage(message.body)
    if (batch === null) message.retry()
    else units.push({ message, batch })
  }
  for (const group of grouped(units)) await consumeGroup(group, shards, hot)
}

async function consumeGroup(units: readonly Unit[], shards: Shards, hot: HotPages): Promise<void> {
  try {
    await writeToShards(shards, units.map(counters), hot)
    const ready = await withViews(units, shards)
    await writeToShards(shards, ready.map(seconds), hot)
    for (const { message } of units) {
      if (ready.some((unit) => unit.message === message)) message.ack()
      else message.retry({ delaySeconds: SECONDS_DELAY_S })
    }
  } catch (error) {
    // One row that the database refuses must not hold up the messages it was merged with.
    if (error instanceof LedgerFault && error.kind === 'refused' && units.length > 1) {
      for (const unit of units) await consumeGroup([unit], shards, hot)
    } else for (const { message } of units) message.retry()
  }
}

/** The messages whose seconds all have their view, and those that have waited long enough. */
async function withViews(units: readonly Unit[], { of }: Shards): Promise<readonly Unit[]> {
  const early = units.filter(({ message, batch }) => message.attempts < SECONDS_TRIES && batch.leaves.length > 0)
  const late = new Set<Unit>()
  for (const db of new Set(early.flatMap(({ batch }) => batch.leaves.map(([site]) => of(site))))) {
    const asked = early.flatMap((unit) => unit.batch.leaves.filter(([site]) => of(site) === db).map((row) => ({ unit, row })))
    const lonely = await withoutView(
      db,
      asked.map(({ row }) => row),
    )
    asked.forEach(({ unit }, place) => {
      if (lonely.has(place)) late.add(unit)
    })
  }
  return units.filter((unit) => !late.has(unit))
}

const counters = ({ batch }: Unit): Batch => {
  const { companies } = batch
  const counted = new Set(companies.map(([site, company]) => `${site} ${company}`))
  return { ...batch, leaves: [], days: batch.days.filter(([site, company]) => counted.has(`${site} ${company}`)) }
}

const seconds = ({ batch }: Unit): Batch => {
  const left = new Set(batch.leaves.map(([site, company]) => `${site} ${company}`))
  return {
    ...partOf(batch, () => false),
    id: `${batch.id}/s`,
    leaves: batch.leaves,
    days: batch.days.filter(([site, company]) => left.has(`${site} ${company}`)),
  }
}

/** Messages that are written in one transaction. */
function grouped(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const groups: Unit[][] = []
  let bytes = BYTES_AT_ONCE
  for (const unit of units) {
    const size = sizeOf(unit.batch)
    if (bytes + size > BYTES_AT_ONCE) {
      groups.push([])
      bytes = 0
    }
    bytes += size
    groups.at(-1)?.push(unit)
  }
  return groups
}
