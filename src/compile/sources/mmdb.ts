/**
 * Reads an MMDB file of any vendor, through a preset or the operator's own mapping `field → path`.
 *
 * Neighbouring networks that say the same are one row again: a vendor's range that is no prefix lies in the file as
 * several. The file itself sits in memory as a whole, because that is how mmdb-lib reads it; its records do not. Of a
 * database above 2 GB the vendor's CSV is the one to take.
 */
import { basename } from 'node:path'
import { Reader, type Response } from 'mmdb-lib'
import { addressText } from './address-text.ts'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { mmdbNetworks } from './mmdb-networks.ts'
import { MMDB_PRESETS, type MmdbPreset, mmdbPresetFor } from './mmdb-presets.ts'
import { readWhole } from './read-file.ts'
import { asnOf, type FieldMap, factsOf, fieldOf } from './row-fields.ts'
import { type RangeSource, SourceError, type SourceRow } from './source.ts'

export interface MmdbOptions extends SourceLabel {
  readonly file: string
  /** Unless said, what the file calls itself decides. */
  readonly preset?: MmdbPreset | undefined
  /** Beats the preset's paths, field by field. */
  readonly fields?: FieldMap | undefined
}

/** Records kept unpacked; neighbours share them, and a database of companies has millions. */
const CACHED_RECORDS = 20_000

export function mmdb(options: MmdbOptions): RangeSource {
  const name = basename(options.file)
  let opened: OpenMmdb | null = null
  const open = () => {
    opened ??= openMmdb(options, name)
    return opened
  }
  let rows = 0
  let expected: number | null = null
  return {
    get role() {
      return options.preset?.role ?? open().preset.role
    },
    get expectedRows() {
      return expected
    },
    async facts() {
      const { reader, preset } = open()
      const { buildEpoch } = reader.metadata
      const date = buildEpoch.getTime() > 0 ? buildEpoch.toISOString().slice(0, 10) : undefined
      return fileFacts([options.file], options, { ...preset.label, date })
    },
    async *rows() {
      const { reader, preset } = open()
      // Half of the records of a search tree are networks, the other half lead on.
      expected = reader.metadata.nodeCount
      for (const row of readRows(reader, { ...preset.fields, ...options.fields }, name)) {
        rows++
        yield row
      }
      expected = rows
    },
  }
}

interface OpenMmdb {
  readonly reader: Reader<Response>
  readonly preset: MmdbPreset
}

function openMmdb({ file, preset, fields }: MmdbOptions, name: string): OpenMmdb {
  const reader = read(readWhole(file), name)
  const found = preset ?? (fields === undefined ? mmdbPresetFor(reader.metadata.databaseType) : { ...OWN_MAPPING, fields })
  if (found === null) {
    const known = Object.keys(MMDB_PRESETS).join(', ')
    throw new SourceError(
      name,
      null,
      `calls itself "${reader.metadata.databaseType}", which no preset knows: name one (${known}) or map its fields`,
    )
  }
  return { reader, preset: found }
}

const OWN_MAPPING: MmdbPreset = { role: 'vendor', fields: {}, databaseType: null, label: {} }

function read(bytes: Buffer, name: string): Reader<Response> {
  const records = new Map<string | number, unknown>()
  const cache = {
    get: (key: string | number) => records.get(key),
    set: (key: string | number, value: unknown) => {
      if (records.size >= CACHED_RECORDS) records.clear()
      records.set(key, value)
    },
  }
  try {
    return new Reader<Response>(bytes, { cache })
  } catch {
    throw new SourceError(name, null, 'is no MMDB file')
  }
}

type Facts = Omit<SourceRow, 'first' | 'last' | 'file' | 'line'>

function* readRows(reader: Reader<Response>, map: FieldMap, file: string): Generator<SourceRow> {
  let open: { family: 4 | 6; first: string; last: Uint32Array; facts: Facts; text: string } | null = null
  let line = 0
  const close = (): SourceRow | null =>
    open === null ? null : { first: open.first, last: addressText(open.family, open.last), ...open.facts, file, line: ++line }
  for (const { family, first, last, record } of mmdbNetworks(reader)) {
    const facts = readRecord(record, map)
    const text = JSON.stringify(facts)
    if (open !== null && open.family === family && open.text === text && follows(open.last, first)) {
      open.last.set(last)
      continue
    }
    const row = close()
    if (row !== null) yield row
    open = facts === null ? null : { family, first: addressText(family, first), last: last.slice(), facts, text }
  }
  const row = close()
  if (row !== null) yield row
}

/** Null for a record that names nobody. */
function readRecord(record: unknown, map: FieldMap): Facts | null {
  const look = (path: string): string => textAt(record, path)
  const asn = Math.max(0, asnOf(fieldOf(map, 'asn', look)))
  const name = fieldOf(map, 'name', look)
  return asn === 0 && name === '' ? null : { asn, name, ...factsOf(map, look) }
}

function textAt(record: unknown, path: string): string {
  let value = record
  for (const step of path.split('.')) {
    if (value === null || typeof value !== 'object') return ''
    value = Reflect.get(value, step)
  }
  return typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Whether `address` is the one behind `last`. */
function follows(last: Uint32Array, address: Uint32Array): boolean {
  let carry = 1
  for (let word = last.length - 1; word >= 0; word--) {
    const sum = ((last[word] ?? 0) + carry) >>> 0
    if (sum !== address[word]) return false
    carry = carry === 1 && sum === 0 ? 1 : 0
  }
  return carry === 0
}
