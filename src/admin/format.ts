import { HOUR_MS } from '../ledger/clock.ts'
import type { Language } from '../privacy/language.ts'

/**
 * Numbers, days, hours and places as a page shows them: the reader's language, the site's time zone. Days are
 * `YYYY-MM-DD` and hours are counted since 1970 UTC, as the ledger has them; nothing is finer than the hour.
 */
export interface Format {
  readonly language: Language
  readonly number: (value: number) => string
  /** 0 to 1. */
  readonly percent: (share: number) => string
  /** `3.9k`: for the axis of a chart. */
  readonly short: (value: number) => string
  /** `Sat, 21 Nov`, or with the year `21 Nov 2026`. */
  readonly day: (day: string, style?: 'weekday' | 'year') => string
  /** `23 Oct – 21 Nov 2026`. */
  readonly period: (from: string, to: string) => string
  /** `Sat, 21 Nov, 14–15 h`: an hour, or the hours from one up to another. */
  readonly hours: (from: number, to?: number) => string
  /** `14–15 h`. */
  readonly clock: (from: number, to: number) => string
  /** `21 Nov 2026, 14:25`: of what an operator did; nothing of a visit is that fine. */
  readonly minute: (milliseconds: number) => string
  /** `2 min 5 s`; `–` for none. */
  readonly duration: (seconds: number) => string
  /** `Munich, Germany`. */
  readonly place: (city: string | null, country: string) => string
  readonly country: (code: string) => string
  /** `201–500`, `10,001+`: a size band as master data have it. */
  readonly size: (band: string) => string
  /** `a, b and c`. */
  readonly list: (items: readonly string[]) => string
}

const LOCALES = { de: 'de-DE', en: 'en-GB' } as const satisfies Record<Language, string>

/** Making Intl's objects costs more than a page: each pair of language and zone makes them once. */
const made = new Map<string, Format>()

export function formatOf(language: Language, timeZone: string): Format {
  const key = `${language} ${timeZone}`
  const format = made.get(key) ?? makeFormat(language, timeZone)
  made.set(key, format)
  return format
}

function makeFormat(language: Language, timeZone: string): Format {
  const locale = LOCALES[language]
  const number = new Intl.NumberFormat(locale)
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  // A day is a name and not a moment: it reads the same in every zone.
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' })
  const year = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
  const dayOfHour = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short' })
  const clockOf = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

  const minute = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  // `14`, and `14:30` where a zone is not on the full hour.
  const time = (hour: number): string => clockOf.format(hour * HOUR_MS).replace(/:00$/, '')
  const clock = (from: number, to: number): string => `${time(from)}–${time(to).replace(/^00/, '24')} ${language === 'de' ? 'Uhr' : 'h'}`
  return {
    language,
    number: (value) => number.format(value),
    short: (value) => short.format(value),
    percent: (share) => percent.format(share),
    day: (day, style = 'weekday') => (style === 'year' ? year : weekday).format(Date.parse(`${day}T12:00:00Z`)),
    period: (from, to) => year.formatRange(Date.parse(`${from}T12:00:00Z`), Date.parse(`${to}T12:00:00Z`)),
    hours: (from, to = from + 1) => `${dayOfHour.format(from * HOUR_MS)}, ${clock(from, to)}`,
    clock,
    minute: (milliseconds) => minute.format(milliseconds),
    duration: (seconds) => duration(seconds, language),
    place: (city, country) => [city, countryName(countries, country)].filter((part) => part !== null && part !== '').join(', '),
    country: (code) => countryName(countries, code),
    size: (band) => band.replace(/\d+/g, (digits) => number.format(Number(digits))).replace('-', '–'),
    list: (items) => list.format(items),
  }
}

/** Cloudflare says `XX` for unknown; what is no code at all stays as it is. */
function countryName(names: Intl.DisplayNames, code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}

function duration(seconds: number, language: Language): string {
  if (seconds <= 0) return '–'
  const [hour, minute, second] = language === 'de' ? ['Std.', 'Min.', 'Sek.'] : ['h', 'min', 's']
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  if (minutes === 0) return `${rest} ${second}`
  if (minutes >= 60) return `${Math.floor(minutes / 60)} ${hour}${minutes % 60 === 0 ? '' : ` ${minutes % 60} ${minute}`}`
  return rest === 0 || minutes >= 10 ? `${minutes} ${minute}` : `${minutes} ${minute} ${rest} ${second}`
}
