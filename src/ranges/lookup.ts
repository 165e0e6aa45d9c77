/**
 * The search inside a shard, once for each family: chunk → block → group → segment → symbol → id.
 *
 * Two rules make it fast. It touches few cache lines: the top index, the starts, the block's record (one line), and the
 * overflow if the id is written out. And it has few branches that cannot be foretold: one that the processor guesses
 * wrong costs as much as walking ten steps.
 */
import { signed } from './address.ts'
import { BLOCK, HEADER, IDS, MAX_ID, PLACE, RECORD, windowOf } from './format.ts'
import type { Shard } from './shard.ts'

const { codesOfGroup: CODES_OF_GROUP } = BLOCK
const { ids: IDS_AT, codes: CODES_AT, symbols: SYMBOLS_AT, fifthBits: FIFTH_BITS_AT } = RECORD
const { freshShift: FRESH_SHIFT, freshMask: FRESH_MASK, unitShift: UNIT_SHIFT } = IDS
const { mask: PLACE_MASK, bookShift: BOOK_SHIFT } = PLACE
const ID_MASK = MAX_ID

// Unsigned words are compared as signed ones with their highest bit flipped (`^ FLIP`): V8 adds and compares signed
// words without looking whether they still fit. Array reads are written out (`array[i] ?? 0`) and not put in a function
// of their own: V8 stops inlining after so many, and then each read is a call. Sums end in `| 0`, or V8 asks of each whether it still fits.
const FLIP = 0x80000000 | 0

/** The id of the IPv4 address parsed last, 0 = nobody. */
export function lookup4(shard: Shard): number {
  const { words, bytes, topLast, starts } = shard
  const address = signed[0] ?? 0
  const order = address ^ FLIP
  const chunk = ((address - shard.first) >>> shard.topShift) | 0
  const place = (shard.top + (chunk < topLast ? chunk : topLast)) | 0
  let block = words[place] ?? 0
  let rest = ((words[(place + 1) | 0] ?? 0) - block) | 0
  while (rest > 0) {
    const half = (rest + 1) >>> 1
    block = (block + (half & (isBelow(address, words[(starts + block + half) | 0] ?? 0) - 1))) | 0
    rest = (rest - half) | 0
  }
  const record = (shard.records + (block << 4)) | 0
  const group =
    (3 -
      isBelow(address, words[record] ?? 0) -
      isBelow(address, words[(record + 1) | 0] ?? 0) -
      isBelow(address, words[(record + 2) | 0] ?? 0)) |
    0
  const inFirst = (group - 1) >> 31
  const boundary = words[((starts + block) & inFirst) | ((record + group - 1) & ~inFirst)] ?? 0
  const begin = ((record << 2) + CODES_AT + Math.imul(group, CODES_OF_GROUP)) | 0
  let walked = walk(shard, words, bytes, boundary, order, begin, 0)
  if (walked < 0) walked = walkSlowly(shard, record, block, boundary, order, begin, 0)
  return idOf(shard, record, block, (group << 3) + walked)
}

/** The id of the IPv6 address parsed last, 0 = nobody. */
export function lookup6(shard: Shard): number {
  const { words, bytes, topLast, starts, unit: topUnit, blocks } = shard
  const addressHigh = signed[0] ?? 0
  const addressLow = signed[1] ?? 0
  const inside = (addressHigh ^ shard.begin) >>> topUnit === 0
  const chunk = ((windowOf(addressHigh, addressLow, topUnit) - shard.first) >>> shard.topShift) | 0
  const place = (shard.top + (inside && chunk < topLast ? chunk : topLast)) | 0
  let block = words[place] ?? 0
  let rest = ((words[(place + 1) | 0] ?? 0) - block) | 0
  while (rest > 0) {
    const half = (rest + 1) >>> 1
    const at = (starts + block + half) | 0
    const start = words[at] ?? 0
    const differs = addressHigh ^ start
    const same = ((differs | -differs) >>> 31) ^ 1
    block = (block + (half & ((isBelow(addressHigh, start) | (same & isBelow(addressLow, words[(at + blocks) | 0] ?? 0))) - 1))) | 0
    rest = (rest - half) | 0
  }
  const start = (starts + block) | 0
  const startHigh = words[start] ?? 0
  const record = (shard.records + (block << 4)) | 0
  const unit = ((words[(record + IDS_AT) | 0] ?? 0) >>> UNIT_SHIFT) << 2
  // An address above all that the window can tell belongs to the last segment.
  const address = (addressHigh ^ startHigh) >>> unit === 0 ? windowOf(addressHigh, addressLow, unit) : -1
  const order = address ^ FLIP
  const group =
    (3 -
      isBelow(address, words[record] ?? 0) -
      isBelow(address, words[(record + 1) | 0] ?? 0) -
      isBelow(address, words[(record + 2) | 0] ?? 0)) |
    0
  const inFirst = (group - 1) >> 31
  const boundary =
    (windowOf(startHigh, words[(start + blocks) | 0] ?? 0, unit) & inFirst) | ((words[(record + group - 1) | 0] ?? 0) & ~inFirst)
  const begin = ((record << 2) + CODES_AT + Math.imul(group, CODES_OF_GROUP)) | 0
  let walked = walk(shard, words, bytes, boundary, order, begin, unit)
  if (walked < 0) walked = walkSlowly(shard, record, block, boundary, order, begin, unit)
  const id = idOf(shard, record, block, (group << 3) + walked)
  return id === FINE_MARK ? lookupFine(shard) : id
}

/**
 * How many boundaries of a group, whose codes begin at byte `begin`, are at or below the address; negative when one of
 * them on the way is told by no step (`walkSlowly` is for such groups).
 * @param boundary where the group begins @param order the address, its highest bit flipped
 */
function walk(shard: Shard, words: Int32Array, bytes: Uint8Array, from: number, order: number, begin: number, unit: number): number {
  const { steps } = shard
  const end = (begin + CODES_OF_GROUP) | 0
  let boundary = from
  let code = begin
  let step = words[(steps + (bytes[code] ?? 0)) | 0] ?? 0
  while (step !== 0) {
    const shift = step - unit
    boundary = ((boundary >>> shift) + (step >>> 8)) << shift
    if ((boundary ^ FLIP) > order) return (code - begin) | 0
    code = (code + 1) | 0
    if (code === end) return CODES_OF_GROUP
    step = words[(steps + (bytes[code] ?? 0)) | 0] ?? 0
  }
  return -1
}

/** As `walk`, for groups with a boundary that no step leads to: those stand before the block's overflow, the first of them last. */
function walkSlowly(shard: Shard, record: number, block: number, from: number, order: number, begin: number, unit: number): number {
  const { words, bytes, steps, overflow, places } = shard
  let place = overflow + ((words[places + block] ?? 0) & PLACE_MASK)
  for (let at = (record << 2) + CODES_AT; at < begin; at++) if (bytes[at] === 0) place -= 4
  let boundary = from
  for (let walked = 0; walked < CODES_OF_GROUP; walked++) {
    const step = words[steps + (bytes[begin + walked] ?? 0)] ?? 0
    if (step === 0) {
      place -= 4
      boundary = (bytes[place] ?? 0) | ((bytes[place + 1] ?? 0) << 8) | ((bytes[place + 2] ?? 0) << 16) | ((bytes[place + 3] ?? 0) << 24)
    } else boundary = ((boundary >>> (step - unit)) + (step >>> 8)) << (step - unit)
    if ((boundary ^ FLIP) > order) return walked
  }
  return CODES_OF_GROUP
}

/** 1 when `left` is below `right` as unsigned words, else 0 (Hacker's Delight, section 2-12: the borrow of a subtraction). */
function isBelow(left: number, right: number): number {
  return ((~left & right) | ((~left | right) & (left - right))) >>> 31
}

/** What `idOf` answers for a segment whose answer stands in the fine table; no id is negative. */
const FINE_MARK = -1

/** Id of segment `index` of a block; 0 = nobody. */
function idOf(shard: Shard, record: number, block: number, index: number): number {
  const { words } = shard
  const fifth = (((words[(record + FIFTH_BITS_AT) | 0] ?? 0) >>> index) & 1) << 4
  const symbol = fifth | (((words[(record + SYMBOLS_AT + (index >>> 3)) | 0] ?? 0) >>> ((index & 7) << 2)) & 15)
  const head = words[(record + IDS_AT) | 0] ?? 0
  const fresh = (head >>> FRESH_SHIFT) & FRESH_MASK
  // Nobody is symbol 0: then nothing is added to it.
  if (symbol <= fresh) return ((head & ID_MASK & (-symbol >> 31)) + symbol) | 0
  const place = words[(shard.places + block) | 0] ?? 0
  const inBook = place >>> BOOK_SHIFT
  const other = (symbol - fresh - 1) | 0
  const narrower = (shard.bookBits - shard.idBits) | 0
  const isInBook = (other - inBook) >> 31
  const width = (shard.idBits + (narrower & isInBook)) | 0
  const bit = (((shard.overflow + (place & PLACE_MASK)) << 3) + (Math.imul(inBook, narrower) & ~isInBook) + Math.imul(other, width)) | 0
  const at = bit >>> 5
  const told = (((words[at] ?? 0) >>> (bit & 31)) | (((words[(at + 1) | 0] ?? 0) << 1) << (31 - (bit & 31)))) & ((1 << width) - 1)
  const id = ((words[(shard.idBook + (told & isInBook)) | 0] ?? 0) & isInBook) | (told & ~isInBook)
  return id === 0 ? FINE_MARK : id
}

/** The last entry of the fine table that begins at or before the address parsed last; all 128 bits count. */
function lookupFine({ words, fineTable }: Shard): number {
  let low = 0
  let high = words[HEADER.fine >>> 2] ?? 0
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (beginsAtOrBefore(words, fineTable + middle * 5)) low = middle
    else high = middle
  }
  return words[fineTable + low * 5 + 4] ?? 0
}

function beginsAtOrBefore(words: Int32Array, place: number): boolean {
  for (let word = 0; word < 4; word++) {
    const difference = ((words[place + word] ?? 0) >>> 0) - ((signed[word] ?? 0) >>> 0)
    if (difference !== 0) return difference < 0
  }
  return true
}
