import type { Dimension } from '../../ledger/activity.ts'
import { localDay } from '../../ledger/clock.ts'
import { type CompanyCursor, type CompanyPage, readCompanyPage } from '../../ledger/company-list.ts'
import { type KeyedActivity, readAllActivity } from '../../ledger/company-rows.ts'
import { type ALL_SITES, type AuditCursor, readAudit } from '../../ledger/desk/audit.ts'
import type { Hours } from '../../ledger/period.ts'
import type { Site } from '../../ledger/site.ts'
import type { TotalsReport } from '../../ledger/totals.ts'
import { visitsOf } from '../../ledger/visits.ts'
import type { SiteId } from '../../words.ts'
import { companyItem } from '../api/companies.ts'
import { isoHour, isoMinute } from '../api/fields.ts'
import type { Cell, Sheet } from './cells.ts'

/** The lists as sheets, read page by page as the receiver takes them. */

/** The list is grouped anew for every page, so pages are large; of twice as many rows a query would take a third longer. */
const COMPANIES_AT_ONCE = 1_000

export function companiesSheet(db: D1Database, site: Site, question: Omit<CompanyPage, 'after' | 'limit'>): Sheet {
  async function* rows(): AsyncGenerator<Cell[]> {
    let after: CompanyCursor | null = null
    do {
      const page: Awaited<ReturnType<typeof readCompanyPage>> = await readCompanyPage(db, site.id, {
        ...question,
        after,
        limit: COMPANIES_AT_ONCE,
      })
      for (const row of page.rows) {
        const { scoreParts: _, sources, tags, daily: __, ...item } = companyItem(row, question.hours.from)
        yield [...COMPANY_COLUMNS.map((column) => item[column]), sources.join('; '), tags.join('; ')]
      }
      const last = page.rows.at(-1)
      after = last !== undefined && page.rows.length === COMPANIES_AT_ONCE ? { rank: last.rank, key: last.key } : null
    } while (after !== null)
  }
  return { columns: [...COMPANY_COLUMNS, 'sources', 'tags'], rows: rows() }
}

const COMPANY_COLUMNS = [
  'key',
  'name',
  'kind',
  'domain',
  'country',
  'city',
  'industry',
  'employees',
  'visits',
  'views',
  'pages',
  'hotViews',
  'seconds',
  'downloads',
  'forms',
  'events',
  'score',
  'firstSeen',
  'lastSeen',
  'new',
] as const

const ACTIVITY_AT_ONCE = 5_000

/**
 * A row a visit, companies in key order.
 * @param only key of one company; null for all.
 */
export function visitsSheet(db: D1Database, site: Site, hours: Hours, only: string | null): Sheet {
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const [key, activity] of companyDaysOf(db, site, hours, only)) {
      for (const visit of visitsOf(activity, Number.NaN, site.timeZone).reverse()) {
        const names = (deeds: readonly { readonly name: string }[]) => deeds.map(({ name }) => name).join('; ')
        yield [
          key,
          visit.day,
          isoHour(visit.from),
          isoHour(visit.to),
          visit.sources.join('; '),
          visit.pages.map(({ path }) => path).join(' > '),
          visit.overlap,
          visit.views,
          visit.seconds,
          names(visit.downloads),
          names(visit.outbounds),
          names(visit.forms),
          names(visit.events),
        ]
      }
    }
  }
  const columns = [
    'key',
    'day',
    'from',
    'to',
    'sources',
    'pages',
    'overlap',
    'views',
    'seconds',
    'downloads',
    'outbounds',
    'forms',
    'events',
  ]
  return { columns, rows: rows() }
}

/** One company's rows of one day are held at a time: midnight ends a visit, and a busy company's whole period would not fit. */
async function* companyDaysOf(db: D1Database, site: Site, hours: Hours, only: string | null): AsyncGenerator<[string, KeyedActivity[]]> {
  let held: KeyedActivity[] = []
  const dayOf = ({ hour }: KeyedActivity): string => localDay(hour, site.timeZone).day
  // A place before the first row of the one company that is asked for.
  let after: KeyedActivity | null =
    only === null ? null : { key: only, hour: -1, kind: '', path: '', origin: '', name: '', count: 0, seconds: 0 }
  for (;;) {
    const page: KeyedActivity[] = await readAllActivity(db, site.id, hours, after, ACTIVITY_AT_ONCE)
    for (const row of page) {
      if (only !== null && row.key !== only) {
        if (held.length > 0) yield [only, held]
        return
      }
      const before = held[0]
      if (before !== undefined && (before.key !== row.key || dayOf(before) !== dayOf(row))) {
        yield [before.key, held]
        held = []
      }
      held.push(row)
    }
    after = page.at(-1) ?? null
    if (page.length < ACTIVITY_AT_ONCE) break
  }
  const last = held[0]
  if (last !== undefined) yield [last.key, held]
}

/** Released figures only: what the report shows, one row a cell. */
export function totalsSheet(report: TotalsReport): Sheet {
  async function* rows(): AsyncGenerator<Cell[]> {
    for (const [dimension, { total, other, top }] of Object.entries(report.dimensions) as [
      Dimension,
      TotalsReport['dimensions'][Dimension],
    ][]) {
      for (const { value, count } of top) yield [dimension, value, count, false]
      if (other > 0) yield [dimension, '(other)', other, false]
      yield [dimension, '(total)', total.count, total.about]
    }
  }
  return { columns: ['dimension', 'value', 'count', 'about'], rows: rows() }
}

const ENTRIES_AT_ONCE = 1_000

export function auditSheet(db: D1Database, site: SiteId | typeof ALL_SITES): Sheet {
  async function* rows(): AsyncGenerator<Cell[]> {
    let after: AuditCursor | null = null
    do {
      const page: Awaited<ReturnType<typeof readAudit>> = await readAudit(db, site, after, ENTRIES_AT_ONCE)
      for (const { minute, actor, action, detail, rows } of page) yield [isoMinute(minute), actor, action, detail, rows]
      after = page.length === ENTRIES_AT_ONCE ? (page.at(-1) ?? null) : null
    } while (after !== null)
  }
  return { columns: ['at', 'actor', 'action', 'detail', 'rows'], rows: rows() }
}
