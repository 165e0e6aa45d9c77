/**
 * Reads the id of one segment of a block without reading its neighbours: two planes of bits say how each id is told
 * (`KIND` in format.ts), and counting bits below a segment's own gives its place among those told the same way.
 */
import { BLOCK, DIRECTORY, FINE, KIND, LISTED, MAX_ID } from './format.ts'
import type { Shard } from './shard.ts'

/**
 * Dense id of segment `index` of the block at byte `payload`; 0 = nobody, `FINE` = ask the fine table.
 * @param ids the word about ids of the block's directory entry
 */
export function idOfSegment(shard: Shard, payload: number, ids: number, index: number): number {
  const { view } = shard
  const low0 = view.getInt32(payload, true)
  const high0 = view.getInt32(payload + 4, true)
  for (;;) {
    const upper = index >= 32
    let low = upper ? view.getInt32(payload + BLOCK.halfBytes, true) : low0
    let high = upper ? view.getInt32(payload + BLOCK.halfBytes + 4, true) : high0
    // `alternate` means "as two before": the segment that tells the id is the nearest with another kind on its side of the parity.
    const parity = index & 1 ? 0xaaaaaaaa : 0x55555555
    let own = (low | high) & parity & (-1 >>> (31 - (index & 31)))
    let inUpper = upper
    if (own === 0 && upper) {
      inUpper = false
      low = low0
      high = high0
      own = (low | high) & parity
    }
    if (own === 0) return 0
    const bit = 31 - Math.clz32(own)
    const below = (1 << bit) - 1
    const kind = ((low >>> bit) & 1) | (((high >>> bit) & 1) << 1)
    if (kind === KIND.fresh) {
      const rank = ones(low & ~high & below) + (inUpper ? ones(low0 & ~high0) : 0)
      return (ids & MAX_ID) + rank + 1
    }
    const listed = payload + view.getUint16(payload + BLOCK.listed, true)
    if (kind === KIND.spelled) {
      const rank = ones(high & ~low & below) + (inUpper ? ones(high0 & ~low0) : 0)
      return spelledId(view, payload, listed, rank, ids >>> DIRECTORY.idBits)
    }
    const rank = ones(low & high & below) + (inUpper ? ones(low0 & high0) : 0)
    const value = view.getUint8(listed + rank)
    if (value === LISTED.nobody) return 0
    if (value === LISTED.fine) return FINE
    if (value >= LISTED.book) return view.getInt32(shard.idBook + (value - LISTED.book) * 3, true) & 0xffffff
    index = (inUpper ? 32 : 0) + bit - value
  }
}

/** The `rank`-th written-out id of a block; these fields begin behind the listed bytes. */
function spelledId(view: DataView, payload: number, listed: number, rank: number, width: number): number {
  const lists =
    ones(view.getInt32(payload, true) & view.getInt32(payload + 4, true)) +
    ones(view.getInt32(payload + BLOCK.halfBytes, true) & view.getInt32(payload + BLOCK.halfBytes + 4, true))
  const bit = rank * width
  return (view.getInt32(listed + lists + (bit >>> 3), true) >>> (bit & 7)) & ((1 << width) - 1)
}

/** Number of bits set in a 32-bit word. */
function ones(word: number): number {
  let value = word - ((word >>> 1) & 0x55555555)
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333)
  return Math.imul((value + (value >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
