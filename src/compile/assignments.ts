/**
 * Networks that were given to an institution before there were registries, and that the research network of its country
 * announces to this day: `data/known-networks.csv`. Public tables name only the research network, and the deny lists keep
 * that one out; here the institution behind one of its blocks is known by a published document.
 *
 * Such a block counts only where the AS of the list announces it. Blocks are sold: as soon as anybody else announces one,
 * or a part of it, that part is not the institution's any more.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { parseAddress, parsed } from '../ranges/address.ts'
import { COMPANY_FIELDS, COMPANY_KINDS } from '../words.ts'
import { isFreemail } from './firmographics/domains.ts'
import { companyKey, type Organisation, type Origins } from './organisation.ts'
import { readRange } from './sources/range-text.ts'
import { hashFiles, SourceError, type SourceFacts } from './sources/source.ts'

/** The list that ships with the project. */
export const KNOWN_NETWORKS = fileURLToPath(new URL('../../data/known-networks.csv', import.meta.url))

/** Day on which the list was compared with who announces what. */
const CHECKED = '2026-06-17'

export interface Assignment {
  /** Inclusive, as numbers: the documents are from a time without IPv6. */
  readonly first: number
  readonly last: number
  readonly organisation: Organisation
}

export interface Assignments {
  /** Blocks that count where this AS announces them, in address order. */
  of(asn: number): readonly Assignment[]
}

const Row = z.object({
  network: z.string().min(1),
  asn: z
    .string()
    .regex(/^AS\d{1,10}$/, 'is no AS number such as AS680')
    .transform((text) => Number(text.slice(2))),
  name: z.string().min(1).max(120),
  domain: z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'is no domain in lower case'),
  country: z.string().regex(/^[A-Z]{2}$/, 'is no ISO 3166-1 code'),
  city: z.string().min(1).max(80),
  kind: z.enum(COMPANY_KINDS),
  /** What shows that the block is the institution's. */
  source: z.string().min(1),
})

/** @throws SourceError naming file and line of the first row that is wrong. */
export function readAssignments(path: string = KNOWN_NETWORKS): Assignments {
  const file = basename(path)
  const byAsn = new Map<number, Assignment[]>()
  let before = -1
  for (const [index, record] of records(path, file).entries()) {
    const line = index + 2
    const row = Row.safeParse(record)
    if (!row.success) throw new SourceError(file, line, `${row.error.issues[0]?.path.join('.')} ${row.error.issues[0]?.message}`)
    const { network, asn, domain } = row.data
    if (isFreemail(domain)) throw new SourceError(file, line, `${domain} is a mail provider’s domain, not an institution’s own`)
    const range = readRange(network)
    const first = range === null || parseAddress(range.first) !== 4 ? null : (parsed[0] ?? null)
    const last = range === null || parseAddress(range.last) !== 4 ? null : (parsed[0] ?? null)
    if (first === null || last === null) throw new SourceError(file, line, `${network} is no IPv4 network`)
    if (first <= before) throw new SourceError(file, line, `${network} overlaps the row before, or comes after it`)
    before = last
    byAsn.set(asn, [...(byAsn.get(asn) ?? []), { first, last, organisation: organisationOf(row.data, file, line) }])
  }
  return { of: (asn) => byAsn.get(asn) ?? NONE }
}

const NONE: readonly Assignment[] = []

function organisationOf({ name, domain, country, city, kind, source }: z.infer<typeof Row>, file: string, line: number): Organisation {
  const origin = { source: `Doorplate list of networks (${source})`, date: CHECKED }
  const origins: Origins = Object.fromEntries(COMPANY_FIELDS.map((field) => [field, origin]))
  const nothing = { industry: null, employees: null, asns: [] }
  return { key: companyKey(domain, name, country), kind, name, domain, country, city, ...nothing, origins, file, line }
}

function records(path: string, file: string): unknown[] {
  try {
    return parse(readFileSync(path, 'utf8'), { bom: true, columns: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw error instanceof CsvError ? new SourceError(file, null, error.message) : new SourceError(path, null, 'cannot be read')
  }
}

export const assignmentsFacts = async (): Promise<SourceFacts> => ({
  name: 'Doorplate list of networks',
  version: '2026-11',
  licence: 'CC0 1.0',
  url: 'https://www.rfc-editor.org/rfc/rfc1166',
  attribution: 'Networks of universities and institutes after RFC 1166 (1990) and host names in public mail, compiled for this project.',
  credits: [],
  date: CHECKED,
  sha256: await hashFiles([KNOWN_NETWORKS]),
  files: [basename(KNOWN_NETWORKS)],
})
