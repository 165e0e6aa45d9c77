import type { Coverage } from '../../../ledger/coverage.ts'
import type { TableReport } from '../../../ranges/report.ts'
import type { At } from '../page.tsx'
import { Bars } from '../parts/chart.tsx'

/** What was named beside what was not, and why: on this site, and already when the table was built. */
export function CoverageLine(props: { readonly at: At; readonly coverage: Coverage; readonly report: TableReport | null }) {
  const { at, coverage, report } = props
  const { t, f } = at
  const { anonymousViews } = coverage
  const anonymous = anonymousViews.about ? t.companies.about(f.number(anonymousViews.count)) : f.number(anonymousViews.count)
  return (
    <details class="coverage">
      <summary>
        <span class="line">
          <strong>
            {t.companies.coverage(t.companies.views(f.number(coverage.views)), t.companies.companies(f.number(coverage.companies)))}
          </strong>{' '}
          · {t.companies.anonymous(anonymous)}
        </span>{' '}
        <span class="ask">{t.companies.why}</span>
      </summary>
      <div class="sheet">
        <h2>{t.companies.whyTitle}</h2>
        <p class="lead">{t.companies.whyText}</p>
        {coverage.matchRate === null ? null : <p>{t.companies.matchRate(f.percent(coverage.matchRate))}</p>}
        <div class="columns">
          <div>
            <h3>{t.companies.whySite}</h3>
            <Bars
              f={f}
              tone="counted"
              rows={coverage.outcomes.map(({ value, count }) => ({ label: nameOf(t.names.outcomes, value), value: count }))}
            />
            <p class="hint">{t.companies.whySmall(f.number(coverage.k))}</p>
          </div>
          <div>
            <h3>{t.companies.whyTable}</h3>
            {at.table === null ? <p class="hint">{t.companies.noTable}</p> : <LeftOut at={at} report={report} />}
            <p class="hint">
              <a href={at.to('/ranges')}>{t.companies.toRanges}</a>
            </p>
          </div>
        </div>
      </div>
    </details>
  )
}

function LeftOut({ at, report }: { readonly at: At; readonly report: TableReport | null }) {
  const { t, f } = at
  if (report === null) return <p class="hint">{t.companies.whyTableNone}</p>
  const rows = Object.entries(report.rejected)
    .map(([reason, { organisations }]) => ({ label: nameOf(t.names.rejections, reason), value: organisations }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
  return <Bars f={f} tone="counted" rows={rows} />
}

function nameOf(names: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(names, value) ? (names[value] ?? value) : value
}
