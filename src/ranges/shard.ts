/**
 * Opens a shard and finds the company of an address in it, in place: nothing is decoded up front, because an
 * isolate is short-lived and most of a shard is never looked at.
 *
 * Everything is verified before the first use; a value that is truncated, damaged, or belongs to another family
 * or slice is refused with a reason. The caller then keeps serving the previous version: silent garbage would
 * name the wrong company.
 *
 * How a caller finds a company: `parseAddress(text)` → family; `shardIndex(cuts, family)` → which shard;
 * `openShard(bytes, family, cuts[index])` once; `lookupParsed(shard)` → dense id or 0. Between the parse and
 * the lookup nothing may be awaited (or parsed again): the words of the parsed address live in one place.
 */
import { type Family, signed } from './address.ts'
import { idOfSegment } from './block.ts'
import {
  BLOCK,
  DIRECTORY,
  DIRECTORY_AT,
  FINE,
  FORMAT_VERSION,
  HEADER,
  i32,
  layout,
  MAGIC,
  paddedLength,
  STEPS,
  shardChecksum,
} from './format.ts'
import { prepare, TOP } from './prepare.ts'
import { walk4, walk6 } from './steps.ts'

export { shardIndex } from './cuts.ts'

/** Why a value is not taken for a shard. */
export type ShardFault = 'too-short' | 'magic' | 'version' | 'length' | 'checksum' | 'family' | 'slice' | 'layout'

/**
 * A verified shard. A reader of companies needs `family`, `highestId` and `view.byteLength`; the rest is for lookups.
 *
 * Its parts are places in one array and one view, not a typed array each: in a lookup of a hundred nanoseconds every
 * further object is a chain of memory reads that nothing can be done beside.
 */
export interface Shard {
  readonly family: Family
  readonly segments: number
  /** Highest dense id that occurs; 0 when the slice holds gaps only. */
  readonly highestId: number
  readonly view: DataView
  readonly words: Int32Array
  /** Expanded steps and top index, see `prepare.ts`. */
  readonly prepared: Int32Array
  /** Bits of a chunk of the top index, and the number of its last one. */
  readonly topShift: number
  readonly topLast: number
  /** Place in `words`. */
  readonly fineTable: number
  /** Places in `view`. */
  readonly stepBook: number
  readonly idBook: number
  readonly payload: number
}

/**
 * Verifies `bytes` and prepares them for lookups.
 * @param family the family asked for
 * @param from the cut asked for; a shard of another family or slice under this key is refused
 * @returns the shard, or (as a string) why it is none. Never throws.
 */
export function openShard(bytes: ArrayBuffer, family: Family, from: number): Shard | ShardFault {
  if (bytes.byteLength < HEADER.bytes || bytes.byteLength % 4 !== 0) return 'too-short'
  const view = new DataView(bytes)
  const words = new Int32Array(bytes)
  if (view.getUint32(HEADER.magic, true) !== MAGIC) return 'magic'
  if (view.getUint8(HEADER.version) !== FORMAT_VERSION) return 'version'
  if (view.getUint32(HEADER.length, true) !== bytes.byteLength) return 'length'
  // Words of typed arrays are in the machine's order, which is little-endian wherever Workers and Node run.
  if (view.getUint32(HEADER.crc32, true) !== shardChecksum(words)) return 'checksum'
  if (view.getUint8(HEADER.family) !== family) return 'family'
  if (view.getFloat64(HEADER.from, true) !== from) return 'slice'
  const segments = view.getUint32(HEADER.segments, true)
  const fine = view.getUint32(HEADER.fine, true)
  const steps = view.getUint16(HEADER.steps, true)
  const at = layout(family, segments, fine, steps, view.getUint16(HEADER.idBook, true))
  if (segments === 0 || steps > STEPS.short + STEPS.long || at.payload > bytes.byteLength) return 'layout'
  if (paddedLength(at.payload + view.getUint32(HEADER.payload, true)) !== bytes.byteLength) return 'layout'
  const { prepared, topShift, topLast } = prepare(family, view, at.stepBook, steps, words, at.blocks)
  return {
    family,
    segments,
    highestId: view.getUint32(HEADER.highestId, true),
    view,
    words,
    prepared,
    topShift,
    topLast,
    fineTable: at.fineTable >>> 2,
    stepBook: at.stepBook,
    idBook: at.idBook,
    payload: at.payload,
  }
}

/**
 * The dense id of the company whose range holds the address parsed last, 0 when it is nobody's.
 * The address must be of the shard's family and slice. Never throws, never allocates.
 */
export function lookupParsed(shard: Shard): number {
  return shard.family === 4 ? lookup4(shard) : lookup6(shard)
}

// What follows has hardly a branch. Which block, which group and which kind an address leads to cannot be foretold, and
// a branch that the processor guesses wrong costs as much as ten steps of arithmetic.

const STRIDE4 = DIRECTORY[4].words
const STRIDE6 = DIRECTORY[6].words
const FIRST = DIRECTORY_AT
const TOP_AT = TOP
const LOW = DIRECTORY.low
const BLOCK_SHIFT = BLOCK.shift

function lookup4(shard: Shard): number {
  const { words, prepared, topLast } = shard
  const address = i32(signed, 0)
  const chunk = ((address - i32(words, FIRST)) >>> shard.topShift) | 0
  const place = (TOP_AT + (chunk < topLast ? chunk : topLast)) | 0
  let block = i32(prepared, place)
  let rest = (i32(prepared, place + 1) - block) | 0
  while (rest > 0) {
    const half = (rest + 1) >>> 1
    block = (block + (half & (isBelow(address, i32(words, FIRST + Math.imul(block + half, STRIDE4))) - 1))) | 0
    rest = (rest - half) | 0
  }
  const entry = (FIRST + Math.imul(block, STRIDE4)) | 0
  const group =
    (3 - isBelow(address, i32(words, entry + 1)) - isBelow(address, i32(words, entry + 2)) - isBelow(address, i32(words, entry + 3))) | 0
  const payload = (shard.payload + i32(words, entry + 4)) | 0
  const index = walk4(shard, group, entry, payload, shard.segments - (block << BLOCK_SHIFT))
  return idOfSegment(shard, payload, i32(words, entry + 5), index)
}

function lookup6(shard: Shard): number {
  const { words, prepared, topLast } = shard
  const high = i32(signed, 0)
  const low = i32(signed, 1)
  const chunk = ((high - i32(words, FIRST)) >>> shard.topShift) | 0
  const place = (TOP_AT + (chunk < topLast ? chunk : topLast)) | 0
  let block = i32(prepared, place)
  let rest = (i32(prepared, place + 1) - block) | 0
  while (rest > 0) {
    const half = (rest + 1) >>> 1
    block = (block + (half & (isBelow64(words, FIRST + Math.imul(block + half, STRIDE6), high, low) - 1))) | 0
    rest = (rest - half) | 0
  }
  const entry = (FIRST + Math.imul(block, STRIDE6)) | 0
  const group =
    (3 - isBelow64(words, entry + 1, high, low) - isBelow64(words, entry + 2, high, low) - isBelow64(words, entry + 3, high, low)) | 0
  const payload = (shard.payload + i32(words, entry + 8)) | 0
  const index = walk6(shard, group, entry, payload, shard.segments - (block << BLOCK_SHIFT))
  const id = idOfSegment(shard, payload, i32(words, entry + 9), index)
  return id === FINE ? lookupFine(shard) : id
}

/** 1 when `left` is below `right` as unsigned words, else 0 (Hacker's Delight, section 2-12: the borrow of a subtraction). */
function isBelow(left: number, right: number): number {
  return ((~left & right) | ((~left | right) & (left - right))) >>> 31
}

/** 1 when the address is below the start whose halves stand at `place` and `DIRECTORY.low` words on, else 0. */
function isBelow64(words: Int32Array, place: number, high: number, low: number): number {
  const startHigh = i32(words, place)
  const differs = high ^ startHigh
  const same = ((differs | -differs) >>> 31) ^ 1
  return isBelow(high, startHigh) | (same & isBelow(low, i32(words, place + LOW)))
}

/** The last entry of the fine table that begins at or before the address parsed last; all 128 bits count. */
function lookupFine({ view, words, fineTable }: Shard): number {
  let low = 0
  let high = view.getUint32(HEADER.fine, true)
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (beginsAtOrBefore(words, fineTable + middle * 5)) low = middle
    else high = middle
  }
  return i32(words, fineTable + low * 5 + 4)
}

function beginsAtOrBefore(words: Int32Array, place: number): boolean {
  for (let word = 0; word < 4; word++) {
    const difference = (i32(words, place + word) >>> 0) - (i32(signed, word) >>> 0)
    if (difference !== 0) return difference < 0
  }
  return true
}
