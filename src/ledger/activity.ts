import type { ActivityKind, CompanyRecord, SiteId } from '../words.ts'

/**
 * What travels on after the look-up: closed, frozen types without a field an address, a device or a person could
 * live in (P2, P3). An event becomes either an Activity of a company or a TotalsEntry, never both (P5), so that
 * neither can be subtracted from the other.
 */
export interface Activity {
  readonly siteId: SiteId
  readonly company: CompanyRecord
  /** Hours since 1970 UTC. */
  readonly hour: number
  readonly kind: ActivityKind
  readonly path: string
  /** Previous path on the site, or the outside source, or empty. */
  readonly origin: string
  readonly name: string
}

/** Adds seconds to a view that is already in the ledger; where there is no such row nothing is stored. */
export interface Leave {
  readonly siteId: SiteId
  readonly company: CompanyRecord
  /** The hour of the view, not of leaving. */
  readonly hour: number
  readonly path: string
  readonly origin: string
  /** 0 … 3600. */
  readonly seconds: number
}

export const DIMENSIONS = ['path', 'source', 'country', 'device', 'activity', 'outcome'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Why an event is in the totals and not in the ledger. */
export type Outcome = 'unlisted' | 'sensitive-path' | 'rule' | 'kind' | 'bot' | 'shed'

/** One event among the anonymous daily counts: each dimension is counted by itself, never two together (P5). */
export interface TotalsEntry {
  readonly siteId: SiteId
  /** `YYYY-MM-DD` in the site's time zone. */
  readonly day: string
  readonly counts: readonly (readonly [Dimension, string])[]
}
