import * as z from 'zod/mini'
import { hourOf, localDay } from '../ledger/clock.ts'
import type { Period } from '../ledger/read.ts'
import type { Site } from '../ledger/site.ts'

/** Parameters of the admin's reports. Everything is parsed; a refusal names the field and says what fits. */
const Day = z.iso.date()

export const DEFAULT_DAYS = 30

/** The period `from`…`to` (days in the site's time zone, both inclusive), or the sentence that says what is wrong. */
export function readPeriod(query: Record<string, string>, site: Site, now: number): Period | string {
  const today = localDay(hourOf(now), site.timeZone).day
  const to = Day.safeParse(query.to ?? today)
  if (!to.success) return '"to" must be a day like 2026-11-21.'
  const from = Day.safeParse(query.from ?? daysBefore(to.data, DEFAULT_DAYS - 1))
  if (!from.success) return '"from" must be a day like 2026-11-01.'
  if (from.data > to.data) return '"from" must not be later than "to".'
  return { from: from.data, to: to.data }
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}
