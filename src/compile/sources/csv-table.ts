/**
 * Reads a vendor's CSV file of ranges through a preset or the operator's own mapping (`csv-presets.ts`).
 *
 * A row that nobody holds (AS 0, no name) is left out. One that is no range stops the build with file and line: a
 * file that cannot be read from its first line to its last is not the file that the preset is for.
 */
import { basename } from 'node:path'
import type { Family } from '../../ranges/address.ts'
import { type CsvLine, readCsvLines } from './csv-lines.ts'
import type { CsvPreset } from './csv-presets.ts'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { readDecimal, readRange } from './range-text.ts'
import { Reading } from './read-file.ts'
import { asnOf, type FieldMap, factsOf, fieldOf, type Look } from './row-fields.ts'
import { type RangeSource, SourceError, type SourceRow } from './source.ts'

export interface CsvTableOptions extends SourceLabel {
  readonly files: readonly string[]
  readonly preset: CsvPreset
}

/** Bytes of an average row, for the progress bar only. */
const BYTES_PER_ROW = 80

export function csvTable(options: CsvTableOptions): RangeSource {
  const { files, preset } = options
  const reading = new Reading(files)
  return {
    role: preset.role,
    get expectedRows() {
      return reading.expected(Math.round(reading.total / BYTES_PER_ROW))
    },
    facts: () => fileFacts(files, options, preset.label),
    async *rows() {
      for (const path of files) yield* readFile(path, preset, reading)
    },
  }
}

async function* readFile(path: string, preset: CsvPreset, reading: Reading): AsyncGenerator<SourceRow> {
  const file = basename(path)
  const { fields: map, separator, decimal = false } = preset
  const family: Family | null = decimal ? (/ipv?6/i.test(file) ? 6 : 4) : null
  let places: ReadonlyMap<string, number> | null = preset.header ? null : new Map()
  for await (const lines of readCsvLines(path, { separator, reading })) {
    for (const line of lines) {
      if (places === null) places = readHeader(line, map, file)
      else {
        const row = readRow(line, preset, places, family, file)
        if (row !== null) yield row
      }
    }
  }
}

function readHeader({ fields, line }: CsvLine, map: FieldMap, file: string): ReadonlyMap<string, number> {
  const places = new Map(fields.map((name, index) => [name.trim(), index] as const))
  const missing = Object.values(map)
    .filter((wanted) => ![wanted].flat().some((name) => places.has(name)))
    .flat()
  if (missing.length > 0) throw new SourceError(file, line, `has no column ${missing.join(', ')}; its columns are ${fields.join(', ')}`)
  return places
}

function readRow(
  { fields, line }: CsvLine,
  { fields: map, role }: CsvPreset,
  places: ReadonlyMap<string, number>,
  family: Family | null,
  file: string,
): SourceRow | null {
  const look: Look = (place) => fields[places.get(place) ?? Number(place) - 1]?.trim() ?? ''
  const range = rangeOf(map, look, family)
  if (range === null) throw new SourceError(file, line, `"${fields.slice(0, 3).join(',')}" begins with no range`)
  const asn = asnOf(fieldOf(map, 'asn', look))
  if (asn < 0) throw new SourceError(file, line, `"${fieldOf(map, 'asn', look)}" is no AS number`)
  const name = fieldOf(map, 'name', look)
  if (role === 'routing' ? asn === 0 : name === '' || name === '-') return null
  return { ...range, asn, name, ...factsOf(map, look), file, line }
}

function rangeOf(map: FieldMap, look: Look, family: Family | null): { first: string; last: string } | null {
  if (map.network !== undefined) return readRange(fieldOf(map, 'network', look))
  const first = fieldOf(map, 'first', look)
  const last = fieldOf(map, 'last', look)
  if (family === null) return readRange(`${first} - ${last}`)
  const [from, to] = [readDecimal(first, family), readDecimal(last, family)]
  return from === null || to === null ? null : { first: from, last: to }
}
