/**
 * Moves messages from the dead-letter queue to the queue: sent first, removed afterwards. A run that is interrupted in
 * between leaves a message in both, which its id makes harmless.
 */
import { hourOf } from '../../ledger/clock.ts'
import { BATCH_HOURS } from '../../ledger/limits.ts'
import { readMessage } from '../../ledger/message.ts'
import type { Pulled, QueueApi } from './queue-api.ts'

export interface Redrive {
  readonly from: string
  readonly to: string
  /** Moves nothing. */
  readonly dry: boolean
  /** Also messages whose ids may be forgotten. */
  readonly old: boolean
  readonly now: number
}

export interface Redriven {
  readonly moved: number
  readonly old: number
  /** Messages that this version does not understand. */
  readonly foreign: number
}

/** A push may have 256 kB in all; a message has at most 100. */
const PUSHED_AT_ONCE = 2

export async function redrive(api: QueueApi, { from, to, dry, old: withOld, now }: Redrive): Promise<Redriven> {
  const [source, target] = await Promise.all([api.idOf(from), api.idOf(to)])
  await api.allowPull(source)
  const counts = { moved: 0, old: 0, foreign: 0 }
  const kept: string[] = []
  // Pulled messages stay hidden until they are settled, so the queue runs empty.
  for (let pulled = await api.pull(source); pulled.length > 0; pulled = await api.pull(source)) {
    const wanted: Pulled[] = []
    for (const message of pulled) {
      const batch = readMessage(message.body)
      const what = batch === null ? 'foreign' : batch.hour <= hourOf(now) - BATCH_HOURS && !withOld ? 'old' : 'moved'
      counts[what] += 1
      if (what === 'moved' && !dry) wanted.push(message)
      else kept.push(message.lease)
    }
    for (let at = 0; at < wanted.length; at += PUSHED_AT_ONCE) {
      const some = wanted.slice(at, at + PUSHED_AT_ONCE)
      await api.push(
        target,
        some.map(({ body }) => body),
      )
      await api.settle(
        source,
        some.map(({ lease }) => lease),
        [],
      )
    }
  }
  if (kept.length > 0) await api.settle(source, [], kept)
  return counts
}
