import type * as z from 'zod/mini'
import { readCoverage } from '../../ledger/coverage.ts'
import { type DaySum, readDaySums } from '../../ledger/day-sums.ts'
import { readSegments } from '../../ledger/desk/segments.ts'
import { listTags } from '../../ledger/desk/tags.ts'
import { readFilterValues } from '../../ledger/filter-values.ts'
import { addDays, type Days, daysIn, lengthOf, today } from '../../ledger/period.ts'
import { valueKey } from '../../ranges/pointer.ts'
import { REPORT_NAME, readReport } from '../../ranges/report.ts'
import { CompaniesQuery, companyList, Filter, FilterFields, LONGEST_WITH_PATH } from '../api/companies.ts'
import { dropSegment, putSegment } from '../api/desk.ts'
import { HEX } from '../house.ts'
import { Refusal } from '../problem.ts'
import { CoverageLine } from './companies/coverage.tsx'
import { NoCompanies } from './companies/empty.tsx'
import { FilterBar } from './companies/filters.tsx'
import { CompanyTable } from './companies/table.tsx'
import { type At, sitePage, textOf } from './page.tsx'
import { DayChart } from './parts/chart.tsx'
import { type Period, PeriodPicker, readPeriod } from './parts/period.tsx'

/** The page an operator opens in the morning: which companies came, and how many visits stay anonymous. */
export const companies = sitePage({
  path: '/',
  nav: 'companies',
  role: 'viewer',
  done: (t) => t.companies.done,
  forms: {
    async saveSegment(at, fields) {
      const name = textOf(fields, 'name')
      const { filter } = readFilter(at.query)
      // Of one name there is one.
      const known = (await readSegments(at.desk, at.site.id)).find((segment) => segment.name === name)
      const saved = await at.run(putSegment, { params: { segment: known?.id ?? HEX(at.house.random(6)) }, body: { name, filter } })
      return saved instanceof Refusal ? saved : { done: 'segment-saved' }
    },
    async removeSegment(at, fields) {
      const gone = await at.run(dropSegment, { params: { segment: textOf(fields, 'segment') } })
      return gone instanceof Refusal ? gone : { done: 'segment-removed' }
    },
  },
  async show(at) {
    const { t, f, site, db, desk } = at
    const asked = readFilter(at.query)
    const period = shorten(readPeriod(at), asked.filter.path !== undefined)
    const daySums = readDaySums(db, site.id, period)
    const [list, coverage, sums, segments, tags, values, report] = await Promise.all([
      daySums.then((days) => listOf(at, asked.filter, period, days)),
      readCoverage(db, site.id, period, today(at.now, site.timeZone), site.settings),
      daySums,
      readSegments(desk, site.id),
      listTags(db, site.id),
      readFilterValues(db, site.id),
      readTableReport(at),
    ])
    const days = daysIn(period)
    const of = (what: 'views' | 'visits' | 'companies') => days.map((day) => sums.find((sum) => sum.day === day)?.[what] ?? 0)
    const empty = coverage.companies === 0
    return {
      title: t.companies.title,
      ...(list instanceof Refusal ? { status: 400 } : {}),
      body: (
        <>
          <div class="head">
            <div>
              <h1>{t.companies.title}</h1>
              <p class="period-name">{f.period(period.from, period.to)}</p>
            </div>
            <PeriodPicker at={at} period={period} />
          </div>
          {period.wrong ? <p class="warning">{t.parts.period.wrong}</p> : null}
          <CoverageLine at={at} coverage={coverage} report={report} />
          {empty ? (
            <NoCompanies at={at} />
          ) : (
            <>
              <section class="overview sheet">
                <dl class="figures">
                  <div>
                    <dt>{t.companies.figures.companies}</dt>
                    <dd>{f.number(coverage.companies)}</dd>
                  </div>
                  <div>
                    <dt>{t.companies.figures.visits}</dt>
                    <dd>{f.number(coverage.visits)}</dd>
                  </div>
                  <div>
                    <dt>{t.companies.figures.views}</dt>
                    <dd>{f.number(coverage.views)}</dd>
                  </div>
                </dl>
                <DayChart
                  t={t}
                  f={f}
                  title={t.companies.chart}
                  days={days}
                  series={{ name: t.companies.figures.views, tone: 'named', values: of('views') }}
                  also={[
                    { name: t.companies.figures.visits, values: of('visits') },
                    { name: t.companies.figures.companies, values: of('companies') },
                  ]}
                />
              </section>
              <FilterBar at={at} filter={asked.filter} wrong={asked.wrong} segments={segments} tags={tags} values={values} />
              {list instanceof Refusal || list.companies.length === 0 ? (
                <section class="empty">
                  <h2>{t.companies.noMatch.title}</h2>
                  <p>{t.companies.noMatch.text}</p>
                </section>
              ) : (
                <CompanyTable at={at} list={list} />
              )}
            </>
          )}
        </>
      ),
    }
  },
})

type FilterAsked = z.infer<typeof Filter>

/** The filters of the address; those that do not fit are left out and said so. */
function readFilter(query: Readonly<Record<string, string>>): { readonly filter: FilterAsked; readonly wrong: boolean } {
  const given = Object.fromEntries(Object.keys(FilterFields).flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])))
  const read = Filter.safeParse(given)
  return read.success ? { filter: read.data, wrong: false } : { filter: {}, wrong: true }
}

/** A filter by page reads single hours, so it spans a month at most. */
function shorten(period: Period, withPath: boolean): Period {
  if (!withPath || lengthOf(period) <= LONGEST_WITH_PATH) return period
  return { ...period, from: addDays(period.to, 1 - LONGEST_WITH_PATH), back: LONGEST_WITH_PATH }
}

function listOf({ db, site, now, query }: At, filter: FilterAsked, { from, to }: Days, sums: readonly DaySum[]) {
  const asked = CompaniesQuery.safeParse({ ...filter, from, to, daily: 'true', sort: query.sort, cursor: query.cursor })
  return asked.success
    ? companyList({ db, site, now, query: asked.data, sums })
    : new Refusal(400, 'The order or the place in the list does not fit.')
}

async function readTableReport({ c, table }: At) {
  return table === null ? null : readReport(await c.env.RANGES.get(valueKey(table.version, REPORT_NAME), { type: 'json', cacheTtl: 3600 }))
}
