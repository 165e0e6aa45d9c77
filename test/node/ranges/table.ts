/** A range table in memory, built and asked the way the Worker does it; and random rows to build one from. */
import fc from 'fast-check'
import { encodeFamily } from '../../../src/compile/encode.ts'
import { flatten, Rows, type Segments } from '../../../src/compile/flatten.ts'
import { type Family, parseAddress, parsed } from '../../../src/ranges/address.ts'
import { SHARDS_PER_FAMILY } from '../../../src/ranges/format.ts'
import { lookupParsed, openShard, type Shard, shardIndex } from '../../../src/ranges/shard.ts'

/** A row as a person writes it. */
export interface TextRow {
  readonly first: string
  readonly last: string
  readonly company: number
  readonly priority?: number
}

export function rowsOf(family: Family, rows: readonly TextRow[]): Rows {
  const columns = new Rows(family, 1)
  const first = new Uint32Array(4)
  for (const row of rows) {
    parseAddress(row.first)
    first.set(parsed)
    parseAddress(row.last)
    columns.add(first, parsed, row.company, row.priority ?? 0)
  }
  return columns
}

export type Encoder = typeof encodeFamily

/** Encodes segments and opens every shard; throws when one is refused. */
export function openFamily(
  segments: Segments,
  shardCount: number = SHARDS_PER_FAMILY,
  encode: Encoder = encodeFamily,
): { find: () => number; shards: readonly Shard[]; bytes: number } {
  const { family, cuts, shards } = encode(segments, shardCount)
  const opened = shards.map((bytes, index) => {
    const shard = openShard(bytes.buffer, family, cuts[index] ?? -1)
    if (typeof shard === 'string') throw new Error(`shard ${index} was refused: ${shard}`)
    return shard
  })
  const find = (): number => {
    const shard = opened[shardIndex(cuts, family)]
    return shard === undefined ? 0 : lookupParsed(shard)
  }
  return { find, shards: opened, bytes: shards.reduce((sum, { length }) => sum + length, 0) }
}

/** A table of rows; `lookup` takes text. */
export function tableOf(v4: readonly TextRow[], v6: readonly TextRow[], shardCount: number = SHARDS_PER_FAMILY): (text: string) => number {
  const families = {
    4: openFamily(flatten(rowsOf(4, v4)).segments, shardCount),
    6: openFamily(flatten(rowsOf(6, v6)).segments, shardCount),
  }
  return (text) => {
    const family = parseAddress(text)
    return family === 0 ? 0 : families[family].find()
  }
}

/** A row with its bounds as numbers of any size, which the naive comparisons need. */
export interface WideRow {
  readonly first: bigint
  readonly last: bigint
  readonly company: number
  readonly priority: number
}

export const WIDTH = { 4: 32n, 6: 128n } as const

/** Rows that nest, overlap, touch and repeat: prefixes of a few neighbourhoods, and ranges of no prefix's shape. */
export function wideRows(family: Family, maxLength: number): fc.Arbitrary<WideRow[]> {
  const bits = Number(WIDTH[family])
  const top = (1n << WIDTH[family]) - 1n
  const near = fc.constantFrom(0n, 1n << (WIDTH[family] - 1n), 0x2a02n << (WIDTH[family] - 16n), top - 0xffffn)
  const place = fc
    .tuple(near, fc.bigInt({ min: 0n, max: 0xfffffn }), fc.integer({ min: 0, max: bits - 20 }))
    .map(([base, offset, shift]) => (base + (offset << BigInt(shift))) & top)
  const prefix = fc.tuple(place, fc.integer({ min: 0, max: bits })).map(([address, length]) => {
    const size = 1n << BigInt(bits - length)
    const first = address - (address % size)
    return { first, last: first + size - 1n }
  })
  const range = fc
    .tuple(place, fc.bigInt({ min: 0n, max: 1n << BigInt(bits - 8) }))
    .map(([first, size]) => ({ first, last: first + size > top ? top : first + size }))
  return fc.array(
    fc
      .tuple(
        fc.oneof({ weight: 3, arbitrary: prefix }, { weight: 1, arbitrary: range }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 2 }),
      )
      .map(([bounds, company, priority]) => ({ ...bounds, company, priority })),
    { maxLength, size: 'max' },
  )
}

export function rowsOfWide(family: Family, rows: readonly WideRow[]): Rows {
  const columns = new Rows(family, 1)
  for (const { first, last, company, priority } of rows) columns.add(wordsOf(family, first), wordsOf(family, last), company, priority)
  return columns
}

export function wordsOf(family: Family, address: bigint): number[] {
  const words = family === 4 ? [0n] : [96n, 64n, 32n, 0n]
  return words.map((shift) => Number((address >> shift) & 0xffffffffn))
}

/** Who has an address, found by looking at every row: the smallest, then the lowest priority number, then the first. */
export function naive(rows: readonly WideRow[], address: bigint): number {
  let best: WideRow | undefined
  for (const row of rows) {
    if (address < row.first || address > row.last) continue
    const size = row.last - row.first
    const bestSize = best === undefined ? 0n : best.last - best.first
    if (best === undefined || size < bestSize || (size === bestSize && row.priority < best.priority)) best = row
  }
  return best?.company ?? 0
}

/** Every address at which the answer can change, one before and one after. */
export function edges(family: Family, rows: readonly WideRow[]): bigint[] {
  const top = (1n << WIDTH[family]) - 1n
  const found = new Set<bigint>([0n, top])
  for (const { first, last } of rows)
    for (const address of [first - 1n, first, first + 1n, last - 1n, last, last + 1n])
      if (address >= 0n && address <= top) found.add(address)
  return [...found]
}
