/**
 * Hours and days of the ledger. Nothing stored is finer than the hour (P3): an hour is counted in UTC since 1970,
 * a day is the calendar day in the site's time zone.
 */
export const HOUR_MS = 3_600_000

/** Hours since 1970-01-01 00:00 UTC. */
export function hourOf(now: number): number {
  return Math.floor(now / HOUR_MS)
}

export interface LocalDay {
  /** `YYYY-MM-DD` in the time zone. */
  readonly day: string
  /** First hour of that day, and the first hour after it: 23 to 25 hours where clocks change. */
  readonly from: number
  readonly to: number
}

/**
 * The local day an hour belongs to. Where a zone is not on the full hour, an hour belongs to the day it begins in.
 * @param timeZone IANA name; must be valid (settings are checked when read).
 */
export function localDay(hour: number, timeZone: string): LocalDay {
  const known = days.get(timeZone) ?? []
  const same = known.find((day) => hour >= day.from && hour < day.to)
  if (same !== undefined) return same
  const day = dayName(hour, timeZone)
  let from = hour
  while (dayName(from - 1, timeZone) === day) from -= 1
  let to = hour + 1
  while (dayName(to, timeZone) === day) to += 1
  const found = { day, from, to }
  days.set(timeZone, [found, ...known.slice(0, KEPT_DAYS - 1)])
  return found
}

/** Last days asked for, per zone: nearly every event is of today, and retention asks for the same few days of every site. */
const days = new Map<string, readonly LocalDay[]>()
const KEPT_DAYS = 4

function dayName(hour: number, timeZone: string): string {
  return formatter(timeZone).format(hour * HOUR_MS)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone)
  if (found === undefined) {
    // Sweden writes dates as ISO 8601 does: 2026-11-21.
    found = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formatters.set(timeZone, found)
  }
  return found
}
