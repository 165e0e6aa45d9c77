import { HOUR_MS, hourOf, localDay } from './clock.ts'

/** Days of a report, in the site's time zone, both inclusive: `YYYY-MM-DD`. */
export interface Days {
  readonly from: string
  readonly to: string
}

/** The same as hours since 1970 UTC: `from` inclusive, `to` exclusive. */
export interface Hours {
  readonly from: number
  readonly to: number
}

const DAY_MS = 24 * HOUR_MS

/** The first hour of the first day and the first hour after the last; 23 to 25 hours a day where clocks change. */
export function hoursOf({ from, to }: Days, timeZone: string): Hours {
  return { from: spanOf(from, timeZone).from, to: spanOf(to, timeZone).to }
}

/** Noon UTC of a date lies on the neighbouring day only in zones 12 hours and more away: one step finds it. */
function spanOf(day: string, timeZone: string): Hours {
  const noon = hourOf(Date.parse(`${day}T12:00:00Z`))
  const found = localDay(noon, timeZone)
  if (found.day === day) return found
  return localDay(found.day < day ? found.to : found.from - 1, timeZone)
}

export function today(now: number, timeZone: string): string {
  return localDay(hourOf(now), timeZone).day
}

/** `days` later; negative for earlier. Calendar days, so clock changes do not matter. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** How many days, both ends counted. */
export function lengthOf({ from, to }: Days): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

/** Every day of a period, in order. */
export function daysIn(days: Days): string[] {
  return Array.from({ length: lengthOf(days) }, (_, index) => addDays(days.from, index))
}
