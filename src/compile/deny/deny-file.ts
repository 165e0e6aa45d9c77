/**
 * Reads one deny list. What it may look like:
 *
 * - lines: an AS number (`AS64500`), a CIDR, an address, a range or `name:Example City`, then anything; `#` and `;` begin a comment
 * - CSV with a header that has one of the columns below, the way the public lists of bad networks and of clouds come
 * - JSON as clouds publish their ranges: any `ip_prefix`, `ipv6_prefix`, `ipv4Prefix`, `ipv6Prefix`, `cidr` or `prefix` in it
 *
 * A line that is none of these is an error with file and line: a deny list with a typo would let somebody through.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { readRange } from '../sources/range-text.ts'
import { SourceError } from '../sources/source.ts'

export interface DenyEntry {
  /** Exactly one of these three says what is denied: an AS number, a holder's name, or a range. */
  readonly asn: number | null
  readonly name: string | null
  readonly first: string
  readonly last: string
  readonly who: string
  readonly line: number
}

const NETWORK_COLUMNS = ['network', 'asn', 'as', 'cidr', 'prefix', 'ip_prefix', 'ip', 'range', 'netblock']
const WHO_COLUMNS = ['who', 'entity', 'name', 'org', 'organization', 'description', 'comment']
const JSON_KEYS = new Set(['ip_prefix', 'ipv6_prefix', 'ipv4Prefix', 'ipv6Prefix', 'cidr', 'prefix'])

/** @throws SourceError naming file and line. */
export function readDenyFile(path: string): DenyEntry[] {
  const file = basename(path)
  const text = readText(path)
  if (/^\s*[[{]/.test(text)) return readJson(text, file)
  return /\.csv$/i.test(path) ? readCsv(text, file) : readLines(text, file)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  } catch {
    throw new SourceError(path, null, 'cannot be read')
  }
}

function readLines(text: string, file: string): DenyEntry[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.replace(/(?:^|\s)[#;].*$/, '').trim()
    const who = /\s[#;]\s*(.*)$/.exec(raw)?.[1]?.trim() ?? ''
    if (line === '' || /^[#;]/.test(line)) return []
    const word = line.startsWith('name:') || / - /.test(line) ? line : (line.split(/[\s,]+/)[0] ?? '')
    return [entry(word, who, file, index + 1)]
  })
}

function readCsv(text: string, file: string): DenyEntry[] {
  const records = csvRecords(text, file)
  const header = records[0]?.record.map((name) => name.trim().toLowerCase()) ?? []
  const network = header.findIndex((name) => NETWORK_COLUMNS.includes(name))
  if (network < 0) throw new SourceError(file, records[0]?.info.lines ?? 1, `has no column ${NETWORK_COLUMNS.join(', ')}`)
  const who = header.findIndex((name) => WHO_COLUMNS.includes(name))
  return records.slice(1).map(({ record, info }) => entry(record[network] ?? '', record[who] ?? '', file, info.lines))
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function csvRecords(text: string, file: string): CsvRecord[] {
  try {
    const options = { comment: '#', comment_no_infix: true, info: true, skip_empty_lines: true, relax_column_count: true }
    const records: unknown = parse(text, options)
    return records as CsvRecord[]
  } catch (error) {
    throw new SourceError(file, null, error instanceof CsvError ? error.message : 'is no CSV')
  }
}

function readJson(text: string, file: string): DenyEntry[] {
  const found: DenyEntry[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item)
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) {
        if (typeof item === 'string' && JSON_KEYS.has(key)) found.push(entry(item, '', file, 1))
        else walk(item)
      }
  }
  try {
    walk(JSON.parse(text))
  } catch (error) {
    if (error instanceof SourceError) throw error
    throw new SourceError(file, null, 'is no JSON')
  }
  return found
}

function entry(word: string, who: string, file: string, line: number): DenyEntry {
  const text = word.trim().replace(/^"|"$/g, '')
  const asn = /^(?:AS)?(\d{1,10})$/i.exec(text)?.[1]
  const nothing = { asn: null, name: null, first: '', last: '', who: who.trim(), line }
  if (asn !== undefined && Number(asn) <= 0xffffffff) return { ...nothing, asn: Number(asn) }
  if (text.startsWith('name:') && text.length > 5) return { ...nothing, name: text.slice(5).trim() }
  const range = readRange(text)
  if (range === null) throw new SourceError(file, line, `"${text}" is no AS number, no range of addresses and no "name:…"`)
  return { ...nothing, ...range }
}
