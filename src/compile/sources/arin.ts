/**
 * Reads ARIN's bulk Whois as text (`arin_db.txt`, or its parts `nets.txt`, `orgs.txt`, `asns.txt`): `NetHandle` and
 * `V6NetHandle` objects joined with their `OrgID`. `POCHandle`, the persons, is never read.
 */
import { basename } from 'node:path'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { isForwards, readRange } from './range-text.ts'
import { Reading } from './read-file.ts'
import { type ObjectShape, readObjects } from './registry-objects.ts'
import { acceptedTerms, TERMS } from './registry-terms.ts'
import { countryOf } from './row-fields.ts'
import { SkippedRows } from './skipped-rows.ts'
import type { AsRow, NetworkStatus, RangeSource, SourceRow } from './source.ts'

export interface ArinOptions extends SourceLabel {
  readonly files: readonly string[]
  readonly acceptedTerms: readonly string[]
}

const ORGANISATIONS: ObjectShape = {
  kinds: ['orgid'],
  attributes: { orgid: 'first', orgname: 'first', city: 'first', country: 'first', postalcode: 'first' },
  comments: false,
}
const RANGES: ObjectShape = {
  kinds: ['nethandle', 'v6nethandle'],
  attributes: { netrange: 'first', orgid: 'first', netname: 'first', nettype: 'first', originas: 'first' },
  comments: false,
}
const NUMBERS: ObjectShape = { kinds: ['ashandle'], attributes: { asnumber: 'first', orgid: 'first', asname: 'first' }, comments: false }
const BYTES_PER_OBJECT = 420
/** `ASNumber` may be a range; one as long as a registry's own block would be a mistake. */
const MOST_NUMBERS = 10_000

interface Holder {
  readonly name: string
  readonly city: string
  readonly country: string | null
  readonly postcode: string
}

/** @throws SourceError naming the term that was not accepted. */
export function arin(options: ArinOptions): RangeSource {
  const { files } = options
  const terms = acceptedTerms('arin', options.acceptedTerms, files.map((file) => basename(file)).join(', '))
  const reading = new Reading(files)
  const skipped = new SkippedRows()
  let holders: Promise<Map<string, Holder>> | null = null
  const readHolders = () => {
    holders ??= readOrganisations(files)
    return holders
  }
  return {
    role: 'register',
    get expectedRows() {
      return reading.expected(Math.round(reading.total / BYTES_PER_OBJECT))
    },
    async facts() {
      const facts = await fileFacts(files, options, { name: 'ARIN bulk Whois', licence: TERMS.arin.document, url: TERMS.arin.url })
      return { ...facts, acceptedTerms: terms }
    },
    async *rows() {
      skipped.clear()
      const organisations = await readHolders()
      for (const path of files) {
        const file = basename(path)
        for await (const objects of readObjects(path, RANGES, reading)) {
          for (const { values, line } of objects) {
            reading.rows++
            const row = rangeRow(values, organisations, file, line)
            if (typeof row === 'string') skipped.add(row, file, line)
            else yield row
          }
        }
      }
    },
    async *networks() {
      const organisations = await readHolders()
      for (const path of files) {
        const file = basename(path)
        for await (const objects of readObjects(path, NUMBERS)) {
          for (const { values, line } of objects) yield* numberRows(values, organisations, file, line)
        }
      }
    },
    skipped: () => skipped.list(),
  }
}

async function readOrganisations(paths: readonly string[]): Promise<Map<string, Holder>> {
  const holders = new Map<string, Holder>()
  for (const path of paths) {
    for await (const objects of readObjects(path, ORGANISATIONS)) {
      for (const { values } of objects) {
        const [id = '', name = '', city = '', country = '', postcode = ''] = values
        if (id !== '' && name !== '') holders.set(id, { name, city, country: countryOf(country), postcode })
      }
    }
  }
  return holders
}

function rangeRow(values: readonly string[], holders: ReadonlyMap<string, Holder>, file: string, line: number): SourceRow | string {
  const [netRange = '', org = '', handle = '', netType = ''] = values
  const range = readRange(netRange)
  if (range === null) return 'is no range'
  if (isForwards(range.first, range.last) !== true) return 'ends before it begins'
  const status = statusOf(netType)
  return { first: range.first, last: range.last, asn: 0, ...holderOf(org, handle, holders), status, file, line }
}

function* numberRows(values: readonly string[], holders: ReadonlyMap<string, Holder>, file: string, line: number): Generator<AsRow> {
  const [numbers = '', org = '', handle = ''] = values
  const [first, last] = (/^(\d+)(?:\s*-\s*(\d+))?$/.exec(numbers) ?? []).slice(1).map((digits) => (digits ? Number(digits) : Number.NaN))
  if (first === undefined || Number.isNaN(first)) return
  const end = last === undefined || Number.isNaN(last) ? first : last
  if (end - first > MOST_NUMBERS) return
  for (let asn = first; asn <= end; asn++) yield { asn, ...holderOf(org, handle, holders), file, line }
}

function holderOf(org: string, handle: string, holders: ReadonlyMap<string, Holder>) {
  const holder = holders.get(org)
  return {
    name: holder?.name ?? handle,
    country: holder?.country ?? null,
    organisation: holder?.name ?? null,
    handle,
    city: holder?.city ?? null,
    postcode: holder?.postcode ?? null,
  }
}

/** `assignment` and `reassignment` are used by who holds them, `allocation` and `reallocation` are handed on. */
function statusOf(netType: string): NetworkStatus | null {
  const word = netType.toLowerCase()
  if (word.includes('assign')) return 'assigned'
  return word.includes('alloc') ? 'allocated' : null
}
