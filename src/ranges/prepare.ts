/**
 * What is made of a shard when it is opened, and where each part lies in the one array of words that lookups read:
 *
 *   numbers     `NUMBER`: places and widths, in one cache line instead of in an object's fields
 *   steps       the step book, a word a step
 *   shard       the bytes as they came
 *   top index   made here
 *
 * One array, because every further array or object costs a lookup two more memory reads that nothing can be done beside.
 *
 * The top index is the first step of a lookup inside a shard: the slice is cut into equal chunks, one or two for each
 * block, and for each it is known which blocks can hold its addresses: one in most chunks, a few in the others, which a
 * binary search sorts out. It is made, not stored: reading the starts once costs less than more kilobytes in KV.
 */
import type { Family } from './address.ts'
import { bitsOf, HEADER, type layout, START_WORDS, windowOf } from './format.ts'

/** Places of the numbers. */
export const NUMBER = {
  /** How an address leads to its chunk, see `Chunks`; `begin` is the upper half of the first start. */
  unit: 0,
  begin: 1,
  first: 2,
  topShift: 3,
  topLast: 4,
  /** Places in the array of words. */
  top: 5,
  starts: 6,
  records: 7,
  idBook: 8,
  fineTable: 9,
  fineEntries: 10,
  /** Place of its first byte. */
  overflow: 11,
  /** Width of an id written out, and of a place in the id book. */
  idBits: 12,
  bookBits: 13,
  lastBlock: 14,
} as const

/** Where the steps begin: one word each, shift (8 bits) and count above it; code 0 is none. */
export const STEPS_AT = 16
/** Where the shard begins: its records are to be whole cache lines of 64 bytes, and allocators keep 16 bytes before a large array. */
export const SHARD_AT = STEPS_AT + 256 + 12

const CHUNKS_A_BLOCK_BITS = 1
const CHUNK_BITS = { fewest: 4, most: 14 }

/** An entry of the top index: the last block that begins before the chunk, and how many begin in it (`mostCount`: that many or more). */
export const TOP = { blockMask: 0xfffff, countShift: 20, mostCount: 0xfff } as const

/** How an address leads to its chunk: the window's unit (0 for IPv4), the first chunk's begin, and the bits of a chunk. */
interface Chunks {
  readonly unit: number
  readonly first: number
  readonly shift: number
  readonly last: number
}

/**
 * The array that lookups read.
 * @param stored the words of a verified shard, which are copied
 */
export function prepare(family: Family, stored: Int32Array, at: ReturnType<typeof layout>): Int32Array<ArrayBuffer> {
  const blocks = stored[HEADER.blocks >>> 2] ?? 0
  const starts = SHARD_AT + (at.starts >>> 2)
  const chunks = chunksOf(family, stored, at.starts >>> 2, blocks)
  const top = SHARD_AT + stored.length
  const words = new Int32Array(top + chunks.last + 1)
  words.set(stored, SHARD_AT)
  words[NUMBER.unit] = chunks.unit
  words[NUMBER.begin] = words[starts] ?? 0
  words[NUMBER.first] = chunks.first
  words[NUMBER.topShift] = chunks.shift
  words[NUMBER.topLast] = chunks.last
  words[NUMBER.top] = top
  words[NUMBER.starts] = starts
  words[NUMBER.records] = SHARD_AT + (at.records >>> 2)
  words[NUMBER.idBook] = SHARD_AT + (at.idBook >>> 2)
  words[NUMBER.fineTable] = SHARD_AT + (at.fineTable >>> 2)
  words[NUMBER.fineEntries] = stored[HEADER.fine >>> 2] ?? 0
  words[NUMBER.overflow] = SHARD_AT * 4 + at.overflow
  words[NUMBER.idBits] = bitsOf(stored[HEADER.highestId >>> 2] ?? 0)
  words[NUMBER.bookBits] = bitsOf((stored[HEADER.idBook >>> 2] ?? 0) - 1)
  words[NUMBER.lastBlock] = blocks - 1
  fillSteps(words, SHARD_AT * 4 + at.stepBook, (at.overflow - at.stepBook) >>> 1)
  fillTop(family, words, starts, blocks, top, chunks)
  return words
}

/** The chunks for the blocks whose starts stand at `starts`. */
function chunksOf(family: Family, words: Int32Array, starts: number, blocks: number): Chunks {
  const end = starts + (blocks - 1) * START_WORDS[family]
  const high = words[starts] ?? 0
  const endHigh = words[end] ?? 0
  // The highest bit in which the first start and the last differ must be inside the window.
  const differs = high ^ endHigh
  const unit = family === 4 ? 0 : Math.min(31, differs === 0 ? 0 : 32 - Math.clz32(differs))
  const first = family === 4 ? high : windowOf(high, words[starts + 1] ?? 0, unit)
  const last = family === 4 ? endHigh : high >>> unit === endHigh >>> unit ? windowOf(endHigh, words[end + 1] ?? 0, unit) : -1
  const span = (last - first) >>> 0
  const bits = Math.min(CHUNK_BITS.most, Math.max(CHUNK_BITS.fewest, 32 - Math.clz32(blocks) + CHUNKS_A_BLOCK_BITS))
  // At least one bit, so that the number of a chunk is a small integer for V8, also of an address far behind the last chunk.
  const shift = Math.max(1, 32 - Math.clz32(span) - bits)
  return { unit, first, shift, last: span >>> shift }
}

/** Fills the top index, which ends the array. */
function fillTop(family: Family, words: Int32Array, starts: number, blocks: number, top: number, chunks: Chunks): void {
  const { unit, first, shift, last } = chunks
  const { countShift, blockMask, mostCount } = TOP
  const begin = words[starts] ?? 0
  const width = START_WORDS[family]
  // First how many blocks begin in each chunk; block 0 begins in chunk 0, where a search begins with it anyway.
  for (let block = 1; block < blocks; block++) {
    const at = starts + block * width
    const high = words[at] ?? 0
    let chunk = last
    if (family === 4) chunk = (high - first) >>> shift
    else if (high >>> unit === begin >>> unit) chunk = (windowOf(high, words[at + 1] ?? 0, unit) - first) >>> shift
    words[top + chunk] = (words[top + chunk] ?? 0) + 1
  }
  let block = 0
  for (let place = top; place <= top + last; place++) {
    const count = words[place] ?? 0
    words[place] = (Math.min(count, mostCount) << countShift) | (block & blockMask)
    block += count
  }
}

/** Expands the step book, whose first byte is byte `book` of the array. */
function fillSteps(words: Int32Array, book: number, steps: number): void {
  const bytes = new Uint8Array(words.buffer, book, steps * 2)
  for (let code = 1; code <= steps; code++) {
    words[STEPS_AT + code] = (bytes[code * 2 - 2] ?? 0) | ((bytes[code * 2 - 1] ?? 0) << 8)
  }
}
