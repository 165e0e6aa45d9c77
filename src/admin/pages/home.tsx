import type { CompanySummary, Period, TotalsRow } from '../../ledger/read.ts'
import type { Site } from '../../ledger/site.ts'
import type { TableSource } from '../../ranges/pointer.ts'
import { Credits, Layout, Masthead } from './layout.tsx'
import { count, countOf, duration, hourSpan, KINDS, OUTCOMES } from './words.ts'

/** The page an operator opens in the morning: which companies came, and how many visits stay anonymous. */
export interface HomeProps {
  readonly site: Site
  readonly sites: readonly Site[]
  /** Sources of the published table. */
  readonly sources: readonly TableSource[]
  readonly period: Period
  readonly companies: readonly CompanySummary[]
  readonly totals: readonly TotalsRow[]
}

export function HomePage({ site, sites, sources, period, companies, totals }: HomeProps) {
  const views = companies.reduce((sum, company) => sum + company.views, 0)
  const anonymous = totals.filter((row) => row.dimension === 'activity' && row.value === 'view').reduce((sum, row) => sum + row.count, 0)
  return (
    <Layout title={`Companies on ${site.name}`}>
      <Masthead site={site} sites={sites} />
      <main>
        <div class="head">
          <h1>Companies</h1>
          <PeriodPicker site={site} period={period} />
        </div>
        <p class="coverage">
          <strong>{countOf(views, 'page view', 'page views')}</strong> by{' '}
          <strong>{countOf(companies.length, 'company', 'companies')}</strong>
          <span aria-hidden="true"> · </span>
          {countOf(anonymous, 'view', 'views')} counted anonymously
        </p>
        {companies.length === 0 ? <NoCompanies /> : <Companies site={site} companies={companies} />}
        <h2>Everybody else, only counted</h2>
        <p class="hint">
          One dimension at a time, per day. These numbers hold nothing of the companies above, so neither can be subtracted from the other.
        </p>
        {totals.length === 0 ? <p class="empty">Nothing counted in this period.</p> : <Totals totals={totals} />}
      </main>
      <Credits sources={sources} />
    </Layout>
  )
}

function PeriodPicker({ site, period }: { readonly site: Site; readonly period: Period }) {
  return (
    <form class="period" method="get" action="/admin">
      <input type="hidden" name="site" value={site.id} />
      <label>
        From <input type="date" name="from" value={period.from} />
      </label>
      <label>
        to <input type="date" name="to" value={period.to} />
      </label>
      <button type="submit">Show</button>
    </form>
  )
}

function Companies({ site, companies }: { readonly site: Site; readonly companies: readonly CompanySummary[] }) {
  return (
    <div class="scroll">
      <table class="companies">
        <thead>
          <tr>
            <th scope="col">Company</th>
            <th scope="col">Industry</th>
            <th scope="col">Size</th>
            <th scope="col" class="number">
              Visits
            </th>
            <th scope="col" class="number">
              Views
            </th>
            <th scope="col" class="number">
              Time
            </th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {companies.map((company) => (
            <tr>
              <th scope="row">
                <a href={`/admin/companies/${encodeURIComponent(company.key)}?site=${site.id}`}>{company.name}</a>
                <small>{[company.city, company.country].filter((part) => part !== null).join(', ')}</small>
              </th>
              <td>
                {company.industry ?? '–'}
                <small>{KINDS[company.kind] ?? company.kind}</small>
              </td>
              <td class="nowrap">{company.employees ?? '–'}</td>
              <td class="number">{count(company.visits)}</td>
              <td class="number">{count(company.views)}</td>
              <td class="number nowrap">{duration(company.seconds) || '–'}</td>
              <td class="nowrap">{hourSpan(company.lastHour, site.timeZone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** An empty list has several possible reasons; the page claims to know none of them. */
function NoCompanies() {
  return (
    <section class="empty">
      <p>No listed company in this period. That may be because</p>
      <ul>
        <li>your own browser sends Global Privacy Control or Do Not Track: then you are not counted, and that is right;</li>
        <li>the networks that visited belong to no listed organisation: small firms behind a provider stay anonymous;</li>
        <li>nobody has consented yet, on a site with basis “consent”;</li>
        <li>the page’s host is not registered for this site, or the line is not on the page;</li>
        <li>
          the range table is not published: <code>npm run ranges -- verify</code>.
        </li>
      </ul>
    </section>
  )
}

const SECTIONS: readonly (readonly [TotalsRow['dimension'], string])[] = [
  ['path', 'Pages'],
  ['source', 'Sources'],
  ['country', 'Countries'],
  ['device', 'Devices'],
  ['outcome', 'Why not named'],
]

function Totals({ totals }: { readonly totals: readonly TotalsRow[] }) {
  return (
    <div class="totals">
      {SECTIONS.map(([dimension, title]) => {
        const rows = totals.filter((row) => row.dimension === dimension).slice(0, 8)
        const most = Math.max(1, ...rows.map((row) => row.count))
        return rows.length === 0 ? null : (
          <section>
            <h3>{title}</h3>
            <ul class="bars">
              {rows.map((row) => (
                <li>
                  <span class="label">{label(dimension, row.value)}</span>
                  <meter min="0" max={most} value={row.count}>
                    {row.count}
                  </meter>
                  <span class="number">{count(row.count)}</span>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function label(dimension: TotalsRow['dimension'], value: string): string {
  if (dimension === 'outcome') return OUTCOMES[value] ?? value
  if (dimension === 'source' && value === '') return 'direct'
  if (dimension === 'country' && value === 'XX') return 'unknown'
  return value
}
