import type { Sink } from '../ledger/sink.ts'
import { readSites, type SiteList } from '../ledger/sites.ts'
import { d1Sink } from '../ledger/write.ts'
import type { RuleSet } from '../ranges/rules.ts'
import { openRangeStore, type RangeStore } from '../ranges/store.ts'
import { readSettings, type Settings } from '../settings.ts'
import { type MinuteCopy, minuteCopy } from './minute-copy.ts'
import { NO_RULES, readRuleSet } from './rule-list.ts'

/** What an event needs once the gate has opened. Time is part of it, so that a test can set the clock. */
export interface House {
  readonly sites: MinuteCopy<SiteList>
  readonly rules: MinuteCopy<RuleSet>
  readonly ranges: RangeStore
  readonly sink: Sink
  /** False when a key (a site, a host; never anything of a visitor) is over its rate. */
  readonly limit: (key: string) => Promise<boolean>
  readonly stated: Settings['stated']
  readonly now: () => number
}

const NO_SITES: SiteList = { byPageHost: new Map(), byEndpointHost: new Map(), byId: new Map() }

/** One house per isolate and set of bindings. Building it touches no binding (P1). */
export function openHouse(env: Env, now: () => number = Date.now): House {
  return {
    sites: minuteCopy(() => readSites(env.DB), NO_SITES),
    rules: minuteCopy(() => readRuleSet(env.DB), NO_RULES),
    ranges: openRangeStore(env.RANGES, now),
    sink: d1Sink(env.DB),
    async limit(key) {
      try {
        return (await env.EVENT_LIMIT.limit({ key })).success
      } catch {
        // A limiter that fails must not lose what it should only have slowed down.
        return true
      }
    },
    stated: readSettings(env).stated,
    now,
  }
}
