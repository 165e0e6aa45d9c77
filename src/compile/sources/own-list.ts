/**
 * Reads the operator's own list, the strongest evidence there is: a CSV file with a header line, or JSON (an array of
 * objects, or one a line), each row a range, prefix, address or AS number and the company it belongs to.
 *
 * Every row is checked and the first wrong one stops the build: the list is short, its owner sits in front of it, and
 * a typing error would name the wrong company. P4's sizes and vetoes hold here too; they are judged later.
 */
import { basename } from 'node:path'
import * as z from 'zod'
import { COMPANY_KINDS } from '../../words.ts'
import { readCsvLines } from './csv-lines.ts'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { readJsonObjects } from './json-objects.ts'
import { networkType } from './network-types.ts'
import { isForwards, readRange } from './range-text.ts'
import { asnOf } from './row-fields.ts'
import { type AsRow, type CompanyFacts, type RangeSource, SourceError, type SourceRow } from './source.ts'

export interface OwnListOptions extends SourceLabel {
  readonly files: readonly string[]
}

/** An empty cell says nothing. */
const optional = <T extends z.ZodType>(fits: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), z.optional(fits))
const fits = (shape: RegExp, problem: string) => optional(z.string().trim().regex(shape, problem))
const short = optional(z.string().trim().max(120, 'is longer than 120 characters'))

const Row = z.strictObject({
  network: fits(/./, 'is no range'),
  first: short,
  last: short,
  asn: optional(z.union([z.int(), z.string()])),
  name: z.string('is missing').trim().min(1, 'is missing').max(120, 'is longer than 120 characters'),
  country: fits(/^[A-Z]{2}$/, 'is no ISO 3166-1 code of two capital letters'),
  domain: fits(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'is no domain in lower case'),
  city: short,
  postcode: short,
  industry: short,
  employees: fits(/^\d+(-\d+|\+)$/, 'is no size band such as 201-500 or 10001+'),
  lei: fits(/^[0-9A-Z]{18}\d{2}$/, 'is no LEI of 20 characters'),
  register_id: short,
  legal_form: short,
  kind: optional(z.enum(COMPANY_KINDS, `is none of ${COMPANY_KINDS.join(', ')}`)),
  type: optional(
    z
      .string()
      .trim()
      .refine((word) => networkType(word) !== null, 'is no type of network'),
  ),
})
type Row = z.infer<typeof Row>
const COLUMNS = Object.keys(Row.shape)

export function ownList(options: OwnListOptions): RangeSource {
  const { files } = options
  let rows: number | null = null
  return {
    role: 'operator',
    get expectedRows() {
      return rows
    },
    facts: () => fileFacts(files, options, { name: basename(files[0] ?? 'own list'), licence: "the operator's own", attribution: '' }),
    async *rows() {
      let count = 0
      for await (const { row, file, line } of readRows(files)) {
        if (row.asn === undefined) yield { ...rangeOf(row, file, line), asn: 0, ...factsOf(row), file, line }
        count++
      }
      rows = count
    },
    async *networks() {
      for await (const { row, file, line } of readRows(files)) {
        if (row.asn !== undefined) yield { asn: numberOf(row, file, line), ...factsOf(row), file, line }
      }
    },
  }
}

interface Place {
  readonly file: string
  readonly line: number
}

async function* readRows(files: readonly string[]): AsyncGenerator<Place & { readonly row: Row }> {
  for (const path of files) {
    const file = basename(path)
    for await (const { value, line } of /\.jsonl?(\.gz)?$/.test(path) ? jsonRows(path) : csvRows(path, file)) {
      const row = Row.safeParse(value)
      if (!row.success) throw new SourceError(file, line, problemOf(row.error))
      if ([row.data.network, row.data.first, row.data.asn].filter((told) => told !== undefined).length !== 1) {
        throw new SourceError(file, line, 'needs one of network, first and last, or asn')
      }
      yield { row: row.data, file, line }
    }
  }
}

function problemOf(error: z.ZodError): string {
  // A column that nobody knows is often the one that is missing, by another name.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]
  if (issue?.code === 'unrecognized_keys') return `has no column ${issue.keys.join(', ')}; the columns are ${COLUMNS.join(', ')}`
  return `${issue?.path.join('.')} ${issue?.message}`
}

async function* jsonRows(path: string): AsyncGenerator<{ value: unknown; line: number }> {
  for await (const objects of readJsonObjects(path)) yield* objects
}

async function* csvRows(path: string, file: string): AsyncGenerator<{ value: unknown; line: number }> {
  let header: readonly string[] | null = null
  for await (const lines of readCsvLines(path, { comments: true })) {
    for (const { fields, line } of lines) {
      if (header === null) header = fields.map((field) => field.trim())
      else {
        const names: readonly string[] = header
        if (fields.length > names.length) throw new SourceError(file, line, `has ${fields.length} columns instead of ${names.length}`)
        yield { value: Object.fromEntries(fields.map((field, index) => [names[index] ?? '', field.trim()])), line }
      }
    }
  }
}

function rangeOf({ network, first, last }: Row, file: string, line: number): Pick<SourceRow, 'first' | 'last'> {
  const text = network ?? `${first} - ${last ?? first}`
  const range = readRange(text)
  if (range === null) throw new SourceError(file, line, `"${text}" is no range, prefix or address`)
  if (isForwards(range.first, range.last) !== true) throw new SourceError(file, line, `${range.first} comes after ${range.last}`)
  return range
}

function numberOf({ asn }: Row, file: string, line: number): AsRow['asn'] {
  const number = asnOf(String(asn))
  if (number <= 0) throw new SourceError(file, line, `"${asn}" is no AS number`)
  return number
}

function factsOf(row: Row): CompanyFacts & { name: string } {
  const { name, country, domain, city, postcode, industry, employees, lei, kind, type } = row
  const said = { country, domain, city, postcode, industry, employees, lei, kind, registerId: row.register_id, legalForm: row.legal_form }
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as CompanyFacts
  return { name, ...told, ...(type !== undefined && { type: networkType(type), typeAsSaid: type }) }
}
