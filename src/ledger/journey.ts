import type { SiteId } from '../words.ts'
import { ROWS_PER_PAGE, readActivity } from './company-rows.ts'
import type { Hours } from './period.ts'
import type { ActivityRow } from './read.ts'

/** The graph of a company's steps: from a source or page to a page, how often and for how long; colleagues merge. */
export interface Journey {
  readonly edges: readonly Edge[]
  /** Hour from which on every row is in the graph; null when the whole period is. */
  readonly since: number | null
}

export interface Edge {
  /** Outside source, previous path, or empty where the ledger keeps no way. */
  readonly from: string
  readonly to: string
  readonly count: number
  readonly seconds: number
}

export async function readJourney(db: D1Database, siteId: SiteId, key: string, hours: Hours, limit: number): Promise<Journey> {
  const rows = await readActivity(db, siteId, key, hours, ROWS_PER_PAGE)
  const since = rows.length < ROWS_PER_PAGE ? null : (rows.at(-1)?.hour ?? 0) + 1
  return { edges: edgesOf(since === null ? rows : rows.filter((row) => row.hour >= since)).slice(0, limit), since }
}

/** Largest first. */
export function edgesOf(rows: readonly ActivityRow[]): Edge[] {
  const views = rows.filter((row) => row.kind === 'view')
  const edges = Map.groupBy(views, (row) => JSON.stringify([row.origin, row.path]))
  return [...edges.values()]
    .map((same) => ({
      from: same[0]?.origin ?? '',
      to: same[0]?.path ?? '',
      count: same.reduce((sum, row) => sum + row.count, 0),
      seconds: same.reduce((sum, row) => sum + row.seconds, 0),
    }))
    .sort((a, b) => b.count - a.count || (a.to < b.to ? -1 : 1))
}
