/**
 * Which shard holds an address: the first question of every lookup, asked of the cut points of its family.
 */
import { type Family, signed } from './address.ts'
import type { Cuts } from './format.ts'

/** `table`: by chunk of the address line, the last shard that begins before it; then from `CHUNKS` on where each next shard begins. */
interface CutIndex {
  readonly cuts: Cuts
  /** Number of the last shard. */
  readonly last: number
  readonly table: Int32Array
}

/** The same array as a constant of this module, which V8 takes for one; what is imported it reads anew each time. */
const address = signed
const CHUNKS = 1024
/** Unsigned words are compared as signed ones with their highest bit flipped. */
const FLIP = 0x80000000 | 0

/** IPv4 is cut into equal chunks; IPv6 into those of 2000::/4, where the Internet is: what is below or above is in the first or the last. */
const chunk4 = (word: number): number => word >>> 22
const chunk6 = (high: number): number => Math.min(CHUNKS - 1, Math.max(0, (high >>> 18) - 0x800))

/** The index of the cut points asked last, by family: they change once per published table. */
let index4 = indexOf([], 4)
let index6 = indexOf([], 6)

/**
 * Which shard holds the address parsed last: an index into `cuts`, or -1 when the family has no shards.
 * The array must not change (a new table brings a new one).
 */
export function shardIndex(cuts: Cuts, family: Family): number {
  return family === 4 ? shardIndex4(cuts) : shardIndex6(cuts)
}

function shardIndex4(cuts: Cuts): number {
  if (index4.cuts !== cuts) index4 = indexOf(cuts, 4)
  const { table, last } = index4
  const word = address[0] ?? 0
  let shard = table[chunk4(word)] ?? 0
  while (shard < last && (table[(CHUNKS + shard) | 0] ?? 0) <= (word ^ FLIP)) shard = (shard + 1) | 0
  return shard
}

function shardIndex6(cuts: Cuts): number {
  if (index6.cuts !== cuts) index6 = indexOf(cuts, 6)
  const { table, last } = index6
  const high = address[0] ?? 0
  const order = high ^ FLIP
  const low = (address[1] ?? 0) >>> 16
  let shard = table[chunk6(high)] ?? 0
  while (shard < last) {
    const at = (CHUNKS + (shard << 1)) | 0
    const next = table[at] ?? 0
    if (next > order || (next === order && (table[(at + 1) | 0] ?? 0) > low)) break
    shard = (shard + 1) | 0
  }
  return shard
}

function indexOf(cuts: Cuts, family: Family): CutIndex {
  const last = cuts.length - 1
  const table = new Int32Array(CHUNKS + 2 * cuts.length).fill(-1)
  const high = cuts.map((cut) => (family === 4 ? cut : Math.floor(cut / 65536)))
  const chunkOf = family === 4 ? chunk4 : chunk6
  for (let chunk = 0, shard = Math.min(0, last); chunk < CHUNKS; chunk++) {
    while (shard < last && chunkOf(high[shard + 1] ?? 0) < chunk) shard++
    table[chunk] = shard
  }
  for (let shard = 0; shard < last; shard++) {
    const next = (high[shard + 1] ?? 0) ^ FLIP
    if (family === 4) table[CHUNKS + shard] = next
    else {
      table[CHUNKS + shard * 2] = next
      table[CHUNKS + shard * 2 + 1] = (cuts[shard + 1] ?? 0) % 65536
    }
  }
  return { cuts, last, table }
}
