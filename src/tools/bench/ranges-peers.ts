/** The same table in this format and in four others. Each answers the id of an address given as text, 0 for nobody. */
import { DatabaseSync } from 'node:sqlite'
import ipaddr from 'ipaddr.js'
import * as maxmind from 'maxmind'
import { Reader } from 'mmdb-lib'
import { type EncodedFamily, encodeFamily } from '../../compile/encode.ts'
import { type Segments, WORDS } from '../../compile/flatten.ts'
import { parseAddress } from '../../ranges/address.ts'
import { lookupParsed, openShard, type Shard, shardIndex } from '../../ranges/shard.ts'
import { type MmdbFile, type Value, writeMmdb } from './mmdb-writer.ts'
import type { Table } from './ranges-data.ts'

export type Lookup = (text: string) => number

export function doorplate(families: { readonly 4: EncodedFamily; readonly 6: EncodedFamily }): Lookup {
  const open = (family: EncodedFamily): Shard[] =>
    family.shards.map((bytes, index) => {
      const shard = openShard(bytes.buffer, family.family, family.cuts[index] ?? -1)
      if (typeof shard === 'string') throw new Error(shard)
      return shard
    })
  const [cuts4, cuts6, shards4, shards6] = [families[4].cuts, families[6].cuts, open(families[4]), open(families[6])]
  return (text) => {
    const family = parseAddress(text)
    if (family === 0) return 0
    const shard = family === 4 ? shards4[shardIndex(cuts4, 4)] : shards6[shardIndex(cuts6, 6)]
    return shard === undefined ? 0 : lookupParsed(shard)
  }
}

export const encodeTable = ({ v4, v6 }: Table) => ({ 4: encodeFamily(v4), 6: encodeFamily(v6) })

/** What a company's record holds, as in the files that the peers are made for. */
export const recordOf = (id: number): { readonly [key: string]: Value } => ({
  key: `dom:company-${id}.example`,
  name: `Company ${id} Incorporated`,
  country: 'DE',
  industry: 'Manufacturing',
  employees: '201-500',
})

/** A MaxMind DB with the smallest record that its readers are typed for: a map with one field. */
export const mmdbOfIds = ({ v4, v6 }: Table): MmdbFile => writeMmdb(v4, v6, (id) => ({ id }))
/** One whose records are plain numbers: less than any database in circulation makes a reader decode. */
export const mmdbOfBareIds = ({ v4, v6 }: Table): MmdbFile => writeMmdb(v4, v6, (id) => id)
export const mmdbOfRecords = ({ v4, v6 }: Table): MmdbFile => writeMmdb(v4, v6, recordOf)

/** The id in what a reader found, in a file of either kind. */
export const idIn = (found: unknown): number =>
  typeof found === 'number' ? found : typeof found === 'object' && found !== null && 'id' in found ? Number(found.id) : 0

export function mmdbLib(file: MmdbFile): (text: string) => unknown {
  const reader = new Reader(file.bytes)
  return (text) => reader.get(text)
}

export function maxmindReader(file: MmdbFile): (text: string) => unknown {
  const reader = new maxmind.Reader(file.bytes)
  return (text) => reader.get(text)
}

/** What one writes without a library for it: ipaddr.js, and a binary search over an array of BigInt. */
export function naive({ v4, v6 }: Table): Lookup {
  const lines = { 4: bigStarts(v4), 16: bigStarts(v6) }
  return (text) => {
    const bytes = ipaddr.process(text).toByteArray()
    const address = BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`)
    const starts = bytes.length === 4 ? lines[4] : lines[16]
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((starts[middle] ?? 0n) <= address) low = middle
      else high = middle
    }
    return (bytes.length === 4 ? v4 : v6).ids[low] ?? 0
  }
}

function bigStarts({ family, count, starts }: Segments): bigint[] {
  const words = WORDS[family]
  return Array.from({ length: count }, (_, index) =>
    starts.subarray(index * words, (index + 1) * words).reduce((sum, word) => (sum << 32n) | BigInt(word), 0n),
  )
}

/** SQLite in memory, a stand-in for D1 (which would add a network): bounds as 16-byte BLOBs, one indexed look-up. */
export function sqlite({ v4, v6 }: Table): Lookup {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE ranges (first BLOB PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID; BEGIN')
  const insert = db.prepare('INSERT OR REPLACE INTO ranges VALUES (?1, ?2)')
  for (const segments of [v6, v4]) {
    const words = WORDS[segments.family]
    const blob = Buffer.alloc(16)
    for (let index = 0; index < segments.count; index++) {
      blob.writeUInt16BE(words === 1 ? 0xffff : 0, 10)
      for (let word = 0; word < words; word++) blob.writeUInt32BE(segments.starts[index * words + word] ?? 0, 16 - (words - word) * 4)
      insert.run(blob, segments.ids[index] ?? 0)
    }
  }
  db.exec('COMMIT')
  const select = db.prepare('SELECT id FROM ranges WHERE first <= ?1 ORDER BY first DESC LIMIT 1')
  return (text) => {
    const address = ipaddr.parse(text)
    const wide = address.kind() === 'ipv4' ? (address as ipaddr.IPv4).toIPv4MappedAddress() : address
    return Number(select.get(Uint8Array.from(wide.toByteArray()))?.['id'] ?? 0)
  }
}
