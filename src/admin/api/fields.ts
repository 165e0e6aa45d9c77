import * as z from 'zod/mini'
import { HOUR_MS } from '../../ledger/clock.ts'

/** Parameters and values that many routes share. Messages end up in problem documents: sentences of ours. */
const NO_CONTROL = /^\P{Cc}*$/u

/** One line of text without control characters (a null byte ends a string in SQLite and in nothing else). */
export function line(longest: number, shortest = 1) {
  return z
    .string()
    .check(
      z.maxLength(longest),
      z.minLength(shortest),
      z.regex(NO_CONTROL, 'control characters are not accepted'),
      z.refine(wellFormed, 'it is not valid Unicode'),
    )
}

const wellFormed = (text: string): boolean => text.isWellFormed()

export const SiteParam = line(63).check(z.describe('Id of the site; GET /sites lists them.'))
export const Key = z
  .string()
  .check(
    z.maxLength(220),
    z.regex(/^(?:lei|dom|own):[^\s\p{Cc}]+$/u, 'a company key looks like dom:example.com'),
    z.describe('Company key.'),
  )
/** Between these, days as text sort as days do, and their neighbours are days too. */
const YEARS = { first: '2000-01-01', last: '2999-12-31' }
export const Day = z.iso
  .date('a day looks like 2026-11-21')
  .check(z.refine((day) => day >= YEARS.first && day <= YEARS.last, 'a day of the years 2000 to 2999'))
export const Limit = (most: number, usual: number) => z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(most)), usual)
export const Cursor = z.optional(
  z.string().check(z.maxLength(600), z.describe('`next` of the page before, unchanged, with the same filters.')),
)
export const Slug = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a-z, 0-9 and "-", at most 63'))
export const RandomId = z.string().check(z.regex(/^[0-9a-f]{8,32}$/, 'an id as the list shows it'))

/** The beginning of an hour, UTC: `2026-11-21T14:00Z`; nothing in the ledger is finer. */
export const IsoHour = z.string().check(z.describe('The beginning of an hour, UTC.'))

export function isoHour(hour: number): string {
  return `${new Date(hour * HOUR_MS).toISOString().slice(0, 16)}Z`
}

export function isoMinute(minute: number): string {
  return `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`
}

export const NoParams = z.strictObject({})
export const Count = z.int()
