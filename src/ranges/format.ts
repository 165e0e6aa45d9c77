/**
 * The shape of a shard: what the encoder (`compile/encode.ts`) writes and the reader (`ranges/shard.ts`) reads.
 *
 * A shard is one KV value: one family, one slice of the address line, little-endian, self-contained, and searched
 * in place. `docs/architecture.md` draws it byte by byte. In short, one after the other:
 *
 *   header        `HEADER`, fixed size, ends with the CRC-32 of everything else
 *   directory     one entry a block, see `DIRECTORY`
 *   fine table    boundaries finer than /64: four u32 address, u32 id
 *   step book     two bytes a step: shift, count; the first 15 have a one-nibble code
 *   id book       three bytes an id: the shard's most repeated ones
 *   payload       the blocks, see `BLOCK`
 */
import type { Family } from './address.ts'

/** First four bytes of every shard, `DPRT` read as little-endian. */
export const MAGIC = 0x54_52_50_44
/** Changes whenever a byte changes its meaning. A reader refuses every other version. */
export const FORMAT_VERSION = 4
/** Dense ids stay below 2^24 (a field of 24 bits at any bit offset fits one 32-bit read): more companies are a mistake of the input. */
export const MAX_ID = 2 ** 24 - 1
/** How many shards a family is cut into unless the caller knows better; keeps a KV value far below 25 MiB. */
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
  segments: 12,
  /** u32, highest id that occurs. */
  highestId: 16,
  /** u32, entries of the fine table. */
  fine: 20,
  /** f64, the cut this shard begins at (see `Cuts`). */
  from: 24,
  /** u16, entries of the id book; two zero bytes follow. */
  idBook: 32,
  /** u32, bytes of all blocks together. */
  payload: 36,
  crc32: 40,
  bytes: 44,
} as const

/** A group is as far as a lookup walks: the first boundary of each is in the directory. */
export const GROUP = { segments: 16, shift: 4, inBlock: 4 } as const

/**
 * An entry of the directory, in words of 32 bits: the first address of each of the block's 4 groups (IPv6: the first 32
 * bits of each, then the second 32 bits of each; groups that the last block lacks have all ones); where the block begins
 * in the payload; and in one word the highest id met before the block (24 bits) and the id width of the block (8 bits).
 * It is one entry and not a column each, so that a lookup touches one or two cache lines here.
 */
export const DIRECTORY = { low: 4, 4: { words: 6, payload: 4, ids: 5 }, 6: { words: 10, payload: 8, ids: 9 }, idBits: 24 } as const

/**
 * A block holds 64 segments, that is 4 groups, which share what tells their ids. Its bytes: two 64-bit planes of kinds,
 * interleaved by halves of 32 segments (u32 low plane, u32 high plane, and again); u16 where the listed bytes begin;
 * for groups 1, 2 and 3 one byte where their steps begin (all counted from the block's and the steps' own begin, the
 * latter in units of 2 bytes); the steps; one byte for each `listed` segment; the `spelled` ids packed at the block's id width.
 */
export const BLOCK = { segments: 64, shift: 6, halfBytes: 8, listed: 16, groupSteps: 18, steps: 21, stepsUnit: 2 } as const

/** How a segment's id is told, one bit in each plane (bit 0 the low plane). */
export const KIND = {
  /** Same as two segments before; the two before a block's first are nobody. */
  alternate: 0,
  /** The next id that no earlier segment had: 0 bits. */
  fresh: 1,
  /** Written out at the block's id width. */
  spelled: 2,
  /** One byte, see `LISTED`. */
  listed: 3,
} as const

/** What the byte of a `listed` segment means. */
export const LISTED = {
  nobody: 0,
  /** 1 … 63: same as that many segments before. */
  book: 64,
  /** 64 … 254: an entry of the id book. */
  bookEntries: 191,
  /** Look in the fine table. */
  fine: 255,
} as const

/**
 * Steps lead from one boundary to the next: a step (shift k, count m) clears the lowest k bits and adds m << k.
 * A step is a nibble 1 … 15 (book entry), or nibble 0 and a byte: 0 … 254 further book entries, 255 a step written
 * out: byte k, nibble (number of nibbles of m, less one), m; all low nibble first.
 */
export const STEPS = { short: 15, long: 255, written: 255, highestCount: 255 } as const

/** Id of a main-line segment whose answer stands in the fine table. */
export const FINE = 0xffffffff

/**
 * The first address of every shard of a family, ascending; the first is always 0. No shards: the family is empty.
 * IPv4: the address (32 bits). IPv6: the top 48 bits of the address, which a JSON number holds exactly.
 */
export type Cuts = readonly number[]

/** Place of the directory in a shard's words. */
export const DIRECTORY_AT = HEADER.bytes / 4

/** Byte offsets of a shard's parts, from the counts in its header. */
export function layout(family: Family, segments: number, fine: number, steps: number, idBook: number) {
  const blocks = Math.ceil(segments / BLOCK.segments)
  const fineTable = HEADER.bytes + blocks * DIRECTORY[family].words * 4
  const stepBook = fineTable + fine * 20
  const ids = stepBook + steps * 2
  return { blocks, fineTable, stepBook, idBook: ids, payload: ids + idBook * 3 }
}

/** Fields are read four bytes at a time, so at least that many follow the last block; the length is a multiple of 4. */
export const PADDING = 4
export const paddedLength = (unpadded: number): number => (unpadded + PADDING + 3) & ~3

/** Four tables of 256: the CRC of a byte, and of a byte with one, two or three zero bytes behind it. */
const CRC_TABLES = new Uint32Array(1024)
// The CRC of a sum is the sum of the CRCs, so that eight bytes with a single bit give all the others.
for (let bit = 128, crc = 1; bit > 0; bit >>>= 1) {
  crc = (crc & 1 ? 0xedb88320 : 0) ^ (crc >>> 1)
  for (let byte = 0; byte < 256; byte += bit * 2) CRC_TABLES[bit + byte] = crc ^ (CRC_TABLES[byte] ?? 0)
}
for (let index = 256; index < 1024; index++) {
  const before = CRC_TABLES[index - 256] ?? 0
  CRC_TABLES[index] = (CRC_TABLES[before & 0xff] ?? 0) ^ (before >>> 8)
}

/**
 * CRC-32 (IEEE 802.3) of a shard's words, the word that holds the checksum itself left out.
 * Four bytes a round ("slicing by 4"), and no call inside the loop: a cold isolate runs this before anything is compiled.
 */
export function shardChecksum(words: Int32Array): number {
  const skipped = HEADER.crc32 / 4
  const { length } = words
  let crc = -1
  for (let index = 0; index < length; index++) {
    if (index === skipped) continue
    const mixed = crc ^ (words[index] ?? 0)
    crc =
      (CRC_TABLES[768 + (mixed & 0xff)] ?? 0) ^
      (CRC_TABLES[512 + ((mixed >>> 8) & 0xff)] ?? 0) ^
      (CRC_TABLES[256 + ((mixed >>> 16) & 0xff)] ?? 0) ^
      (CRC_TABLES[mixed >>> 24] ?? 0)
  }
  return ~crc >>> 0
}

/**
 * Typed-array read. The compiler cannot know that an index is inside, and V8 inlines this to the plain load.
 * It is for `Int32Array` alone, because V8 remembers the types it saw by function.
 */
export const i32 = (array: Int32Array, index: number): number => array[index] ?? 0
