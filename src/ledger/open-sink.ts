import type { SiteId } from '../words.ts'
import { hourOf } from './clock.ts'
import type { HotPages } from './company-day.ts'
import { gatheringSink, type Timing, type Windows } from './flush.ts'
import { BYTES_AT_ONCE } from './limits.ts'
import { type Delivery, openOutbox } from './outbox.ts'
import { queueDelivery } from './queue.ts'
import { type Shards, shardsOver, writeToShards } from './shard.ts'
import type { Sink } from './sink.ts'
import { readSites, type SiteList } from './sites.ts'

/**
 * The sink that the settings choose. `d1` writes what was gathered; `queue` sends it to where `consume` writes it. Both
 * give the same ledger.
 */
export interface SinkSettings extends Windows {
  readonly sink: 'd1' | 'queue'
}

/** What the sink does not decide for itself: time, waiting and ids are arguments. */
export interface Given extends Timing {
  readonly newId: () => string
}

export const REAL: Given = {
  now: Date.now,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  newId: () => crypto.randomUUID(),
}

/**
 * @param hot the sites' hot pages, as known when counters are written
 * @param queue null where there is no such binding: then D1 is written whatever the setting says, and nothing is lost
 */
export function openSink(
  settings: SinkSettings,
  shards: Shards,
  hot: () => Promise<HotPages>,
  queue: Queue | null,
  given: Given = REAL,
): Sink {
  const delivery = settings.sink === 'queue' && queue !== null ? queueDelivery(queue) : d1Delivery(shards, hot)
  const naming = { ...given, hour: () => hourOf(given.now()), backoffMs: settings.ledgerMs / 4 }
  return gatheringSink(openOutbox(delivery, naming), settings, given)
}

/** Writes every event to this database at once. For tools and tests; the Worker gathers. */
export function d1Sink(db: D1Database): Sink {
  return openSink({ sink: 'd1', ledgerMs: 0, totalsMs: 0 }, shardsOver([db], db), async () => hotPagesOf(await readSites(db)), null)
}

export function hotPagesOf({ byId }: SiteList): HotPages {
  return (site) => byId.get(site as SiteId)?.settings.hot ?? []
}

function d1Delivery(shards: Shards, hot: () => Promise<HotPages>): Delivery {
  return { bytes: BYTES_AT_ONCE, deliver: async (batch) => writeToShards(shards, [batch], await hot()) }
}
