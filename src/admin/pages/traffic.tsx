import { readDaySums } from '../../ledger/day-sums.ts'
import { type Deed, MOST_COMPANY_DAYS, readDeeds } from '../../ledger/deeds.ts'
import type { DimensionReport } from '../../ledger/disclosure.ts'
import { type Days, daysIn, today } from '../../ledger/period.ts'
import { readTotals, type TotalsReport } from '../../ledger/totals.ts'
import { type At, sitePage } from './page.tsx'
import { Bars, DayChart } from './parts/chart.tsx'
import { Empty } from './parts/empty.tsx'
import { PeriodPicker, readPeriod } from './parts/period.tsx'

/**
 * Pages and sources: what companies did, and beside it what everybody else's anonymous counts say (P5). The two are
 * shown side by side and never added; the anonymous side only ever gets what disclosure.ts released.
 */
export const traffic = sitePage({
  path: '/traffic',
  nav: 'traffic',
  role: 'viewer',
  async show(at) {
    const { t, f, site, db } = at
    const period = readPeriod(at)
    const { release, retention } = site.settings
    const [totals, days, deeds] = await Promise.all([
      readTotals(db, site.id, period, today(at.now, site.timeZone), release, retention.totalsDays),
      readDaySums(db, site.id, period),
      readDeeds(db, site.id, period, LISTED),
    ])
    const views = days.reduce((sum, day) => sum + day.views, 0)
    const anonymous = totals.dimensions.path
    const running = totals.running?.dimensions.path.total.count ?? 0
    const nothing = views + anonymous.total.count + running === 0
    const of = (what: Deed['what']) => deeds.deeds.filter((deed) => deed.what === what)
    return {
      title: t.traffic.title,
      body: (
        <>
          <div class="head">
            <div>
              <h1>{t.traffic.title}</h1>
              <p class="period-name">{f.period(period.from, period.to)}</p>
            </div>
            <PeriodPicker at={at} period={period} />
          </div>
          {period.wrong ? <p class="warning">{t.parts.period.wrong}</p> : null}
          <p class="lead">{t.traffic.lead}</p>
          {nothing ? (
            <NothingCounted at={at} />
          ) : (
            <div class="columns beside">
              <section class="sheet" aria-labelledby="named">
                <h2 id="named">{t.traffic.named}</h2>
                <p class="sum">{t.traffic.total(f.number(views))}</p>
                <NamedChart at={at} period={period} days={days} />
                {deeds.latestOnly ? <p class="hint">{t.traffic.latestOnly(f.number(MOST_COMPANY_DAYS))}</p> : null}
                <Deeds at={at} what="page" title={t.traffic.pages} deeds={of('page')} />
                <Deeds at={at} what="source" title={t.traffic.sources} deeds={of('source')} />
                <Deeds at={at} what="download" title={t.traffic.downloads} deeds={of('download')} />
                <Deeds at={at} what="outbound" title={t.traffic.outbounds} deeds={of('outbound')} />
                <Deeds at={at} what="form" title={t.traffic.forms} deeds={of('form')} />
                <Deeds at={at} what="event" title={t.traffic.events} deeds={of('event')} />
              </section>
              <section class="sheet" aria-labelledby="counted">
                <h2 id="counted">{t.traffic.counted}</h2>
                <p class="sum">
                  {anonymous.total.about
                    ? t.traffic.about(f.number(anonymous.total.count))
                    : t.traffic.total(f.number(anonymous.total.count))}
                </p>
                <CountedChart at={at} totals={totals} />
                <p class="hint">{t.traffic.released[totals.bucket](f.number(totals.k))}</p>
                <Running at={at} totals={totals} />
                <Counts at={at} title={t.traffic.pages} report={anonymous} />
                <Counts at={at} title={t.traffic.sources} report={totals.dimensions.source} name={(value) => value || t.names.direct} />
                <Counts
                  at={at}
                  title={t.traffic.countries}
                  report={totals.dimensions.country}
                  name={(value) => (value === 'XX' ? t.names.unknown : f.country(value))}
                />
                <Counts
                  at={at}
                  title={t.traffic.devices}
                  report={totals.dimensions.device}
                  name={(value) => nameOf(t.traffic.device, value)}
                />
                <Counts
                  at={at}
                  title={t.traffic.activities}
                  report={totals.dimensions.activity}
                  name={(value) => nameOf(t.traffic.activity, value)}
                />
                <Counts
                  at={at}
                  title={t.traffic.outcomes}
                  report={totals.dimensions.outcome}
                  name={(value) => nameOf(t.names.outcomes, value)}
                />
              </section>
            </div>
          )}
        </>
      ),
    }
  },
})

/** Rows of a list. */
const LISTED = 10

type DaySums = Awaited<ReturnType<typeof readDaySums>>

function NamedChart({ at, period, days }: { readonly at: At; readonly period: Days; readonly days: DaySums }) {
  const { t, f } = at
  const known = new Map(days.map((sum) => [sum.day, sum]))
  const names = daysIn(period)
  const values = (of: 'views' | 'visits' | 'companies') => names.map((day) => known.get(day)?.[of] ?? 0)
  return (
    <DayChart
      t={t}
      f={f}
      title={t.traffic.namedViews}
      days={names}
      series={{ name: t.traffic.views, tone: 'named', values: values('views') }}
      also={[{ name: t.traffic.alsoCompanies, values: values('companies') }]}
    />
  )
}

function CountedChart({ at, totals }: { readonly at: At; readonly totals: TotalsReport }) {
  const { t, f } = at
  const { series } = totals.dimensions.path
  if (series.length === 0) return <p class="hint">{totals.released === null ? t.traffic.notYet[totals.bucket] : t.traffic.nothing}</p>
  return (
    <DayChart
      t={t}
      f={f}
      title={t.traffic.countedViews[totals.bucket]}
      days={series.map(({ bucket }) => bucket)}
      series={{ name: t.traffic.views, tone: 'counted', values: series.map(({ count }) => count) }}
    />
  )
}

/** The day, week or month that is not over: coarsely, and in no sum. */
function Running({ at, totals }: { readonly at: At; readonly totals: TotalsReport }) {
  const count = totals.running?.dimensions.path.total.count ?? 0
  return count === 0 ? null : <p class="hint">{at.t.traffic.running(at.f.number(count), at.f.number(totals.k))}</p>
}

function Deeds(props: { readonly at: At; readonly what: Deed['what']; readonly title: string; readonly deeds: readonly Deed[] }) {
  const { at, what, title, deeds } = props
  if (deeds.length === 0 && what !== 'page' && what !== 'source') return null
  const { from, to, days } = at.query
  const filter = { page: 'path', source: 'source' }[what as string]
  return (
    <>
      <h3>{title}</h3>
      <List
        at={at}
        tone="named"
        rows={deeds.map(({ value, count, companies }) => ({
          label: value,
          value: count,
          note: at.t.traffic.companies(at.f.number(companies)),
          href: filter === undefined || value.startsWith('(') ? undefined : at.to('/', { from, to, days, [filter]: value }),
        }))}
      />
    </>
  )
}

function Counts(props: {
  readonly at: At
  readonly title: string
  readonly report: DimensionReport
  readonly name?: (value: string) => string
}) {
  const { at, title, report, name = (value) => value } = props
  const rest = report.other + report.top.slice(LISTED).reduce((sum, { count }) => sum + count, 0)
  const rows = report.top.slice(0, LISTED).map(({ value, count }) => ({ label: name(value), value: count }))
  return (
    <>
      <h3>{title}</h3>
      <List at={at} tone="counted" rows={rest === 0 ? rows : [...rows, { label: at.t.traffic.folded, value: rest }]} />
    </>
  )
}

type ListProps = Omit<Parameters<typeof Bars>[0], 'f'> & { readonly at: At }

function List({ at, tone, rows }: ListProps) {
  return rows.length === 0 ? <p class="hint">{at.t.traffic.nothing}</p> : <Bars f={at.f} tone={tone} rows={rows} />
}

function NothingCounted({ at }: { readonly at: At }) {
  const { t, to, site } = at
  const words = t.traffic.empty
  const page = to(`/sites/${site.id}`)
  return (
    <Empty
      title={words.title}
      intro={words.intro}
      reasons={[
        { reason: words.period, check: words.periodCheck, href: to('/traffic', { days: '90' }) },
        { reason: words.line, check: words.lineCheck, href: `${page}#check` },
        { reason: words.consent, check: words.consentCheck, href: page },
        { reason: words.own, check: words.ownCheck, href: `${page}#explain` },
      ]}
    />
  )
}

function nameOf(names: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(names, value) ? (names[value] ?? value) : value
}
