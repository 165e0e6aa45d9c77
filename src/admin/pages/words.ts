import { HOUR_MS } from '../../ledger/clock.ts'

/** How numbers, hours and ledger values read on a page. Hours are shown in the site's time zone. */
const number = new Intl.NumberFormat('en')

export const count = (value: number): string => number.format(value)

export const countOf = (value: number, one: string, many: string): string => `${number.format(value)} ${value === 1 ? one : many}`

/** `Sat 21 Nov, 14–15 h`. */
export function hourSpan(hour: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short' }).format(hour * HOUR_MS)
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  return `${day}, ${clock.format(hour * HOUR_MS)}–${clock.format((hour + 1) * HOUR_MS)} h`
}

/** `2 min 5 s`; empty for none. */
export function duration(seconds: number): string {
  if (seconds <= 0) return ''
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  if (minutes === 0) return `${rest} s`
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}

export const OUTCOMES: Readonly<Record<string, string>> = {
  unlisted: 'network of no listed company',
  kind: 'kind this site does not show',
  'sensitive-path': 'sensitive page, address not read',
  rule: 'blocked by a rule',
  bot: 'program, not a person',
  shed: 'over the rate limit',
}

export const KINDS: Readonly<Record<string, string>> = {
  business: 'Business',
  government: 'Government',
  research: 'Research',
  education: 'Education',
  nonprofit: 'Non-profit',
  'it-service': 'IT service',
}
