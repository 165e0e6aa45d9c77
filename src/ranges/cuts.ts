/**
 * Which shard holds an address: the first question of every lookup, asked of the cut points of its family.
 */
import { type Family, signed } from './address.ts'
import { type Cuts, i32 } from './format.ts'

/** By chunk of the address line between the first and the last cut: the shard at its beginning. */
interface CutIndex {
  readonly cuts: Cuts
  readonly first: number
  readonly shift: number
  readonly shards: Uint16Array
}

const CHUNK_BITS = 12

/** The index of the cut points asked last, by family: they change once per published table. */
const remembered: { 4: CutIndex; 6: CutIndex } = { 4: indexOf([], 4), 6: indexOf([], 6) }

/**
 * Which shard holds the address parsed last: an index into `cuts`, or -1 when the family has no shards.
 * The array must not change (a new table brings a new one).
 */
export function shardIndex(cuts: Cuts, family: Family): number {
  let index = family === 4 ? remembered[4] : remembered[6]
  if (index.cuts !== cuts) {
    index = indexOf(cuts, family)
    remembered[family] = index
  }
  const high = i32(signed, 0) >>> 0
  const last = index.shards.length - 1
  const chunk = high <= index.first ? 0 : (high - index.first) >>> index.shift
  let shard = index.shards[chunk < last ? chunk : last] ?? 0
  const position = family === 4 ? high : high * 65536 + (i32(signed, 1) >>> 16)
  while (shard + 1 < cuts.length && (cuts[shard + 1] ?? 0) <= position) shard++
  return cuts.length === 0 ? -1 : shard
}

function indexOf(cuts: Cuts, family: Family): CutIndex {
  const top = (cut: number): number => (family === 4 ? cut : Math.floor(cut / 65536))
  // The first cut is 0 and says nothing; IPv6 has no other below 2001::.
  const first = top(cuts[1] ?? 0)
  const span = top(cuts[cuts.length - 1] ?? 0) - first
  const shift = Math.max(0, 32 - Math.clz32(span) - CHUNK_BITS)
  const shards = new Uint16Array((span >>> shift) + 1)
  for (let chunk = 0, shard = 0; chunk < shards.length; chunk++) {
    while (shard + 1 < cuts.length && top(cuts[shard + 1] ?? 0) < first + chunk * 2 ** shift) shard++
    shards[chunk] = shard
  }
  return { cuts, first, shift, shards }
}
