/** What the tables must hold after some traffic, counted one event at a time in memory: nothing of the ledger's own code adds here. */
import { localDay } from '../../../ledger/clock.ts'
import type { TrafficEvent } from './traffic.ts'

/** Rows as `table|key parts|…` → figures, so that two ledgers are compared as two maps. */
export type Rows = Map<string, string>

export function expectedRows(events: Iterable<TrafficEvent>, timeZone: string): Rows {
  const activity = new Map<string, [count: number, seconds: number]>()
  const totals = new Map<string, number>()
  const firstHours = new Map<string, number>()
  for (const event of events) {
    if (event.kind === 'totals') {
      const { siteId, day, counts } = event.entry
      for (const [dimension, value] of counts) bump(totals, [siteId, day, dimension, value].join('|'))
    } else if (event.kind === 'activity') {
      const { siteId, company, hour, kind, path, origin, name } = event.activity
      const key = [siteId, company.key, hour, kind, path, origin, name].join('|')
      const [count, seconds] = activity.get(key) ?? [0, 0]
      activity.set(key, [count + 1, seconds])
      const who = `${siteId}|${company.key}`
      firstHours.set(who, Math.min(hour, firstHours.get(who) ?? hour))
    } else {
      const { siteId, company, hour, path, origin, seconds } = event.leave
      const row = activity.get([siteId, company.key, hour, 'view', path, origin, ''].join('|'))
      if (row !== undefined) row[1] += seconds
    }
  }
  const rows: Rows = new Map()
  for (const [key, [count, seconds]] of activity) rows.set(`company_activity|${key}`, `${count} ${seconds}`)
  for (const [key, count] of totals) rows.set(`site_totals|${key}`, String(count))
  for (const [key, hour] of firstHours) rows.set(`companies|${key}`, String(hour))
  for (const [key, text] of days(activity, timeZone)) rows.set(`company_day|${key}`, text)
  return rows
}

function days(activity: ReadonlyMap<string, readonly [number, number]>, timeZone: string): Map<string, string> {
  const byDay = new Map<string, { views: number; paths: Set<string>; seconds: number; downloads: number; hours: Set<number> }>()
  for (const [key, [count, seconds]] of activity) {
    const [site, company, hour = '', kind, path = ''] = key.split('|')
    const name = [site, localDay(Number(hour), timeZone).day, company].join('|')
    const day = byDay.get(name) ?? { views: 0, paths: new Set(), seconds: 0, downloads: 0, hours: new Set() }
    byDay.set(name, day)
    if (kind === 'view') {
      day.views += count
      day.paths.add(path)
    } else day.downloads += count
    day.seconds += seconds
    day.hours.add(Number(hour))
  }
  return new Map(
    [...byDay].map(([name, { views, paths, seconds, downloads, hours }]) => {
      const visits = [...hours].filter((hour) => !hours.has(hour - 1)).length
      return [name, [views, paths.size, seconds, downloads, visits, Math.min(...hours), Math.max(...hours)].join(' ')]
    }),
  )
}

/** The same of what databases hold; a row that two of them have is named twice. */
export async function storedRows(databases: readonly D1Database[]): Promise<Rows> {
  const rows: Rows = new Map()
  for (const db of databases) {
    for (const sql of QUERIES) {
      const { results } = await db.prepare(sql).all<{ key: string; figures: string }>()
      for (const { key, figures } of results) rows.set(rows.has(key) ? `${key} (again)` : key, figures)
    }
  }
  return rows
}

const QUERIES = [
  `SELECT concat_ws('|', 'company_activity', site_id, company_key, hour, kind, path, origin, name) AS key, count || ' ' || seconds AS figures FROM company_activity`,
  `SELECT concat_ws('|', 'site_totals', site_id, day, dimension, value) AS key, CAST(count AS TEXT) AS figures FROM site_totals`,
  `SELECT concat_ws('|', 'companies', site_id, company_key) AS key, CAST(first_hour AS TEXT) AS figures FROM companies`,
  `SELECT concat_ws('|', 'company_day', site_id, day, company_key) AS key,
          concat_ws(' ', views, pages, seconds, downloads, visits, first_hour, last_hour) AS figures FROM company_day`,
]

/** Rows that differ, are missing or too many, a line each. */
export function differing(expected: Rows, stored: Rows): string[] {
  return [...new Set([...expected.keys(), ...stored.keys()])]
    .filter((key) => expected.get(key) !== stored.get(key))
    .map((key) => `${key}: ${expected.get(key) ?? 'no row'} expected, ${stored.get(key) ?? 'no row'} stored`)
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
