/**
 * Reads the registries' delegated-extended statistics: `registry|cc|type|start|value|date|status|opaque-id`, one line
 * a range or AS number. They name nobody: a row says in which country and when a range was given out, and its
 * `handle` joins what one holder has (the same opaque id in one file is the same holder).
 */
import { basename } from 'node:path'
import { readCsvLines } from './csv-lines.ts'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { lastOf, readRange } from './range-text.ts'
import { Reading } from './read-file.ts'
import { countryOf } from './row-fields.ts'
import { type AsRow, type RangeSource, SourceError, type SourceRow } from './source.ts'

export interface DelegatedOptions extends SourceLabel {
  readonly files: readonly string[]
}

const BYTES_PER_ROW = 75
const MOST_NUMBERS = 100_000

export function delegated(options: DelegatedOptions): RangeSource {
  const { files } = options
  const reading = new Reading(files)
  return {
    role: 'statistics',
    get expectedRows() {
      return reading.expected(Math.round(reading.total / BYTES_PER_ROW))
    },
    async facts() {
      const date = await dateOf(files)
      return fileFacts(files, options, {
        name: 'NRO delegated-extended statistics',
        licence: 'CC BY 4.0',
        url: 'https://www.nro.net',
        ...(date && { date }),
      })
    },
    async *rows() {
      for await (const record of records(files, reading)) {
        const row = rangeRow(record)
        if (row !== null) yield row
      }
    },
    async *networks() {
      for await (const record of records(files)) yield* numberRows(record)
    },
  }
}

interface Record {
  readonly fields: readonly string[]
  readonly file: string
  readonly line: number
}

/** The lines that are records: neither the version line nor a summary. */
async function* records(files: readonly string[], reading?: Reading): AsyncGenerator<Record> {
  for (const path of files) {
    const file = basename(path)
    for await (const lines of readCsvLines(path, { separator: '|', comments: true, ...(reading && { reading }) })) {
      for (const { fields, line } of lines) {
        if (fields[5] === 'summary' || /^\d/.test(fields[0] ?? '')) continue
        if (fields.length < 7) throw new SourceError(file, line, `has ${fields.length} columns instead of 7 or more`)
        yield { fields, file, line }
      }
    }
  }
}

function rangeRow({ fields, file, line }: Record): SourceRow | null {
  const [, , type, start = '', value = ''] = fields
  if (type !== 'ipv4' && type !== 'ipv6') return null
  const facts = factsOf(fields)
  if (facts === null) return null
  const range = type === 'ipv6' ? readRange(`${start}/${value}`) : { first: start, last: lastOf(start, Number(value)) }
  if (range?.last == null) throw new SourceError(file, line, `"${start}" and "${value}" are no range`)
  return { first: range.first, last: range.last, asn: 0, name: '', ...facts, file, line }
}

function* numberRows({ fields, file, line }: Record): Generator<AsRow> {
  const [, , type, start = '', value = ''] = fields
  const facts = type === 'asn' ? factsOf(fields) : null
  if (facts === null) return
  const [first, count] = [Number(start), Number(value)]
  if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1)
    throw new SourceError(file, line, `"${start}" and "${value}" are no AS numbers`)
  if (count > MOST_NUMBERS) return
  for (let asn = first; asn < first + count; asn++) yield { asn, name: '', ...facts, file, line }
}

/** Null for what nobody holds (`available`, `reserved`). */
function factsOf(fields: readonly string[]) {
  const [registry = '', country = '', , , , , status = '', holder = ''] = fields
  if (status !== 'allocated' && status !== 'assigned') return null
  return { country: countryOf(country), status, handle: holder === '' ? null : `${registry}:${holder}` } as const
}

/** The end date of the version line: `2|ripencc|1700000000|…|19830705|20261101|+0100`. */
async function dateOf(files: readonly string[]): Promise<string | null> {
  const dates: string[] = []
  for (const path of files) {
    for await (const lines of readCsvLines(path, { separator: '|', comments: true })) {
      const version = lines.find(({ fields }) => /^\d/.test(fields[0] ?? ''))
      const day = /^(\d{4})(\d{2})(\d{2})$/.exec(version?.fields[5] ?? '')
      if (day) dates.push(`${day[1]}-${day[2]}-${day[3]}`)
      break
    }
  }
  return dates.sort()[0] ?? null
}
