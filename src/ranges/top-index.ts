/**
 * The first step of a lookup inside a shard: which blocks can hold an address. It is made when a shard is opened and not
 * stored: reading the starts once costs less than more kilobytes in KV.
 *
 * The slice is cut into equal chunks, and a chunk in which many blocks begin into smaller ones, and so on: addresses lie in
 * heaps, and chunks of one size leave a dozen steps to a binary search where the heaps are. Here one or two are left.
 */
import { bitsOf } from './format.ts'

/**
 * An entry is a leaf or a node.
 *
 * A leaf: the last block that begins at or before the chunk's first address, and how many begin behind it in the chunk
 * (`mostCount`: that many or more). A node, which is negative: bits of one of its chunks, and where their entries are.
 */
export const TOP = { blockMask: 0xfffff, countShift: 20, mostCount: 0x7ff, placeMask: 0x3ffffff, bitsShift: 26, bitsMask: 31 } as const

/** A chunk in which more blocks begin is cut, unless it is a single address or there is no room. */
const MOST_IN_LEAF = 2
/** Room for entries, for each block; a shard whose blocks lie in a few heaps of heaps could need any number. */
const ENTRIES_A_BLOCK = 8

export interface TopIndex {
  readonly entries: Int32Array
  /** Bits of a chunk of the first entries. */
  readonly bits: number
}

/** Where the blocks of a shard begin. */
export interface Begins {
  /** From the first one's 0 on, ascending, as unsigned words. */
  readonly offsets: Int32Array
  /** 1 if a block begins behind the offset's own begin and before the next offset. */
  readonly isInside: Uint8Array
}

/**
 * Goes from block to block and not from chunk to chunk: a cold isolate runs this before anything is compiled.
 * @param place where the first entry will stand
 */
export function topIndexOf({ offsets, isInside }: Begins, place: number): TopIndex {
  const blocks = offsets.length
  const width = bitsOf(offsets[blocks - 1] ?? 0)
  const firstBits = Math.min(width, Math.max(1, bitsOf(blocks) - 1))
  const entries = new Int32Array(2 ** firstBits + blocks * ENTRIES_A_BLOCK)
  let used = 2 ** firstBits

  /** Writes the entries of the chunks from `begin` on; the blocks from `first` to before `end` begin there. */
  const cut = (at: number, chunks: number, bits: number, begin: number, first: number, end: number): void => {
    const inChunk = 2 ** bits - 1
    let done = 0
    for (let block = first; block < end; ) {
      const offset = ((offsets[block] ?? 0) - begin) | 0
      const chunk = offset >>> bits
      entries.fill(block - 1, at + done, at + chunk)
      const before = (offset & inChunk) === 0 && isInside[block] === 0 ? block : block - 1
      block++
      while (block < end && ((offsets[block] ?? 0) - begin) >>> bits === chunk) block++
      const count = block - 1 - before
      const inner = Math.min(bits, bitsOf(count))
      if (count > MOST_IN_LEAF && bits > 0 && used + 2 ** inner <= entries.length) {
        const node = used
        used += 2 ** inner
        entries[at + chunk] = 0x80000000 | ((bits - inner) << TOP.bitsShift) | (place + node)
        cut(node, 2 ** inner, bits - inner, (begin + (chunk << bits)) | 0, before + 1, block)
      } else entries[at + chunk] = (Math.min(count, TOP.mostCount) << TOP.countShift) | before
      done = chunk + 1
    }
    entries.fill(end - 1, at + done, at + chunks)
  }
  cut(0, 2 ** firstBits, width - firstBits, 0, 1, blocks)
  return { entries: entries.subarray(0, used), bits: width - firstBits }
}
