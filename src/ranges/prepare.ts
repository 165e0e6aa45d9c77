/**
 * What is made of a shard when it is opened, and where each part lies in the one array of words that lookups read:
 *
 *   numbers     `NUMBER`: places and widths, in one cache line instead of in an object's fields
 *   steps       the step book, a word a step
 *   shard       the bytes as they came
 *   top index   made here, see `top-index.ts`
 *
 * One array, because every further array or object costs a lookup two more memory reads that nothing can be done beside.
 */
import type { Family } from './address.ts'
import { bitsOf, HEADER, type layout, START_WORDS, windowOf } from './format.ts'
import { topIndexOf } from './top-index.ts'

/** Places of the numbers. */
export const NUMBER = {
  /**
   * How an address leads to its chunk of the top index. Its offset: its window (of which the lowest bits, `unit`, are left
   * out; in IPv4 the address) less `first`, which is that of the slice's begin. `begin` is the upper half of the first start.
   */
  unit: 0,
  begin: 1,
  first: 2,
  /** Offset of the last block's start: what is behind it, or above the window, is looked for there. */
  lastOffset: 3,
  /** Bits of a chunk of the first entries. */
  topBits: 4,
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

/** Where the steps begin: one word each, shift (8 bits) and count above it. */
export const STEPS_AT = 16
/** What stands there for code 0, which is no step: the only negative word. */
const NO_STEP = 0x80000000 | 0
/** Where the shard begins: its records are to be whole cache lines of 64 bytes, and allocators keep 16 bytes before a large array. */
export const SHARD_AT = STEPS_AT + 256 + 12

/**
 * The array that lookups read.
 * @param stored the words of a verified shard, which are copied
 */
export function prepare(family: Family, stored: Int32Array, at: ReturnType<typeof layout>): Int32Array<ArrayBuffer> {
  const { unit, first, begins } = beginsOf(family, stored, at.starts >>> 2, stored[HEADER.blocks >>> 2] ?? 0)
  const top = SHARD_AT + stored.length
  const index = topIndexOf(begins, top)
  const { offsets } = begins
  const words = new Int32Array(top + index.entries.length)
  words.set(stored, SHARD_AT)
  words.set(index.entries, top)
  words[NUMBER.unit] = unit
  words[NUMBER.begin] = stored[at.starts >>> 2] ?? 0
  words[NUMBER.first] = first
  words[NUMBER.lastOffset] = offsets[offsets.length - 1] ?? 0
  words[NUMBER.topBits] = index.bits
  words[NUMBER.top] = top
  words[NUMBER.starts] = SHARD_AT + (at.starts >>> 2)
  words[NUMBER.records] = SHARD_AT + (at.records >>> 2)
  words[NUMBER.idBook] = SHARD_AT + (at.idBook >>> 2)
  words[NUMBER.fineTable] = SHARD_AT + (at.fineTable >>> 2)
  words[NUMBER.fineEntries] = stored[HEADER.fine >>> 2] ?? 0
  words[NUMBER.overflow] = SHARD_AT * 4 + at.overflow
  words[NUMBER.idBits] = bitsOf(stored[HEADER.highestId >>> 2] ?? 0)
  words[NUMBER.bookBits] = bitsOf((stored[HEADER.idBook >>> 2] ?? 0) - 1)
  words[NUMBER.lastBlock] = offsets.length - 1
  fillSteps(words, SHARD_AT * 4 + at.stepBook, (at.overflow - at.stepBook) >>> 1)
  return words
}

/** The offset of each block's start; inside it where that is not all of the start: bits below the window are set, or ones above. */
function beginsOf(family: Family, words: Int32Array, starts: number, blocks: number) {
  const width = START_WORDS[family]
  const begin = words[starts] ?? 0
  // The highest bit in which the first start and the last differ must be inside the window.
  const differs = begin ^ (words[starts + (blocks - 1) * width] ?? 0)
  const unit = family === 4 ? 0 : Math.min(31, 32 - Math.clz32(differs))
  const first = family === 4 ? begin : windowOf(begin, words[starts + 1] ?? 0, unit)
  const below = 2 ** unit - 1
  const offsets = new Int32Array(blocks)
  const isInside = new Uint8Array(blocks)
  for (let block = 0, at = starts; block < blocks; block++, at += width) {
    const high = words[at] ?? 0
    if (family === 4) {
      offsets[block] = high - first
      continue
    }
    const low = words[at + 1] ?? 0
    const isAbove = high >>> unit !== begin >>> unit
    offsets[block] = isAbove ? -1 : windowOf(high, low, unit) - first
    isInside[block] = isAbove || (low & below) !== 0 ? 1 : 0
  }
  return { unit, first, begins: { offsets, isInside } }
}

/** Expands the step book, whose first byte is byte `book` of the array. */
function fillSteps(words: Int32Array, book: number, steps: number): void {
  const bytes = new Uint8Array(words.buffer, book, steps * 2)
  words[STEPS_AT] = NO_STEP
  for (let code = 1; code <= steps; code++) {
    words[STEPS_AT + code] = (bytes[code * 2 - 2] ?? 0) | ((bytes[code * 2 - 1] ?? 0) << 8)
  }
}
