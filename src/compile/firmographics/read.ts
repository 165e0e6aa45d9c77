/**
 * Reads a register of company facts, a CSV file with a header line or one JSON object a line, packed or not. The
 * largest has millions of companies, so records pass one by one. A line that cannot be read is counted and left out:
 * nobody here can mend a register, and a missing fact shows nothing.
 */
import { basename, isAbsolute, join } from 'node:path'
import { type CsvFormat, readCsvLines } from '../sources/csv-lines.ts'
import { fileFacts } from '../sources/file-facts.ts'
import { readJsonObjects } from '../sources/json-objects.ts'
import { SourceError } from '../sources/source.ts'
import { countryCode } from './countries.ts'
import { companyDomain } from './domains.ts'
import type { FirmographicsEntry } from './entry.ts'
import { FACT_FIELDS, type FactField, FIRMOGRAPHICS_PRESETS, type FirmographicsPreset } from './presets.ts'
import type { FirmographicRecord, FirmographicsSource } from './record.ts'
import { sizeBand } from './size-bands.ts'

/** @param base folder that relative files are in. */
export function openFirmographics(entry: FirmographicsEntry, base = '.'): FirmographicsSource {
  const preset: FirmographicsPreset = FIRMOGRAPHICS_PRESETS[entry.format]
  const map = { ...preset.fields, ...entry.fields }
  const files = entry.files.map((file) => (isAbsolute(file) ? file : join(base, file)))
  let broken = 0
  return {
    name: entry.format === 'csv' ? entry.name : preset.name,
    date: entry.date,
    facts: () => fileFacts(files, { licence: entry.licence, url: entry.url, date: entry.date }, preset),
    broken: () => broken,
    async *records() {
      broken = 0
      for (const path of files) {
        const rows = /\.(json|jsonl|ndjson)(\.gz)?$/.test(path)
          ? jsonRows(path)
          : csvRows(path, map, { onBroken: () => void broken++, ...(preset.escape && { escape: preset.escape }) })
        for await (const { look, line } of rows) {
          if (preset.without?.values.includes(look(preset.without.column)) === true) continue
          const said = readRecord(map, look)
          if (Object.keys(said).length > 0) yield { said, line }
        }
      }
    },
  }
}

type Fields = FirmographicsPreset['fields']
type Look = (column: string) => string
interface Row {
  readonly look: Look
  readonly line: number
}

async function* jsonRows(path: string): AsyncGenerator<Row> {
  for await (const objects of readJsonObjects(path)) {
    for (const { value, line } of objects) {
      const look: Look = (column) => {
        const found = value[column]
        return typeof found === 'string' ? found.trim() : typeof found === 'number' ? String(found) : ''
      }
      yield { look, line }
    }
  }
}

async function* csvRows(path: string, map: Fields, format: CsvFormat): AsyncGenerator<Row> {
  let places: ReadonlyMap<string, number> | null = null
  for await (const lines of readCsvLines(path, format)) {
    for (const { fields, line } of lines) {
      if (places === null) {
        places = new Map(fields.map((name, index) => [name.trim(), index] as const))
        checkHeader(places, map, basename(path))
      } else if (fields.length > places.size) format.onBroken?.(line, 'has too many columns')
      else {
        const known: ReadonlyMap<string, number> = places
        yield { look: (column) => fields[known.get(column) ?? -1]?.trim() ?? '', line }
      }
    }
  }
}

/** A file may lack columns of a preset, but not those that join it: it would join nobody and nobody would know why. */
function checkHeader(places: ReadonlyMap<string, number>, map: Fields, file: string): void {
  const joins: readonly FactField[] = ['lei', 'domain', 'registerId', 'name']
  const columns = joins.flatMap((field) => map[field] ?? [])
  if (!columns.some((column) => places.has(column))) throw new SourceError(file, 1, `has none of the columns ${columns.join(', ')}`)
}

function readRecord(map: Fields, look: Look): FirmographicRecord['said'] {
  const said: Partial<Record<FactField, string>> = {}
  for (const field of FACT_FIELDS) {
    const columns = [map[field] ?? []].flat()
    const texts = columns.map(look).filter((text) => text !== '')
    const read = texts.map((text) => (READ[field] ?? asItIs)(text)).find((value) => value !== null)
    if (read !== undefined) said[field] = read
  }
  return said
}

const asItIs = (text: string): string => text

/** Fields that have a form of their own; what does not fit it is nothing. */
const READ: Readonly<Partial<Record<FactField, (value: string) => string | null>>> = {
  lei: (value) => (/^[0-9A-Z]{18}\d{2}$/.test(value) ? value : null),
  domain: companyDomain,
  country: countryCode,
  employees: sizeBand,
  legalForm: (value) => (CATEGORIES.has(value) ? (CATEGORIES.get(value) ?? null) : value),
}

/** GLEIF's categories of entities; all but one say nothing about the legal form. */
const CATEGORIES = new Map<string, string | null>([
  ['SOLE_PROPRIETOR', 'sole proprietor'],
  ...['GENERAL', 'BRANCH', 'FUND', 'RESIDENT_GOVERNMENT_ENTITY', 'INTERNATIONAL_ORGANIZATION', 'NULL'].map(
    (category) => [category, null] as const,
  ),
])
