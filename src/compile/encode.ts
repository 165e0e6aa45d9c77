/**
 * Writes segments as shards: the bytes that `ranges/shard.ts` searches in place. Same segments, same bytes:
 * there is no clock and no chance in here.
 */
import type { Family } from '../ranges/address.ts'
import { MAX_ID, SHARDS_PER_FAMILY } from '../ranges/format.ts'
import type { Segments } from './flatten.ts'
import { highestId, type Line, toLine } from './line.ts'
import { encodeShard } from './shard-writer.ts'

/** The shards of one family, and where each begins (see `Cuts` in `ranges/format.ts`). */
export interface EncodedFamily {
  readonly family: Family
  readonly cuts: readonly number[]
  readonly shards: readonly Uint8Array<ArrayBuffer>[]
}

/** Two thousand segments are a few KiB: cutting finer would only cost KV keys. */
const FEWEST_SEGMENTS_A_SHARD = 2048

/**
 * Encodes a family as at most `shardCount` shards of about equal numbers of segments. A family in which nobody
 * has a range becomes no shards and no cuts at all.
 * @param segments best with ids from `assignIds`; others only take more bytes
 * @throws RangeError for an id above `MAX_ID`
 */
export function encodeFamily(segments: Segments, shardCount: number = SHARDS_PER_FAMILY): EncodedFamily {
  const { family } = segments
  for (const id of segments.ids) {
    if (id > MAX_ID)
      throw new RangeError(`a range table holds at most ${MAX_ID.toLocaleString('en')} companies, and this one has an id of ${id}`)
  }
  const line = toLine(segments)
  if (line.count === 0 || (line.count === 1 && line.ids[0] === 0)) return { family, cuts: [], shards: [] }
  const cuts = cutPoints(line, Math.min(shardCount, Math.floor(line.count / FEWEST_SEGMENTS_A_SHARD)))
  let seen = freshBase(segments.ids)
  const shards = cuts.map((from, index) => {
    const slice = sliceOf(line, from, cuts[index + 1])
    const shard = encodeShard(slice, from, seen)
    seen = Math.max(seen, highestId(slice))
    return shard
  })
  return { family, cuts, shards }
}

/** Cut points at equal numbers of segments, moved down to where a cut may be: IPv6 is cut at /48 borders only. */
function cutPoints({ family, count, high, low }: Line, wanted: number): number[] {
  const cuts = [0]
  for (let shard = 1; shard < wanted; shard++) {
    const index = Math.floor((count * shard) / wanted)
    const cut = family === 4 ? (high[index] ?? 0) : (high[index] ?? 0) * 65536 + ((low[index] ?? 0) >>> 16)
    if (cut > (cuts[cuts.length - 1] ?? 0)) cuts.push(cut)
  }
  return cuts
}

/**
 * The highest id that was met before the first fresh one. IPv4 begins with id 1, so it is 0; the companies of IPv6
 * are mostly known from IPv4, and the new ones go on from there: the last unbroken run of new highest ids tells where.
 */
function freshBase(ids: Uint32Array): number {
  let highest = 0
  let runBegin = 1
  for (const id of ids) {
    if (id <= highest) continue
    if (id !== highest + 1) runBegin = id
    highest = id
  }
  return runBegin - 1
}

/** The part of a line from the cut `from` to before the cut `to`, begun at the cut itself. */
function sliceOf(line: Line, from: number, to: number | undefined): Line {
  const begin = from === 0 ? 0 : lowerBound(line, from, true) - 1
  const end = to === undefined ? line.count : lowerBound(line, to, false)
  const high = line.high.slice(begin, end)
  const low = line.low.slice(begin, end)
  high[0] = line.family === 4 ? from : Math.floor(from / 65536)
  low[0] = line.family === 4 ? 0 : (from % 65536) * 65536
  const fine: number[] = []
  for (let at = 0; at < line.fine.length; at += 5) {
    const cut = (line.fine[at] ?? 0) * 65536 + ((line.fine[at + 1] ?? 0) >>> 16)
    if (cut >= from && (to === undefined || cut < to)) fine.push(...line.fine.slice(at, at + 5))
  }
  return { family: line.family, count: end - begin, high, low, ids: line.ids.slice(begin, end), fine }
}

/** The first segment that begins at or after a cut, or only after it. */
function lowerBound({ family, count, high, low }: Line, cut: number, after: boolean): number {
  const cutHigh = family === 4 ? cut : Math.floor(cut / 65536)
  const cutLow = family === 4 ? 0 : (cut % 65536) * 65536
  let first = 0
  let end = count
  while (first < end) {
    const middle = (first + end) >>> 1
    const difference = (high[middle] ?? 0) - cutHigh || (low[middle] ?? 0) - cutLow
    if (after ? difference <= 0 : difference < 0) first = middle + 1
    else end = middle
  }
  return first
}
