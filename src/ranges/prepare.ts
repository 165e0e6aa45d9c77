/**
 * What is made of a shard when it is opened: the steps, ready for use, and the top index. Both stand behind the
 * shard's own words, in one array, because every further array costs a lookup two more memory reads.
 *
 * The top index is the first step of a lookup inside a shard: the slice is cut into equal chunks, two or more for each
 * block, and for each it is known which blocks can hold its addresses: one in most chunks, a few in the others, which a
 * binary search sorts out. It is made, not stored: reading the starts once costs less than more kilobytes in KV.
 */
import type { Family } from './address.ts'
import { windowOf } from './format.ts'

/** Words that the steps take: one each, shift (8 bits) and count above it; code 0 is none. */
export const STEP_WORDS = 256

const CHUNKS_A_BLOCK_BITS = 2
const CHUNK_BITS = { fewest: 4, most: 14 }

/** How an address leads to its chunk: the window's unit (0 for IPv4), the first chunk's begin, and the bits of a chunk. */
export interface Chunks {
  readonly unit: number
  readonly first: number
  readonly shift: number
  readonly last: number
}

/** The chunks for the blocks whose starts stand at `starts` (IPv6: the lower halves `blocks` words on). */
export function chunksOf(family: Family, words: Int32Array, starts: number, blocks: number): Chunks {
  const high = words[starts] ?? 0
  const low = family === 4 ? 0 : (words[starts + blocks] ?? 0)
  const endHigh = words[starts + blocks - 1] ?? 0
  const endLow = family === 4 ? 0 : (words[starts + 2 * blocks - 1] ?? 0)
  // The highest bit in which the first start and the last differ must be inside the window.
  const differs = high ^ endHigh
  const unit = family === 4 ? 0 : Math.min(31, differs === 0 ? 0 : 32 - Math.clz32(differs))
  const first = family === 4 ? high : windowOf(high, low, unit)
  const end = family === 4 ? endHigh : high >>> unit === endHigh >>> unit ? windowOf(endHigh, endLow, unit) : -1
  const span = (end - first) >>> 0
  const bits = Math.min(CHUNK_BITS.most, Math.max(CHUNK_BITS.fewest, 32 - Math.clz32(blocks) + CHUNKS_A_BLOCK_BITS))
  // At least one bit, so that the number of a chunk is a small integer for V8, also of an address far behind the last chunk.
  const shift = Math.max(1, 32 - Math.clz32(span) - bits)
  return { unit, first, shift, last: span >>> shift }
}

/**
 * Fills the top index, from place `top` of `words`: by chunk, the last block that begins before it, so that the blocks
 * of chunk c are those at `top + c` to `top + c + 1`.
 */
export function fillTop(family: Family, words: Int32Array, starts: number, blocks: number, top: number, chunks: Chunks): void {
  const { unit, first, shift, last } = chunks
  const begin = words[starts] ?? 0
  for (let block = 0; block < blocks; block++) {
    const high = words[starts + block] ?? 0
    let chunk = last
    if (family === 4) chunk = (high - first) >>> shift
    else if (high >>> unit === begin >>> unit) chunk = (windowOf(high, words[starts + blocks + block] ?? 0, unit) - first) >>> shift
    words[top + 1 + chunk] = block
  }
  // A chunk in which no block begins ends with the block its predecessor ended with. (Block 0 begins in chunk 0.)
  const end = top + last + 2
  for (let place = top + 1; place < end; place++) if (words[place] === 0) words[place] = words[place - 1] ?? 0
}

/** Expands the step book, whose first byte is byte `book`, to `at` in `words`. */
export function fillSteps(words: Int32Array, bytes: Uint8Array, book: number, steps: number, at: number): void {
  for (let code = 1; code <= steps; code++) {
    const place = book + (code - 1) * 2
    words[at + code] = (bytes[place] ?? 0) | ((bytes[place + 1] ?? 0) << 8)
  }
}
