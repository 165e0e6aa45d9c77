/**
 * What is made of a shard when it is opened, in one small array: the short steps, ready for use, and the top index.
 *
 * The top index is the first step of a lookup inside a shard: the slice is cut into about as many equal chunks
 * as it has blocks, and for each it is known which blocks can hold its addresses: one in most chunks, a few in the
 * others, which a binary search sorts out. It is made, not stored: reading the directory once costs less than another four kilobytes in KV.
 */
import type { Family } from './address.ts'
import { DIRECTORY, DIRECTORY_AT, STEPS } from './format.ts'

/**
 * Where the top index begins: by chunk, the last block that begins before it, so that the blocks of chunk c are those
 * at `TOP + c` to `TOP + c + 1`. Before it stand, for each step code, two words (IPv6: four) that carry a boundary to
 * the next: what of it is kept (a mask) and what is added (IPv6: of the lower half, then of the higher).
 */
export const TOP = 64

/** A chunk for every block or two, within these bounds. */
const CHUNK_BITS = { fewest: 4, most: 12 }

/** @param stepBook byte offset of the step book, and `steps` its entries */
export function prepare(family: Family, view: DataView, stepBook: number, steps: number, words: Int32Array, blocks: number) {
  const stride = DIRECTORY[family].words
  const first = words[DIRECTORY_AT] ?? 0
  const span = ((words[DIRECTORY_AT + (blocks - 1) * stride] ?? 0) - first) >>> 0
  const bits = Math.min(CHUNK_BITS.most, Math.max(CHUNK_BITS.fewest, 32 - Math.clz32(blocks)))
  // At least one bit, so that the number of a chunk is a small integer for V8, also of an address far behind the last chunk.
  const topShift = Math.max(1, 32 - Math.clz32(span) - bits)
  const topLast = span >>> topShift
  const prepared = new Int32Array(TOP + topLast + 2)
  const expand = family === 4 ? expandStep4 : expandStep6
  for (let code = 1; code <= steps && code <= STEPS.short; code++) {
    const at = stepBook + (code - 1) * 2
    expand(prepared, code, view.getUint8(at), view.getUint8(at + 1))
  }
  const behind = TOP + 1
  for (let block = 0, place = DIRECTORY_AT; block < blocks; block++, place += stride) {
    prepared[behind + (((words[place] ?? 0) - first) >>> topShift)] = block
  }
  // A chunk in which no block begins ends with the block its predecessor ended with. (Block 0 begins in chunk 0.)
  for (let place = behind; place < prepared.length; place++) if (prepared[place] === 0) prepared[place] = prepared[place - 1] ?? 0
  return { prepared, topShift, topLast }
}

function expandStep4(prepared: Int32Array, code: number, shift: number, count: number): void {
  prepared[code * 2] = -1 << shift
  prepared[code * 2 + 1] = count << shift
}

function expandStep6(prepared: Int32Array, code: number, shift: number, count: number): void {
  const inLow = shift < 32
  prepared[code * 4] = inLow ? -1 << shift : 0
  prepared[code * 4 + 1] = inLow ? count << shift : 0
  prepared[code * 4 + 2] = inLow ? -1 : -1 << (shift - 32)
  prepared[code * 4 + 3] = inLow ? (shift === 0 ? 0 : count >>> (32 - shift)) : count << (shift - 32)
}
