import * as z from 'zod/mini'
import { COMPANY_SORTS, type CompanyFilter, type CompanyRow, readCompanyPage, readDailyViews } from '../../ledger/company-list.ts'
import type { DaySum } from '../../ledger/day-sums.ts'
import { addDays, type Days, hoursOf } from '../../ledger/period.ts'
import type { Site } from '../../ledger/site.ts'
import { COMPANY_KINDS } from '../../words.ts'
import { Refusal } from '../problem.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { Count, Cursor, IsoHour, isoHour, Limit, line, NoParams } from './fields.ts'
import { PeriodFields, periodOf } from './period.ts'
import { route } from './route.ts'

/** The list of companies with its filters; the export and saved segments take the same. */
export const FilterFields = {
  country: z.optional(
    z.string().check(z.regex(/^[A-Z]{2}$/, 'a country is two capital letters, DE'), z.describe('Seat of the company, ISO 3166-1.')),
  ),
  industry: z.optional(line(100)),
  size: z.optional(
    z.string().check(z.regex(/^\d{1,7}(?:-\d{1,7}|\+)?$/, 'a size band looks like 201-500 or 10001+'), z.describe('Size band, 201-500.')),
  ),
  kind: z.optional(z.enum(COMPANY_KINDS)),
  tag: z.optional(line(40)),
  q: z.optional(line(100).check(z.describe('Part of name, domain or city; % and _ are letters like any other.'))),
  source: z.optional(line(200).check(z.describe('Outside source of an entry page, google.com.'))),
  path: z.optional(
    z
      .string()
      .check(
        z.maxLength(256),
        z.regex(/^\/[^*\p{Cc}]*\*?$/u, 'a path begins with "/"; a "*" may stand at its end'),
        z.describe('A path or its beginning with * behind; reads activity, at most 31 days.'),
      ),
  ),
  minScore: z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lte(100))),
}

export const Filter = z.strictObject(FilterFields)

/** A path filter reads activity besides company-days. */
export const LONGEST_WITH_PATH = 31

const parts = z.object({ views: Count, pages: Count, hot: Count, seconds: Count, recency: Count, visits: Count })

export const CompanyItem = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  domain: z.nullable(z.string()),
  country: z.string(),
  city: z.nullable(z.string()),
  industry: z.nullable(z.string()),
  employees: z.nullable(z.string()),
  visits: Count,
  views: Count,
  pages: Count,
  hotViews: Count,
  seconds: Count,
  downloads: Count,
  forms: Count,
  events: Count,
  sources: z.array(z.string()).check(z.describe('Outside sources of its last day in the period.')),
  tags: z.array(z.string()),
  score: Count,
  scoreParts: parts,
  firstSeen: IsoHour,
  lastSeen: IsoHour,
  new: z.boolean().check(z.describe('First seen on this site within the period.')),
  daily: z.optional(z.array(Count).check(z.describe('Views of each day of the period.'))),
})

const Answer = z.object({
  site: z.string(),
  from: z.string(),
  to: z.string(),
  sort: z.string(),
  companies: z.array(CompanyItem),
  next: z.nullable(z.string()),
  note: z.nullable(z.string()),
})

/** What the list takes, `site` aside. */
export const CompaniesQuery = z.strictObject({
  ...PeriodFields,
  ...FilterFields,
  sort: z._default(z.enum(COMPANY_SORTS), 'lastSeen'),
  daily: z.optional(z.enum(['true', 'false'])),
  cursor: Cursor,
  limit: Limit(200, 50),
})

export interface CompaniesCall {
  readonly db: D1Database
  readonly site: Site
  readonly query: z.infer<typeof CompaniesQuery>
  readonly now: number
  /** The period's days, where the caller has read them. */
  readonly sums?: readonly DaySum[]
}

export const companies = route({
  method: 'get',
  path: '/companies',
  id: 'listCompanies',
  role: 'viewer',
  site: 'query',
  params: NoParams,
  query: CompaniesQuery,
  body: null,
  answer: Answer,
  handle: companyList,
})

/** The list, for the API and for the page. */
export async function companyList({ db, site, query, now, sums = [] }: CompaniesCall): Promise<z.infer<typeof Answer> | Refusal> {
  const days = periodFor(query, site, now)
  if (days instanceof Refusal) return days
  const question = { ...query, site: site.id }
  const after = await readCursor(question, query.cursor)
  if (after instanceof Refusal) return after
  if (after !== null && typeof after.rank !== 'number') return new Refusal(400, '"cursor" is none of ours.', 'cursor')
  const hours = hoursOf(days, site.timeZone)
  const { rows } = await readCompanyPage(db, site.id, {
    days,
    hours,
    filter: filterOf(query),
    sort: query.sort,
    after: after === null ? null : { rank: Number(after.rank), key: after.key },
    limit: query.limit + 1,
    weights: site.settings.weights,
    since: after === null && isNewest(query) ? latestFull(sums, query.limit) : null,
  })
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  const daily = query.daily === 'true' ? await dailyOf(db, site, days, page) : null
  return {
    site: site.id,
    ...days,
    sort: query.sort,
    companies: page.map((row) => ({ ...companyItem(row, hours.from), ...(daily === null ? {} : { daily: daily.get(row.key) ?? [] }) })),
    next: last === undefined ? null : await writeCursor(question, { rank: last.rank, key: last.key }),
    note: query.path === undefined ? null : `A path filter reads single hours and spans at most ${LONGEST_WITH_PATH} days.`,
  }
}

/** The first page in the order of the last visit, of all companies. */
const isNewest = (query: z.infer<typeof CompaniesQuery>): boolean =>
  query.sort === 'lastSeen' && Object.keys(FilterFields).every((name) => query[name as keyof typeof FilterFields] === undefined)

/**
 * The latest day with more companies than a page holds, and two days more: after a change of the site's time zone a day may
 * lie before one that is named earlier. Null where these and the days behind them are more than half of the period.
 */
function latestFull(sums: readonly DaySum[], limit: number): string | null {
  const at = sums.findLastIndex((day) => day.companies > limit) - 2
  const rows = (days: readonly DaySum[]): number => days.reduce((sum, day) => sum + day.companies, 0)
  return at >= 0 && 2 * rows(sums.slice(at)) <= rows(sums) ? (sums[at]?.day ?? null) : null
}

/** The period of a list; with a path filter at most 31 days. */
export function periodFor(
  query: { readonly from?: string | undefined; readonly to?: string | undefined; readonly path?: string | undefined },
  site: Site,
  now: number,
): Days | Refusal {
  return query.path === undefined ? periodOf(query, site, now) : periodOf(query, site, now, LONGEST_WITH_PATH)
}

export function filterOf(query: z.infer<typeof Filter>): CompanyFilter {
  return {
    country: query.country ?? null,
    industry: query.industry ?? null,
    size: query.size ?? null,
    kind: query.kind ?? null,
    tag: query.tag ?? null,
    q: query.q ?? null,
    source: query.source ?? null,
    path: query.path ?? null,
    minScore: query.minScore ?? 0,
  }
}

const Texts = z.array(z.string())

/** @param fromHour first hour of the period. */
export function companyItem(row: CompanyRow, fromHour: number): z.infer<typeof CompanyItem> {
  return {
    key: row.key,
    name: row.name,
    kind: row.kind,
    domain: row.domain,
    country: row.country,
    city: row.city,
    industry: row.industry,
    employees: row.employees,
    visits: row.visits,
    views: row.views,
    pages: row.pages,
    hotViews: row.hot,
    seconds: row.seconds,
    downloads: row.downloads,
    forms: row.forms,
    events: row.events,
    sources: Texts.parse(JSON.parse(row.sources)),
    tags: Texts.parse(JSON.parse(row.tags)),
    score: row.score,
    scoreParts: {
      views: row.partViews,
      pages: row.partPages,
      hot: row.partHot,
      seconds: row.partSeconds,
      recency: row.partRecency,
      visits: row.partVisits,
    },
    firstSeen: isoHour(row.firstEver),
    lastSeen: isoHour(row.lastHour),
    new: row.firstEver >= fromHour,
  }
}

/** A chart has a bar a day, and no more than fit beside a name. */
const MOST_BARS = 92

async function dailyOf(db: D1Database, site: Site, period: Days, rows: readonly CompanyRow[]): Promise<Map<string, number[]>> {
  const days: string[] = []
  for (let day = period.to; day >= period.from && days.length < MOST_BARS; day = addDays(day, -1)) days.unshift(day)
  const views = await readDailyViews(
    db,
    site.id,
    days,
    rows.map((row) => row.key),
  )
  const byKey = Map.groupBy(views, (each) => each.key)
  return new Map([...byKey].map(([key, of]) => [key, days.map((day) => of.find((each) => each.day === day)?.views ?? 0)]))
}
