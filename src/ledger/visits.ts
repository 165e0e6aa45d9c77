import { localDay } from './clock.ts'
import type { ActivityRow } from './read.ts'
import { orderWalk, type Step } from './walk.ts'

/**
 * Visits, computed and never stored: activity of one company in consecutive hours; an hour after an empty one begins a
 * new visit, midnight in the site's time zone ends one. Pages stand in the order of the walk where the ledger knows it.
 */
export interface Visit {
  /** Hours since 1970 UTC: from inclusive, to exclusive. */
  readonly from: number
  readonly to: number
  readonly day: string
  /** The company's first visit to this site, as far as the ledger goes back. */
  readonly first: boolean
  /** Outside sources the visit began from. */
  readonly sources: readonly string[]
  readonly pages: readonly VisitPage[]
  /** Walks of several people merge in here: the order of pages is not that of time. */
  readonly overlap: boolean
  readonly views: number
  readonly seconds: number
  readonly downloads: readonly Deed[]
  readonly outbounds: readonly Deed[]
  readonly forms: readonly Deed[]
  readonly events: readonly Deed[]
}

export interface VisitPage extends Step {
  readonly hour: number
}

export interface Deed {
  readonly hour: number
  readonly name: string
  readonly path: string
  readonly count: number
}

/**
 * @param rows of one company, in any order.
 * @param firstHour the company's first hour on this site.
 * @returns newest first.
 */
export function visitsOf(rows: readonly ActivityRow[], firstHour: number, timeZone: string): Visit[] {
  const hours = Map.groupBy(rows, (row) => row.hour)
  const runs: number[][] = []
  for (const hour of [...hours.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run !== undefined && before === hour - 1 && localDay(before, timeZone).day === localDay(hour, timeZone).day) run.push(hour)
    else runs.push([hour])
  }
  return runs.map((run) => visit(run, hours, firstHour, timeZone)).reverse()
}

function visit(run: readonly number[], hours: ReadonlyMap<number, readonly ActivityRow[]>, firstHour: number, timeZone: string): Visit {
  const from = run[0] ?? 0
  const to = (run.at(-1) ?? from) + 1
  const rows = run.flatMap((hour) => hours.get(hour) ?? [])
  const pages: VisitPage[] = []
  let overlap = false
  for (const hour of run) {
    const views = (hours.get(hour) ?? []).filter((row) => row.kind === 'view')
    const walk = orderWalk(views, pages.at(-1)?.path ?? null)
    pages.push(...walk.steps.map((step) => ({ ...step, hour })))
    overlap ||= walk.overlap
  }
  const deeds = (kind: string): Deed[] =>
    rows.filter((row) => row.kind === kind).map(({ hour, name, path, count }) => ({ hour, name, path, count }))
  const outside = rows.filter((row) => row.kind === 'view' && row.origin !== '' && !row.origin.startsWith('/')).map((row) => row.origin)
  return {
    from,
    to,
    day: localDay(from, timeZone).day,
    first: firstHour >= from && firstHour < to,
    sources: [...new Set(outside)].sort(),
    pages,
    overlap,
    views: rows.reduce((sum, row) => sum + (row.kind === 'view' ? row.count : 0), 0),
    seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
    downloads: deeds('download'),
    outbounds: deeds('outbound'),
    forms: deeds('form'),
    events: deeds('event'),
  }
}
