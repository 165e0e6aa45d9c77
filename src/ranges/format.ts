/**
 * The shape of a shard: what the encoder (`compile/encode.ts`) writes and the reader (`ranges/shard.ts`) reads.
 *
 * A shard is one KV value: one family, one slice of the address line, little-endian, self-contained, and searched
 * in place. `docs/ranges.md` draws it byte by byte. In short, one after the other:
 *
 *   header        `HEADER`, fixed size
 *   starts        a block: its first address, u32 (IPv6: two, the upper half first), then its place, u32: where in the
 *                 overflow its part begins (27 bits), how many of its ids are told by the id book (5)
 *   id book       u32 each: ids that the shard writes out most
 *   records       64 bytes a block, see `RECORD`; they begin at a multiple of 64, so that each is one cache line
 *   fine table    boundaries finer than /64: four u32 address, u32 id
 *   step book     two bytes a step: shift, count
 *   overflow      what does not fit in a record, see `RECORD`
 */
import type { Family } from './address.ts'

/** First four bytes of every shard, `DPRT` read as little-endian. */
export const MAGIC = 0x54_52_50_44
/** Changes whenever a byte changes its meaning. A reader refuses every other version. */
export const FORMAT_VERSION = 7
/** Dense ids stay below 2^24 (a field of 24 bits at any bit offset fits one 32-bit read): more companies are a mistake of the input. */
export const MAX_ID = 2 ** 24 - 1
/**
 * How many shards a family is cut into unless the caller knows better: at most 100 KiB each for a table of half a million ranges.
 * Fewer make a cold isolate check more bytes before its first answer; each more costs a lookup cache lines and the table bytes.
 */
export const SHARDS_PER_FAMILY = 16

/** Byte offsets of the header's fields. */
export const HEADER = {
  magic: 0,
  version: 4,
  family: 5,
  /** u16, entries of the step book. */
  steps: 6,
  /** u32, length of the whole shard in bytes. */
  length: 8,
  blocks: 12,
  /** u32, highest id that occurs. */
  highestId: 16,
  /** u32, entries of the fine table. */
  fine: 20,
  /** f64, the cut this shard begins at (see `Cuts`). */
  from: 24,
  /** u32, bytes of the overflow. */
  overflow: 32,
  /** u32, entries of the id book. */
  idBook: 36,
  crc32: 40,
  bytes: 44,
} as const

/**
 * A block: up to 32 segments in four groups of 8, of which a lookup walks through one. Its record, in words of 32 bits:
 *
 *   0-2    the first boundaries of groups 1, 2 and 3 (that of group 0 is the block's start)
 *   3      highest id met before the block (24 bits), how many of its ids are fresh (5), a quarter of its unit (3)
 *   4-11   two words for each group: seven step codes, one byte each, for the boundaries behind its first, and in the
 *          highest byte the fifth bits of its eight symbols
 *   12-15  a word for each group: the four lower bits of its symbols
 *
 * Boundaries are IPv4 addresses. In IPv6 they are 32 bits out of the first 64 of an address: the lowest `unit` bits,
 * which are zero in every boundary of the block but its start, and those above, which are the same in all of them, are left out.
 *
 * The overflow of a block, from its place on: the ids that are not fresh, bit-packed: those told by their place in the
 * id book, then those written out at the width of the shard's highest id. Boundaries that no step of the book leads to
 * (code 0) stand before it, the first of them last, 4 bytes each.
 *
 * A block of fewer segments repeats its last symbol, so that it does not matter how far a lookup walks behind its end.
 */
export const RECORD = { words: 16, ids: 3, codes: 4, symbols: 12, bytes: 64 } as const
export const BLOCK = { segments: 32, group: 8, codesOfGroup: 7, mostSymbols: 31 } as const
/** Bits of word 3 of a record; the id takes the lower 24. Units are multiples of 4, so that three bits hold one. */
export const IDS = { freshShift: 24, freshMask: 31, unitShift: 29, unitStep: 4, highestUnit: 28 } as const
/** Bits of a block's place; where its overflow begins takes the lower 27. */
export const PLACE = { mask: 0x7ffffff, bookShift: 27 } as const

/**
 * What a symbol means: 0 nobody; 1 … fresh: ids that no earlier segment had, one after the other; above: the ids
 * in the overflow, of which 0 stands for "look in the fine table".
 */
export const NOBODY = 0

/** Steps lead from one boundary to the next: a step (shift k, count m) clears the lowest k bits and adds m << k. Code 0: see `RECORD`. */
export const STEPS = { most: 255, highestCount: 255 } as const

/** Id of a main-line segment whose answer stands in the fine table. */
export const FINE = 0xffffffff

/**
 * The first address of every shard of a family, ascending; the first is always 0. No shards: the family is empty.
 * IPv4: the address (32 bits). IPv6: the top 48 bits of the address, which a JSON number holds exactly.
 */
export type Cuts = readonly number[]

/** Words of a block's entry in the starts: its first address and its place. */
export const START_WORDS = { 4: 2, 6: 3 } as const

/** Byte offsets of a shard's parts, from the counts in its header. */
export function layout(family: Family, blocks: number, idBook: number, fine: number, steps: number) {
  const starts = HEADER.bytes
  const ids = starts + blocks * START_WORDS[family] * 4
  const records = (ids + idBook * 4 + 63) & ~63
  const fineTable = records + blocks * RECORD.bytes
  const stepBook = fineTable + fine * 20
  return { starts, idBook: ids, records, fineTable, stepBook, overflow: stepBook + steps * 2 }
}

/** 32 bits of the first 64 of an IPv6 address: the lowest `unit` (0 to 31) and those above are left out. Signed. */
export const windowOf = (high: number, low: number, unit: number): number => ((high << (31 - unit)) << 1) | (low >>> unit)

/** Bits of a number up to `highest`: the fewest that hold it. */
export const bitsOf = (highest: number): number => 32 - Math.clz32(highest)

/** Fields are read four bytes at a time, so at least that many follow the last block; the length is a multiple of 4. */
export const PADDING = 4
export const paddedLength = (unpadded: number): number => (unpadded + PADDING + 3) & ~3

/**
 * Four tables of 256: the CRC of a byte, and of a byte with one, two or three zero bytes behind it. Signed, because a
 * number above 2^31 costs V8 an object as long as the code isn't compiled, and cold code is what runs here.
 */
const CRC_TABLES = new Int32Array(1024)
// The CRC of a sum is the sum of the CRCs, so that eight bytes with a single bit give all the others.
for (let bit = 128, crc = 1; bit > 0; bit >>>= 1) {
  crc = (crc & 1 ? 0xedb88320 : 0) ^ (crc >>> 1)
  for (let byte = 0; byte < 256; byte += bit * 2) CRC_TABLES[bit + byte] = crc ^ (CRC_TABLES[byte] ?? 0)
}
for (let index = 256; index < 1024; index++) {
  const before = CRC_TABLES[index - 256] ?? 0
  CRC_TABLES[index] = (CRC_TABLES[before & 0xff] ?? 0) ^ (before >>> 8)
}

/** CRC-32 (IEEE 802.3) of a shard's words, the word that holds the checksum itself left out. */
export function shardChecksum(words: Int32Array): number {
  const checksum = HEADER.crc32 / 4
  return ~crcOf(words, checksum + 1, words.length, crcOf(words, 0, checksum, -1)) >>> 0
}

/** Four bytes a round ("slicing by 4"), and no call inside the loop: a cold isolate runs this before anything is compiled. */
function crcOf(words: Int32Array, from: number, to: number, start: number): number {
  const tables = CRC_TABLES
  let crc = start
  for (let index = from; index < to; index++) {
    const mixed = crc ^ (words[index] ?? 0)
    crc =
      (tables[768 + (mixed & 0xff)] ?? 0) ^
      (tables[512 + ((mixed >>> 8) & 0xff)] ?? 0) ^
      (tables[256 + ((mixed >>> 16) & 0xff)] ?? 0) ^
      (tables[mixed >>> 24] ?? 0)
  }
  return crc
}

// An isolate starts while the visitor's connection is being made, on no request's time: there the checksum of a shard's worth of
// zeros lets V8 compile it, which is half of what the first lookup would wait for.
shardChecksum(new Int32Array(16_384))
