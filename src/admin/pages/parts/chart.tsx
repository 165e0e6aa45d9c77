import { scaleBand } from 'd3-scale'
import type { Format } from '../../format.ts'
import type { Texts } from '../../texts/index.ts'

/**
 * Charts drawn on the server: SVG without a style or script of its own, coloured by classes of the stylesheet. Each has a
 * title, a text alternative and the figures as a table. Text stands beside the drawing and not in it, so that it keeps
 * its size on every screen; heights are one multiplication, because d3's linear scale brings 9 kB of colour interpolation.
 */
export interface Series {
  readonly name: string
  /** `named` for companies, `counted` for what is anonymous. */
  readonly tone: 'named' | 'counted'
  /** One value a day. */
  readonly values: readonly number[]
}

interface ChartProps {
  readonly t: Texts
  readonly f: Format
  readonly title: string
  /** `YYYY-MM-DD`, ascending. */
  readonly days: readonly string[]
  /** Drawn. */
  readonly series: Series
  /** Further columns of the table. */
  readonly also?: readonly Omit<Series, 'tone'>[]
}

const BAND = 10
const HEIGHT = 100

/** A bar a day. */
export function DayChart({ t, f, title, days, series, also = [] }: ChartProps) {
  const most = Math.max(0, ...series.values)
  const top = roundUp(most)
  const x = scaleBand(days, [0, days.length * BAND])
    .paddingInner(0.28)
    .paddingOuter(0.14)
  const height = (value: number): number => round((value / top) * HEIGHT)
  const first = days[0] ?? ''
  const last = days.at(-1) ?? ''
  const period = f.period(first, last)
  const peak = days[series.values.indexOf(most)] ?? first
  const label = most === 0 ? t.parts.noBars(title, period) : t.parts.bars(title, period, f.number(most), f.day(peak))
  const columns = [series, ...also]
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class="plot">
        <span class="mark top" aria-hidden="true">
          {f.short(top)}
        </span>
        <span class="mark middle" aria-hidden="true">
          {top % 2 === 0 ? f.short(top / 2) : ''}
        </span>
        <svg viewBox={`0 0 ${days.length * BAND} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {days.map((day, index) => {
            const value = series.values[index] ?? 0
            return value === 0 ? null : (
              <rect
                class={series.tone}
                x={round(x(day) ?? 0)}
                y={HEIGHT - height(value)}
                width={round(x.bandwidth())}
                height={height(value)}
              >
                <title>{`${f.day(day)}: ${f.number(value)}`}</title>
              </rect>
            )
          })}
        </svg>
      </div>
      <p class="axis" aria-hidden="true">
        <span>{f.day(first)}</span>
        {days.length > 2 ? <span>{f.day(days[Math.floor((days.length - 1) / 2)] ?? first)}</span> : null}
        {days.length > 1 ? <span>{f.day(last)}</span> : null}
      </p>
      <details class="data no-print">
        <summary>{t.parts.dataTable}</summary>
        <section class="scroll" aria-label={`${title}: ${t.parts.dataTable}`} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.parts.day}</th>
                {columns.map(({ name }) => (
                  <th scope="col" class="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((day, index) =>
                columns.every(({ values }) => (values[index] ?? 0) === 0) ? null : (
                  <tr>
                    <th scope="row">{f.day(day)}</th>
                    {columns.map(({ values }) => (
                      <td class="number">{f.number(values[index] ?? 0)}</td>
                    ))}
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}

/** Bars a few pixels high, beside a row; `label` says what they show. */
export function Spark({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...values)
  const bars = values.map((value, index) => (value === 0 ? '' : `M${index * 4} 20v-${Math.max(2, Math.round((value / most) * 20))}h3V20z`))
  return (
    <svg class="spark" viewBox={`0 0 ${Math.max(1, values.length * 4 - 1)} 20`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={bars.join('')} />
    </svg>
  )
}

/** A list of names with a bar behind each: the longest is the largest. */
export function Bars(props: {
  readonly f: Format
  readonly tone: Series['tone']
  readonly rows: readonly { readonly label: string; readonly value: number; readonly href?: string | undefined; readonly note?: string }[]
}) {
  const most = Math.max(1, ...props.rows.map(({ value }) => value))
  return (
    <ol class="bars">
      {props.rows.map(({ label, value, href, note }) => (
        <li>
          <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class={props.tone} width={round((value / most) * 100)} height="1" />
          </svg>
          <span class="label">
            {href === undefined ? (
              <bdi>{label}</bdi>
            ) : (
              <a href={href}>
                <bdi>{label}</bdi>
              </a>
            )}
            {note === undefined ? null : <small>{note}</small>}
          </span>
          <span class="number">{props.f.number(value)}</span>
        </li>
      ))}
    </ol>
  )
}

/** The next of 2, 4, 6, 8, 10, 20, 30, 40, 60 …: an axis that ends on a number people say. */
export function roundUp(value: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [2, 3, 4, 6, 8, 10]) if (value <= step * power && (step !== 3 || power > 1)) return step * power
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
