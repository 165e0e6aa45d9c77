/**
 * Reads the split files of RIPE NCC, APNIC and AFRINIC (`ripe.db.inetnum.gz`, `.inet6num`, `.organisation`,
 * `.aut-num`), or one dump with everything, as rows of holders.
 *
 * The name of a range is its organisation's; where it names none, the first line of its description, which is the
 * customer of most assignments; else the network's short name. The registry's text is latin-1.
 */
import { basename } from 'node:path'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { isForwards, readRange } from './range-text.ts'
import { Reading } from './read-file.ts'
import { type ObjectShape, type RegistryObject, readObjects, SEPARATOR } from './registry-objects.ts'
import { acceptedTerms, type Registry, TERMS } from './registry-terms.ts'
import { asnOf, countryOf } from './row-fields.ts'
import { SkippedRows } from './skipped-rows.ts'
import type { AsRow, NetworkStatus, RangeSource, SourceRow } from './source.ts'

export interface RpslOptions extends SourceLabel {
  readonly files: readonly string[]
  readonly registry: Exclude<Registry, 'arin'>
  readonly acceptedTerms: readonly string[]
}

const ORGANISATIONS: ObjectShape = {
  kinds: ['organisation'],
  attributes: { organisation: 'first', 'org-name': 'first', country: 'first' },
  comments: true,
}
const RANGES: ObjectShape = {
  kinds: ['inetnum', 'inet6num'],
  attributes: { inetnum: 'first', inet6num: 'first', netname: 'first', descr: 'all', country: 'first', org: 'first', status: 'first' },
  comments: true,
}
const NUMBERS: ObjectShape = {
  kinds: ['aut-num'],
  attributes: { 'aut-num': 'first', 'as-name': 'first', descr: 'all', country: 'first', org: 'first' },
  comments: true,
}
/** Bytes of an average inetnum, for the progress bar only. */
const BYTES_PER_OBJECT = 450

interface Holder {
  readonly name: string
  readonly country: string | null
}

/** @throws SourceError naming the term that was not accepted. */
export function rpsl(options: RpslOptions): RangeSource {
  const { files, registry } = options
  const terms = acceptedTerms(registry, options.acceptedTerms, files.map((file) => basename(file)).join(', '))
  const rangeFiles = filesWith(files, RANGES)
  const reading = new Reading(rangeFiles)
  const skipped = { ranges: new SkippedRows(), numbers: new SkippedRows() }
  let holders: Promise<Map<string, Holder>> | null = null
  const readHolders = () => {
    holders ??= readOrganisations(filesWith(files, ORGANISATIONS))
    return holders
  }
  return {
    role: 'register',
    get expectedRows() {
      return reading.expected(Math.round(reading.total / BYTES_PER_OBJECT))
    },
    async facts() {
      const { owner, document, url } = TERMS[registry]
      const facts = await fileFacts(files, options, { name: `${owner} database`, licence: document, url })
      return { ...facts, acceptedTerms: terms }
    },
    async *rows() {
      skipped.ranges.clear()
      const organisations = await readHolders()
      for (const path of rangeFiles) {
        const file = basename(path)
        for await (const objects of readObjects(path, RANGES, reading)) {
          for (const object of objects) {
            reading.rows++
            const row = rangeRow(object, organisations, file)
            if (typeof row === 'string') skipped.ranges.add(row, file, object.line)
            else yield row
          }
        }
      }
    },
    async *networks() {
      skipped.numbers.clear()
      const organisations = await readHolders()
      for (const path of filesWith(files, NUMBERS)) {
        const file = basename(path)
        for await (const objects of readObjects(path, NUMBERS)) {
          for (const object of objects) {
            const row = numberRow(object, organisations, file)
            if (typeof row === 'string') skipped.numbers.add(row, file, object.line)
            else yield row
          }
        }
      }
    },
    skipped: () => [...skipped.ranges.list(), ...skipped.numbers.list()],
  }
}

/** The files named after a kind of object; a dump of everything is named after none. */
function filesWith(files: readonly string[], { kinds }: ObjectShape): readonly string[] {
  const split = files.filter((file) => SPLIT.test(basename(file)))
  const named = split.filter((file) => kinds.includes(SPLIT.exec(basename(file))?.[1] ?? ''))
  return [...named, ...files.filter((file) => !split.includes(file))]
}
const SPLIT = /\b(inetnum|inet6num|organisation|aut-num)\b/

async function readOrganisations(paths: readonly string[]): Promise<Map<string, Holder>> {
  const holders = new Map<string, Holder>()
  for (const path of paths) {
    for await (const objects of readObjects(path, ORGANISATIONS)) {
      for (const { values } of objects) {
        const [id = '', name = '', country = ''] = values
        if (id !== '' && name !== '') holders.set(id.toUpperCase(), { name, country: countryOf(country) })
      }
    }
  }
  return holders
}

function rangeRow({ kind, line, values }: RegistryObject, holders: ReadonlyMap<string, Holder>, file: string): SourceRow | string {
  const [v4 = '', v6 = '', handle = '', description = '', country = '', org = '', status = ''] = values
  const range = readRange(kind === 0 ? v4 : v6)
  if (range === null) return 'is no range'
  const forwards = isForwards(range.first, range.last)
  if (forwards !== true) return 'ends before it begins'
  const holder = org === '' ? undefined : holders.get(org.toUpperCase())
  return {
    first: range.first,
    last: range.last,
    asn: 0,
    name: holder?.name ?? nameOf(description, handle),
    country: holder?.country ?? countryOf(country),
    organisation: holder?.name ?? null,
    handle,
    description,
    status: statusOf(status),
    file,
    line,
  }
}

function numberRow({ line, values }: RegistryObject, holders: ReadonlyMap<string, Holder>, file: string): AsRow | string {
  const [number = '', handle = '', description = '', country = '', org = ''] = values
  const asn = asnOf(number)
  if (asn <= 0) return 'is no AS number'
  const holder = holders.get(org.toUpperCase())
  return {
    asn,
    name: holder?.name ?? nameOf(description, handle),
    country: holder?.country ?? countryOf(country),
    organisation: holder?.name ?? null,
    handle,
    description,
    file,
    line,
  }
}

function nameOf(description: string, handle: string): string {
  const end = description.indexOf(SEPARATOR)
  return (end < 0 ? description : description.slice(0, end)) || handle
}

/**
 * `ASSIGNED PA`, `ASSIGNED PORTABLE` and the like are used by who holds them; everything else that is not legacy is
 * handed on (`ALLOCATED PA`, `SUB-ALLOCATED PA`, `LIR-PARTITIONED PA`, `AGGREGATED-BY-LIR`).
 */
function statusOf(status: string): NetworkStatus | null {
  if (status === '') return null
  const word = status.toUpperCase()
  if (word.startsWith('ASSIGNED')) return 'assigned'
  return word.startsWith('LEGACY') || word.startsWith('EARLY') ? 'legacy' : 'allocated'
}
