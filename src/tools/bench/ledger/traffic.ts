/**
 * Events as a site sees them, generated from a seed: the same in every run, for the benchmark and for the tests.
 *
 * Paths, sources and countries are drawn as they come in the wild, the second half as often as the first and so on
 * (Zipf). Two views of five are entry pages; of a company's views, most are left again some seconds later.
 */
import type { Activity, Leave, TotalsEntry } from '../../../ledger/activity.ts'
import { hourOf, localDay } from '../../../ledger/clock.ts'
import type { CompanyKey, CompanyRecord, SiteId } from '../../../words.ts'
import { seeded } from './seeded.ts'
import { zipf } from './zipf.ts'

export type TrafficEvent =
  | { readonly at: number; readonly kind: 'activity'; readonly activity: Activity }
  | { readonly at: number; readonly kind: 'leave'; readonly leave: Leave }
  | { readonly at: number; readonly kind: 'totals'; readonly entry: TotalsEntry }

export interface Traffic {
  readonly seed: number
  readonly events: number
  readonly perSecond: number
  /** When it begins, in milliseconds since 1970. */
  readonly from: number
  readonly sites?: readonly SiteId[]
  readonly timeZone?: string
  /** Share of events from a listed company. */
  readonly companies?: number
  /** Whether company views are left again. A leave is no event: it is counted for nothing, and writes rows. */
  readonly leaves?: boolean
  /** Every path, source and country equally often, and every view an entry page: the worst case for the rows written. */
  readonly even?: boolean
}

export const SITE = 'bench' as SiteId
export const ZONE = 'Europe/Berlin'
const PATHS = 200
const SOURCES = 20
const COUNTRIES = 20
const COMPANIES = 150
const ENTRY = 0.4
const LEFT = 0.7
const DEVICES = ['desktop', 'phone', 'tablet']

export function* traffic({
  seed,
  events,
  perSecond,
  from,
  sites = [SITE],
  timeZone = ZONE,
  companies = 0.05,
  leaves = false,
  even = false,
}: Traffic): Generator<TrafficEvent> {
  const random = seeded(seed)
  const pick = (count: number): number => (even ? Math.floor(random() * count) : zipf(count, random()))
  const later: TrafficEvent[] = []
  for (let index = 0; index < events; index += 1) {
    const at = from + Math.floor((index * 1000) / perSecond)
    for (let due = later[0]; due !== undefined && due.at <= at; due = later[0]) {
      yield due
      later.shift()
    }
    const siteId = sites[Math.floor(random() * sites.length)] ?? SITE
    const path = `/page-${pick(PATHS)}`
    const entry = even || random() < ENTRY
    const source = entry ? sourceName(pick(SOURCES)) : ''
    if (random() >= companies) {
      const counts: [TotalsEntry['counts'][number][0], string][] = [
        ['outcome', random() < 0.98 ? 'unlisted' : 'kind'],
        ['activity', 'view'],
        ['path', path],
        ['country', `C${pick(COUNTRIES)}`],
        ['device', DEVICES[even ? Math.floor(random() * 3) : zipf(3, random())] ?? ''],
        ...(entry ? ([['source', source]] as [TotalsEntry['counts'][number][0], string][]) : []),
      ]
      yield { at, kind: 'totals', entry: { siteId, day: localDay(hourOf(at), timeZone).day, counts } }
      continue
    }
    const origin = entry ? source : `/page-${pick(PATHS)}`
    const company = companyOf(zipf(COMPANIES, random()))
    const hour = hourOf(at)
    if (random() < 0.05) {
      yield { at, kind: 'activity', activity: { siteId, company, hour, kind: 'download', path, origin: '', name: 'datasheet.pdf' } }
      continue
    }
    yield { at, kind: 'activity', activity: { siteId, company, hour, kind: 'view', path, origin, name: '' } }
    if (!leaves || random() >= LEFT) continue
    const seconds = 1 + Math.floor(random() * 60)
    later.push({ at: at + seconds * 1000, kind: 'leave', leave: { siteId, company, hour, path, origin, seconds } })
    later.sort((a, b) => a.at - b.at)
  }
  yield* later
}

/** Direct visits first, then outside sources by name. */
const sourceName = (index: number): string => (index === 0 ? '' : `source-${index}.example`)

function companyOf(index: number): CompanyRecord {
  const domain = `company-${index}.example`
  return {
    key: `dom:${domain}` as CompanyKey,
    kind: 'business',
    name: `Company ${index}`,
    domain,
    country: 'DE',
    city: 'Berlin',
    industry: 'Machinery',
    employees: '10001+',
    receipt: {
      source: 'benchmark',
      licence: 'CC0',
      sourceVersion: '1',
      sourceDate: '2026-06-17',
      evidence: 'made for a benchmark',
      confidence: 75,
      tableVersion: 'f'.repeat(64),
      fields: [],
    },
  }
}
