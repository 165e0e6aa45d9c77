/**
 * Reads the curated list: organisations and the numbers of the autonomous systems that are their own.
 *
 * The list says who holds which AS (P4); a range that neither it nor another kind of evidence speaks for is nobody's. A row with a mistake stops the build with file
 * and line, because a typo in an AS number would name the wrong company; a row that is merely incomplete is
 * rejected and counted.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { COMPILED_BY_HAND } from '../receipt.ts'
import { COMPANY_FIELDS } from '../words.ts'
import { isFreemail } from './firmographics/domains.ts'
import { kindOf } from './kinds.ts'
import { companyKey, type Organisation, type Origins } from './organisation.ts'
import { hashFiles, SourceError, type SourceFacts } from './sources/source.ts'

/** The list that ships with the project. */
export const CURATED_LIST = fileURLToPath(new URL('../../data/known-organisations.csv', import.meta.url))

/** Columns that a list must have; those after `asns` in `Row` may be missing. */
const COLUMNS = ['name', 'domain', 'country', 'city', 'industry', 'employees', 'asns'] as const

const text = z.string().trim()
/** Text that fits, or nothing: an empty cell is an unknown fact. */
const orNull = (fits: RegExp, problem: string) => text.regex(new RegExp(`^$|${fits.source}`), problem).transform((value) => value || null)

/** The same for a column that an older list does not have. */
const optional = (fits: RegExp, problem: string) => z.preprocess((value) => value ?? '', orNull(fits, problem))

const Row = z.object({
  name: text.max(120, 'is longer than 120 characters'),
  domain: orNull(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'is no domain in lower case'),
  country: text.regex(/^([A-Z]{2})?$/, 'is no ISO 3166-1 code of two capital letters'),
  city: orNull(/^.{1,80}$/, 'is longer than 80 characters'),
  industry: text.min(1, 'is missing'),
  employees: orNull(/^\d+(-\d+|\+)$/, 'is no size band such as 201-500 or 10001+'),
  asns: text.regex(/^AS\d{1,10}( +AS\d{1,10})*$/, 'is no list of AS numbers such as "AS6445 AS8826"').transform(readNumbers),
  legal_form: optional(/^.{1,60}$/, 'is longer than 60 characters'),
  postcode: optional(/^[0-9A-Z][0-9A-Z -]{1,9}$/, 'is no postcode'),
  lei: optional(/^[0-9A-Z]{18}\d{2}$/, 'is no LEI of 20 characters'),
  source: optional(/^.{1,200}$/, 'is longer than 200 characters'),
  checked: optional(/^\d{4}-\d{2}-\d{2}$/, 'is no day such as 2026-06-17'),
})

export interface CuratedList {
  readonly organisations: readonly Organisation[]
  readonly facts: SourceFacts
}

/** @throws SourceError naming file and line of the first row that is wrong. */
export async function readCuratedList(path: string = CURATED_LIST): Promise<CuratedList> {
  const file = basename(path)
  const organisations: Organisation[] = []
  const seen = new Map<string, string>()
  for (const { info, record } of readRecords(path, file)) {
    const organisation = readOrganisation(record, file, info.lines)
    for (const claim of [organisation.key, ...organisation.asns.map((asn) => `AS${asn}`)]) {
      const other = seen.get(claim)
      if (other !== undefined) throw new SourceError(file, info.lines, `${claim} is claimed by ${other} already`)
      seen.set(claim, organisation.name)
    }
    organisations.push(organisation)
  }
  return { organisations, facts: await factsOf(path, file) }
}

interface CsvRecord {
  readonly info: { readonly lines: number }
  readonly record: unknown
}

function readRecords(path: string, file: string): CsvRecord[] {
  try {
    const records: unknown = parse(readFileSync(path, 'utf8'), {
      bom: true,
      columns: checkHeader(file),
      info: true,
      skip_empty_lines: true,
    })
    return records as CsvRecord[]
  } catch (error) {
    if (error instanceof CsvError) throw new SourceError(file, linesOf(error), error.message)
    if (error instanceof SourceError) throw error
    throw new SourceError(path, null, 'cannot be read')
  }
}

/** The parser's count of lines, which its types do not promise. */
const linesOf = ({ lines }: CsvError): number | null => (typeof lines === 'number' ? lines : null)

const checkHeader = (file: string) => (header: string[]) => {
  const missing = COLUMNS.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new SourceError(file, 1, `has no column ${missing.join(', ')}`)
  return header
}

function readOrganisation(record: unknown, file: string, line: number): Organisation {
  const row = Row.safeParse(record)
  if (!row.success) {
    const issue = row.error.issues[0]
    throw new SourceError(file, line, `${issue?.path.join('.') ?? 'row'} ${issue?.message ?? 'is wrong'}`)
  }
  const { name, domain, country, city, industry, employees, asns, legal_form: legalForm, postcode, lei } = row.data
  if (domain !== null && isFreemail(domain)) throw new SourceError(file, line, `${domain} is a mail provider’s domain, not a company’s own`)
  const kind = kindOf(industry, domain)
  if (kind === null) throw new SourceError(file, line, `industry "${industry}" has no kind yet (src/compile/kinds.ts)`)
  return {
    key: companyKey(domain, name, country),
    kind,
    name,
    domain,
    country,
    city,
    industry,
    employees,
    asns,
    legalForm,
    postcode,
    lei,
    origins: BY_HAND,
    file,
    line,
  }
}

/** `source` and `checked` are about the AS numbers; nobody has checked the rest. */
const BY_HAND: Origins = Object.fromEntries(COMPANY_FIELDS.map((field) => [field, { source: COMPILED_BY_HAND, date: null }]))

function readNumbers(list: string): number[] {
  return list.split(/ +/).map((number) => Number(number.slice(2)))
}

async function factsOf(path: string, file: string): Promise<SourceFacts> {
  return {
    name: 'Doorplate curated list',
    version: path === CURATED_LIST ? '2026-06' : 'file',
    licence: 'CC0 1.0',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'Organisations compiled by hand for this project, June 2026, not verified.',
    credits: [],
    // Known to the month only; the first of it, because age is counted from the oldest source.
    date: '2026-06-01',
    sha256: await hashFiles([path]),
    files: [file],
  }
}
