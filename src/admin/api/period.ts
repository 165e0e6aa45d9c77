import * as z from 'zod/mini'
import { addDays, type Days, lengthOf, today } from '../../ledger/period.ts'
import type { Site } from '../../ledger/site.ts'
import { Refusal } from '../problem.ts'
import { Day } from './fields.ts'

/** The period of a report: days in the site's time zone, both inclusive; the last 30 unless said. */
export const PeriodFields = {
  from: z.optional(Day.check(z.describe('First day, in the site’s time zone.'))),
  to: z.optional(Day.check(z.describe('Last day, inclusive; today unless said.'))),
}

export const DEFAULT_DAYS = 30
/** 25 months: longer is nothing kept. */
export const LONGEST_PERIOD = 775

export function periodOf(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  site: Site,
  now: number,
  longest: number = LONGEST_PERIOD,
): Days | Refusal {
  const to = query.to ?? today(now, site.timeZone)
  const from = query.from ?? addDays(to, -(Math.min(DEFAULT_DAYS, longest) - 1))
  if (from > to) return new Refusal(400, '"from" must not be later than "to".', 'from')
  if (lengthOf({ from, to }) > longest) return new Refusal(400, `"from" is too early: such a report spans at most ${longest} days.`, 'from')
  return { from, to }
}
