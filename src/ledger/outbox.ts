import { log } from '../log.ts'
import { type Batch, type Counts, isEmpty, shedOf } from './batch.ts'
import { LedgerFault } from './fault.ts'
import type { Timing } from './flush.ts'
import { Gather } from './gather.ts'
import { GRACE_MS, TRIES } from './limits.ts'
import { splitBatch } from './split.ts'

/**
 * Flushed counters until they are delivered. A batch that was tried once keeps its id and its place: whether it was
 * written may be unknown, so it is tried again as it is, before anything that came later. What has not been tried yet
 * goes on adding up, so while D1 fails an isolate holds one batch and one sum.
 *
 * One sender at a time; a sender whose request died is succeeded by the next flush after {@link GRACE_MS}. What is
 * still here when the isolate dies is lost: the loss this file accepts.
 */
export interface Outbox {
  /** Rows that wait. */
  readonly keys: number
  put(counts: Counts): void
  /** Delivers what waits. Ends when nothing does, when another sender is at it, or when it failed too often; never rejects. */
  send(): Promise<void>
}

export interface Delivery {
  /** @throws LedgerFault */
  deliver(batch: Batch): Promise<void>
  /** Bytes of JSON that one delivery may have. */
  readonly bytes: number
}

export interface Naming extends Timing {
  readonly newId: () => string
  readonly hour: () => number
  /** The first wait after a failure; each further one is twice as long. */
  readonly backoffMs: number
}

export function openOutbox(delivery: Delivery, { now, wait, newId, hour, backoffMs }: Naming): Outbox {
  const waiting = new Gather()
  let tried: readonly Batch[] = []
  let sender: { heardAt: number } | null = null

  function next(): Batch | undefined {
    if (tried.length === 0) {
      const counts = waiting.take()
      if (!isEmpty(counts)) tried = splitBatch({ ...counts, id: newId(), hour: hour() }, delivery.bytes)
    }
    return tried[0]
  }

  function done({ id }: Batch): void {
    tried = tried.filter((batch) => batch.id !== id)
  }

  /** What becomes of a batch that could not be delivered. @returns false to give up for now. */
  async function failed(batch: Batch, fault: LedgerFault, failures: number): Promise<boolean> {
    log(`flush-${fault.kind}`, { failures, rows: keysOf(batch) })
    if (fault.kind === 'refused') {
      done(batch)
      if (!isShed(batch)) waiting.add(shedOf(batch))
      return true
    }
    if (!fault.again) {
      done(batch)
      return true
    }
    if (failures >= TRIES) return false
    if (backoffMs > 0) await wait(backoffMs * 2 ** (failures - 1))
    return true
  }

  async function deliverAll(me: { heardAt: number }): Promise<void> {
    let failures = 0
    for (let batch = next(); batch !== undefined && sender === me; batch = next()) {
      me.heardAt = now()
      try {
        await delivery.deliver(batch)
        done(batch)
        failures = 0
      } catch (error) {
        failures += 1
        const fault = error instanceof LedgerFault ? error : new LedgerFault('lost', true)
        if (!(await failed(batch, fault, failures))) return
      }
    }
  }

  return {
    get keys() {
      return waiting.keys + tried.reduce((sum, batch) => sum + keysOf(batch), 0)
    },
    put: (counts) => waiting.add(counts),
    async send() {
      // A clock that was put back must not let a sender that died hold the others for as long as that.
      if (sender !== null && now() >= sender.heardAt && now() <= sender.heardAt + GRACE_MS) return
      const me = { heardAt: now() }
      sender = me
      try {
        await deliverAll(me)
      } finally {
        if (sender === me) sender = null
      }
    },
  }
}

const keysOf = ({ activity, leaves, totals }: Counts): number => activity.length + leaves.length + totals.length

/** Holds nothing but a count of what was shed; shedding that would go round in circles. */
function isShed({ activity, leaves, totals }: Counts): boolean {
  return activity.length + leaves.length === 0 && totals.every(([, , , value]) => value === 'shed')
}
