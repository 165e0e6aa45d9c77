import { addDays, type Days, today } from '../../../ledger/period.ts'
import { Day } from '../../api/fields.ts'
import { DEFAULT_DAYS, periodOf } from '../../api/period.ts'
import { Refusal } from '../../problem.ts'
import { type At, hereWith } from '../page.tsx'

/**
 * The period of a page, from its address: `days=7` is the last seven and moves on, so a bookmark stays fresh;
 * `from` and `to` are two dates and stay, so a copied address shows the same to a colleague.
 */
export interface Period extends Days {
  /** How many days back, where the address says so; null for two dates. */
  readonly back: number | null
  /** The address asked for a period that cannot be. */
  readonly wrong: boolean
}

const LONGEST_BACK = 758

export function readPeriod({ query, site, now }: At, usual: number = DEFAULT_DAYS): Period {
  const day = today(now, site.timeZone)
  const last = (back: number): Days => ({ from: addDays(day, 1 - back), to: day })
  if (query.from !== undefined || query.to !== undefined) {
    const isDay = (text: string | undefined): boolean => text === undefined || Day.safeParse(text).success
    const found = isDay(query.from) && isDay(query.to) ? periodOf(query, site, now) : null
    if (found === null || found instanceof Refusal) return { ...last(usual), back: usual, wrong: true }
    return { ...found, back: null, wrong: false }
  }
  const back = Number(query.days ?? usual)
  const fits = Number.isInteger(back) && back >= 1 && back <= LONGEST_BACK
  return { ...last(fits ? back : usual), back: fits ? back : usual, wrong: !fits }
}

/** Links for the usual periods and two fields for any other; everything else in the address stays. */
export function PeriodPicker(props: { readonly at: At; readonly period: Period; readonly presets?: readonly number[] }) {
  const { at, period, presets = [7, 30, 90] } = props
  const { t, f } = at
  const { from: _from, to: _to, days: _days, cursor: _cursor, done: _done, n: _n, ...kept } = at.query
  return (
    <div class="period no-print">
      <nav aria-label={t.parts.period.label}>
        <ul>
          {presets.map((days) => (
            <li>
              <a
                href={hereWith(at, { from: undefined, to: undefined, cursor: undefined, days: String(days) })}
                aria-current={period.back === days ? 'true' : undefined}
              >
                {t.parts.period.days(f.number(days))}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <details class="drop">
        <summary>{period.back === null ? f.period(period.from, period.to) : t.parts.period.custom}</summary>
        <form method="get" action={at.c.req.path}>
          {Object.entries(kept).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <div class="field">
            <label for="period-from">{t.parts.period.from}</label>
            <input id="period-from" type="date" name="from" value={period.from} required />
          </div>
          <div class="field">
            <label for="period-to">{t.parts.period.to}</label>
            <input id="period-to" type="date" name="to" value={period.to} required />
          </div>
          <button type="submit">{t.parts.period.show}</button>
        </form>
      </details>
    </div>
  )
}
