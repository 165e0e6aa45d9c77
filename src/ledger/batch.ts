import type { CompanyRecord } from '../words.ts'
import type { Activity, Leave, TotalsEntry } from './activity.ts'
import { localDay } from './clock.ts'

/**
 * Counters on their way to D1, as rows: what the sinks gather, the queue carries and `write` writes. The rows are
 * those of the tables and hold nothing that a table does not (P2, P3). Arrays, because `json_each` reads them by place.
 */
export interface Counts {
  readonly companies: readonly CompanyRow[]
  readonly activity: readonly ActivityRow[]
  readonly leaves: readonly LeaveRow[]
  readonly days: readonly DayRow[]
  readonly totals: readonly TotalsRow[]
}

/** Counts with an id of their own: written once, however often they arrive. */
export interface Batch extends Counts {
  readonly id: string
  /** The hour in which the batch was made; its id is kept for 24. */
  readonly hour: number
}

/** Site, company key, kind, name, domain, country, city, industry, employees, receipt as JSON, first hour. */
export type CompanyRow = readonly [
  site: string,
  company: string,
  kind: string,
  name: string,
  domain: string | null,
  country: string,
  city: string | null,
  industry: string | null,
  employees: string | null,
  receipt: string,
  firstHour: number,
]
export type ActivityRow = readonly [
  site: string,
  company: string,
  hour: number,
  kind: string,
  path: string,
  origin: string,
  name: string,
  count: number,
  seconds: number,
]
export type LeaveRow = readonly [site: string, company: string, hour: number, path: string, origin: string, seconds: number]
/** A company's day that has to be computed anew: its name, its first hour and the first hour after it. */
export type DayRow = readonly [site: string, company: string, day: string, from: number, to: number]
export type TotalsRow = readonly [site: string, day: string, dimension: string, value: string, count: number]

export const NO_COUNTS: Counts = { companies: [], activity: [], leaves: [], days: [], totals: [] }

export function countsOfActivity(a: Activity, timeZone: string): Counts {
  return {
    ...NO_COUNTS,
    companies: [companyRow(a.siteId, a.company, a.hour)],
    activity: [[a.siteId, a.company.key, a.hour, a.kind, a.path, a.origin, a.name, 1, 0]],
    days: [dayRow(a.siteId, a.company.key, a.hour, timeZone)],
  }
}

export function countsOfLeave(l: Leave, timeZone: string): Counts {
  return {
    ...NO_COUNTS,
    leaves: [[l.siteId, l.company.key, l.hour, l.path, l.origin, l.seconds]],
    days: [dayRow(l.siteId, l.company.key, l.hour, timeZone)],
  }
}

export function countsOfTotals({ siteId, day, counts }: TotalsEntry): Counts {
  return { ...NO_COUNTS, totals: counts.map(([dimension, value]) => [siteId, day, dimension, value, 1] as const) }
}

/**
 * What remains of counts that can't be kept: how many events of each site and day were shed, and nothing else of them.
 * An event of the totals has exactly one outcome, so outcomes count events. Seconds of a `leave` are no event.
 */
export function shedOf({ activity, days, totals }: Counts): Counts {
  const dayOf = daysOf(days)
  const ledger = activity.flatMap(([site, company, hour, , , , , count]): TotalsRow[] => {
    const day = dayOf(site, company, hour)
    return day === undefined ? [] : [[site, day, 'outcome', 'shed', count]]
  })
  const others = totals.filter(([, , dimension]) => dimension === 'outcome')
  return { ...NO_COUNTS, totals: [...ledger, ...others.map(([site, day, , , count]): TotalsRow => [site, day, 'outcome', 'shed', count])] }
}

/** The day in the site's time zone that an hour of a company belongs to, where it is among those touched. */
export type DayOf = (site: string, company: string, hour: number) => string | undefined

export function daysOf(days: readonly DayRow[]): DayOf {
  const byCompany = Map.groupBy(days, ([site, company]) => `${site} ${company}`)
  return (site, company, hour) => byCompany.get(`${site} ${company}`)?.find(([, , , from, to]) => hour >= from && hour < to)?.[2]
}

/** The part of the counts that belongs to some sites. */
export function partOf<C extends Counts>(counts: C, has: (site: string) => boolean): C {
  const mine = <R extends readonly [string, ...unknown[]]>(rows: readonly R[]) => rows.filter(([site]) => has(site))
  return {
    ...counts,
    companies: mine(counts.companies),
    activity: mine(counts.activity),
    leaves: mine(counts.leaves),
    days: mine(counts.days),
    totals: mine(counts.totals),
  }
}

export function isEmpty({ companies, activity, leaves, totals }: Counts): boolean {
  return companies.length + activity.length + leaves.length + totals.length === 0
}

function companyRow(site: string, c: CompanyRecord, hour: number): CompanyRow {
  return [site, c.key, c.kind, c.name, c.domain, c.country, c.city, c.industry, c.employees, JSON.stringify(c.receipt), hour]
}

function dayRow(site: string, company: string, hour: number, timeZone: string): DayRow {
  const { day, from, to } = localDay(hour, timeZone)
  return [site, company, day, from, to]
}
