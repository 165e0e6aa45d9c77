/**
 * How a file's columns or paths become the fields of a row: a mapping `our field → the file's`, the same for presets
 * and for what an operator writes under `fields` in `doorplate.sources.toml`.
 */
import * as z from 'zod'
import { COMPANY_KINDS, type CompanyKind } from '../../words.ts'
import { networkType } from './network-types.ts'
import type { CompanyFacts } from './source.ts'

/** Fields that a mapping may fill. A file tells a range as `network`, or as `first` and `last`. */
export const ROW_FIELDS = [
  'first', 'last', 'network', 'asn', 'name', 'country', 'domain', 'organisation', 'type', 'handle', 'description', 'city', 'postcode',
  'lei', 'registerId', 'legalForm', 'industry', 'employees', 'kind',
] as const // biome-ignore format: a word list reads better in lines than in a column
export type RowField = (typeof ROW_FIELDS)[number]

/** Where a field stands: a column, or a path `a.b.0.c`. Of several the first that holds something. */
export const FieldMap = z.partialRecord(
  z.enum(ROW_FIELDS),
  z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  `fields are ${ROW_FIELDS.join(', ')}`,
)
export type FieldMap = z.infer<typeof FieldMap>

/** Reads one place of a row, '' where there is nothing. */
export type Look = (place: string) => string

export function fieldOf(map: FieldMap, field: RowField, look: Look): string {
  const places = map[field]
  if (places === undefined) return ''
  if (typeof places === 'string') return look(places)
  for (const place of places) {
    const value = look(place)
    if (value !== '') return value
  }
  return ''
}

/** `13335` or `AS13335`; 0 for nothing, -1 for something else. */
export function asnOf(text: string): number {
  if (text === '' || text === '-') return 0
  const digits = /^(?:AS)?(\d{1,10})$/i.exec(text)?.[1]
  if (digits === undefined || Number(digits) > 0xffffffff) return -1
  return Number(digits)
}

/** ISO code in capitals, null for the many ways to say "unknown" (`-`, `ZZ`, `XX`, `EU`, `AP`, `None`). */
export function countryOf(text: string): string | null {
  const code = text.trim().toUpperCase()
  return /^[A-Z]{2}$/.test(code) && !UNKNOWN_COUNTRIES.has(code) ? code : null
}
const UNKNOWN_COUNTRIES = new Set(['XX', 'ZZ', 'EU', 'AP'])

const kindNamed = (text: string): CompanyKind | null => COMPANY_KINDS.find((kind) => kind === text) ?? null

/** The company's fields of a row; only those that hold something. */
export function factsOf(map: FieldMap, look: Look): CompanyFacts {
  const facts: { -readonly [field in keyof CompanyFacts]: CompanyFacts[field] } = {}
  for (const field of TEXT_FIELDS) {
    const value = fieldOf(map, field, look)
    if (value !== '' && value !== '-') facts[field] = value
  }
  const country = countryOf(fieldOf(map, 'country', look))
  if (country !== null) facts.country = country
  const type = fieldOf(map, 'type', look)
  if (type !== '' && type !== '-') {
    facts.type = networkType(type)
    facts.typeAsSaid = type
  }
  const kind = kindNamed(fieldOf(map, 'kind', look))
  if (kind !== null) facts.kind = kind
  return facts
}

const TEXT_FIELDS = [
  'domain', 'organisation', 'handle', 'description', 'city', 'postcode', 'lei', 'registerId', 'legalForm', 'industry', 'employees',
] as const // biome-ignore format: a word list reads better in lines than in a column
