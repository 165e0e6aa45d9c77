import { hotPagesOf, openSink, REAL } from '../ledger/open-sink.ts'
import { type Shards, shardsOf } from '../ledger/shard.ts'
import type { Sink } from '../ledger/sink.ts'
import { readSites, type SiteList } from '../ledger/sites.ts'
import { openRangeStore, type RangeStore } from '../ranges/store.ts'
import { readSettings, type Settings } from '../settings.ts'
import { type MinuteCopy, minuteCopy } from './minute-copy.ts'
import { rateOf } from './rate.ts'
import { type HouseRules, NO_RULES, readRuleSet } from './rule-list.ts'

/** What an event needs once the gate has opened. Time is part of it, so that a test can set the clock. */
export interface House {
  readonly sites: MinuteCopy<SiteList>
  readonly rules: MinuteCopy<HouseRules>
  readonly ranges: RangeStore
  readonly sink: Sink
  readonly shards: Shards
  /** False when a key (a site, a host; never anything of a visitor) is over its rate. */
  readonly limit: (key: string) => Promise<boolean>
  readonly stated: Settings['stated']
  readonly now: () => number
}

const NO_SITES: SiteList = { byPageHost: new Map(), byEndpointHost: new Map(), byId: new Map() }

/** One house per isolate and set of bindings. Building it touches no binding (P1). */
export function openHouse(env: Env, now: () => number = Date.now): House {
  const settings = readSettings(env)
  const shards = shardsOf(env)
  const sites = minuteCopy(() => readSites(env.DB), NO_SITES)
  return {
    sites,
    rules: minuteCopy(() => readRuleSet(env.DB), NO_RULES),
    ranges: openRangeStore(env.RANGES, now),
    sink: openSink(settings.counting, shards, async () => hotPagesOf(await sites.current(now())), env.COUNTS ?? null, { ...REAL, now }),
    shards,
    limit: rateOf(() => env.EVENT_LIMIT, now),
    stated: settings.stated,
    now,
  }
}
