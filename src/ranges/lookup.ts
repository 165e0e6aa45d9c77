/**
 * The search inside a shard, once for each family: chunk → block → group → segment → symbol → id.
 *
 * Two rules make it fast. It touches few cache lines: the numbers, the top index, the block's start, its record (one line),
 * and the overflow if the id is written out. And it has few branches that cannot be foretold: one that the processor guesses
 * wrong costs as much as walking ten steps.
 */
import { signed } from './address.ts'
import { BLOCK, IDS, MAX_ID, PLACE, RECORD, START_WORDS, windowOf } from './format.ts'
import { NUMBER, STEPS_AT, TOP } from './prepare.ts'

const { codesOfGroup: CODES_OF_GROUP } = BLOCK
const { ids: IDS_AT, codes: CODES_AT, symbols: SYMBOLS_AT, fifthBits: FIFTH_BITS_AT } = RECORD
const { freshShift: FRESH_SHIFT, freshMask: FRESH_MASK, unitShift: UNIT_SHIFT } = IDS
const { mask: PLACE_MASK, bookShift: BOOK_SHIFT } = PLACE
const { blockMask: BLOCK_MASK, countShift: COUNT_SHIFT, mostCount: MOST_COUNT } = TOP
const ID_MASK = MAX_ID

// Unsigned words are compared as signed ones with their highest bit flipped (`^ FLIP`): V8 adds and compares signed
// words without looking whether they still fit. Array reads are written out (`array[i] ?? 0`) and not put in a function
// of their own: V8 stops inlining after so many, and then each read is a call. Sums end in `| 0`, or V8 asks of each whether it still fits.
const FLIP = 0x80000000 | 0

/**
 * The id of the IPv4 address parsed last, 0 = nobody.
 * @param words an opened shard, see `prepare.ts`
 */
export function lookup4(words: Int32Array): number {
  const address = signed[0] ?? 0
  const order = address ^ FLIP
  const starts = words[NUMBER.starts] ?? 0
  const topLast = words[NUMBER.topLast] ?? 0
  const chunk = ((address - (words[NUMBER.first] ?? 0)) >>> (words[NUMBER.topShift] ?? 0)) | 0
  const top = words[((words[NUMBER.top] ?? 0) + (chunk < topLast ? chunk : topLast)) | 0] ?? 0
  let block = top & BLOCK_MASK
  let rest = top >>> COUNT_SHIFT
  if (rest === MOST_COUNT) rest = ((words[NUMBER.lastBlock] ?? 0) - block) | 0
  while (rest > 0) {
    const half = (rest + 1) >>> 1
    block = (block + (half & (isBelow(address, words[(starts + ((block + half) << 1)) | 0] ?? 0) - 1))) | 0
    rest = (rest - half) | 0
  }
  const start = (starts + (block << 1)) | 0
  const record = ((words[NUMBER.records] ?? 0) + (block << 4)) | 0
  const group =
    (3 -
      isBelow(address, words[record] ?? 0) -
      isBelow(address, words[(record + 1) | 0] ?? 0) -
      isBelow(address, words[(record + 2) | 0] ?? 0)) |
    0
  const inFirst = (group - 1) >> 31
  const boundary = words[(start & inFirst) | ((record + group - 1) & ~inFirst)] ?? 0
  const place = (start + 1) | 0
  let walked = walk(words, record, group, boundary, order, 0)
  if (walked < 0) walked = walkSlowly(words, record, place, group, boundary, order, 0)
  return idOf(words, record, place, ((group << 3) + walked) | 0)
}

/** The id of the IPv6 address parsed last, 0 = nobody. */
export function lookup6(words: Int32Array): number {
  const addressHigh = signed[0] ?? 0
  const addressLow = signed[1] ?? 0
  const starts = words[NUMBER.starts] ?? 0
  const topUnit = words[NUMBER.unit] ?? 0
  const topLast = words[NUMBER.topLast] ?? 0
  const inside = (addressHigh ^ (words[NUMBER.begin] ?? 0)) >>> topUnit === 0
  const chunk = ((windowOf(addressHigh, addressLow, topUnit) - (words[NUMBER.first] ?? 0)) >>> (words[NUMBER.topShift] ?? 0)) | 0
  const top = words[((words[NUMBER.top] ?? 0) + (inside && chunk < topLast ? chunk : topLast)) | 0] ?? 0
  let block = top & BLOCK_MASK
  let rest = top >>> COUNT_SHIFT
  if (rest === MOST_COUNT) rest = ((words[NUMBER.lastBlock] ?? 0) - block) | 0
  while (rest > 0) {
    const half = (rest + 1) >>> 1
    const at = (starts + Math.imul(block + half, START_WORDS[6])) | 0
    const start = words[at] ?? 0
    const differs = addressHigh ^ start
    const same = ((differs | -differs) >>> 31) ^ 1
    block = (block + (half & ((isBelow(addressHigh, start) | (same & isBelow(addressLow, words[(at + 1) | 0] ?? 0))) - 1))) | 0
    rest = (rest - half) | 0
  }
  const start = (starts + Math.imul(block, START_WORDS[6])) | 0
  const startHigh = words[start] ?? 0
  const record = ((words[NUMBER.records] ?? 0) + (block << 4)) | 0
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
  const boundary = (windowOf(startHigh, words[(start + 1) | 0] ?? 0, unit) & inFirst) | ((words[(record + group - 1) | 0] ?? 0) & ~inFirst)
  const place = (start + 2) | 0
  let walked = walk(words, record, group, boundary, order, unit)
  if (walked < 0) walked = walkSlowly(words, record, place, group, boundary, order, unit)
  const id = idOf(words, record, place, ((group << 3) + walked) | 0)
  return id === FINE_MARK ? lookupFine(words) : id
}

/**
 * How many boundaries of a group behind its first are at or below the address; negative when one of them on the way
 * is told by no step (`walkSlowly` is for such groups).
 * @param from where the group begins @param order the address, its highest bit flipped
 */
function walk(words: Int32Array, record: number, group: number, from: number, order: number, unit: number): number {
  const lane = group << 3
  const begin = (record + CODES_AT) | 0
  const end = (begin + CODES_OF_GROUP) | 0
  let boundary = from
  let code = begin
  let step = words[(STEPS_AT + (((words[code] ?? 0) >>> lane) & 255)) | 0] ?? 0
  while (step !== 0) {
    const shift = step - unit
    boundary = ((boundary >>> shift) + (step >>> 8)) << shift
    if ((boundary ^ FLIP) > order) return (code - begin) | 0
    code = (code + 1) | 0
    if (code === end) return CODES_OF_GROUP
    step = words[(STEPS_AT + (((words[code] ?? 0) >>> lane) & 255)) | 0] ?? 0
  }
  return -1
}

/** As `walk`, for groups with a boundary that no step leads to: those stand before the block's overflow, the first of them last. */
function walkSlowly(words: Int32Array, record: number, place: number, group: number, from: number, order: number, unit: number): number {
  const codes = (record + CODES_AT) | 0
  const lane = group << 3
  const before = (1 << lane) - 1
  let apart = ((words[NUMBER.overflow] ?? 0) + ((words[place] ?? 0) & PLACE_MASK)) | 0
  for (let index = 0; index < CODES_OF_GROUP; index++) apart = (apart - (zeroBytes((words[codes + index] ?? 0) | ~before) << 2)) | 0
  let boundary = from
  for (let walked = 0; walked < CODES_OF_GROUP; walked++) {
    const step = words[(STEPS_AT + (((words[codes + walked] ?? 0) >>> lane) & 255)) | 0] ?? 0
    if (step === 0) {
      apart = (apart - 4) | 0
      boundary = bitsAt(words, apart << 3, -1)
    } else boundary = ((boundary >>> (step - unit)) + (step >>> 8)) << (step - unit)
    if ((boundary ^ FLIP) > order) return walked
  }
  return CODES_OF_GROUP
}

/** How many of a word's four bytes are zero (Hacker's Delight, section 6-1: their highest bits are left, and a product adds those up). */
function zeroBytes(word: number): number {
  const zeros = ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f) >>> 7
  return Math.imul(zeros, 0x01010101) >>> 24
}

/** 1 when `left` is below `right` as unsigned words, else 0 (Hacker's Delight, section 2-12: the borrow of a subtraction). */
function isBelow(left: number, right: number): number {
  return ((~left & right) | ((~left | right) & (left - right))) >>> 31
}

/** The bits of `mask` from bit `bit` of the words on. */
function bitsAt(words: Int32Array, bit: number, mask: number): number {
  const at = bit >>> 5
  return (((words[at] ?? 0) >>> (bit & 31)) | (((words[(at + 1) | 0] ?? 0) << 1) << (31 - (bit & 31)))) & mask
}

/** What `idOf` answers for a segment whose answer stands in the fine table; no id is negative. */
const FINE_MARK = -1

/** Id of segment `index` of a block; 0 = nobody. */
function idOf(words: Int32Array, record: number, placeAt: number, index: number): number {
  const fifth = (((words[(record + FIFTH_BITS_AT) | 0] ?? 0) >>> index) & 1) << 4
  const symbol = fifth | (((words[(record + SYMBOLS_AT + (index >>> 3)) | 0] ?? 0) >>> ((index & 7) << 2)) & 15)
  const head = words[(record + IDS_AT) | 0] ?? 0
  const fresh = (head >>> FRESH_SHIFT) & FRESH_MASK
  // Nobody is symbol 0: then nothing is added to it.
  if (symbol <= fresh) return ((head & ID_MASK & (-symbol >> 31)) + symbol) | 0
  const place = words[placeAt] ?? 0
  const idBits = words[NUMBER.idBits] ?? 0
  const inBook = place >>> BOOK_SHIFT
  const other = (symbol - fresh - 1) | 0
  const narrower = ((words[NUMBER.bookBits] ?? 0) - idBits) | 0
  const isInBook = (other - inBook) >> 31
  const width = (idBits + (narrower & isInBook)) | 0
  const overflow = words[NUMBER.overflow] ?? 0
  const bit = (((overflow + (place & PLACE_MASK)) << 3) + (Math.imul(inBook, narrower) & ~isInBook) + Math.imul(other, width)) | 0
  const told = bitsAt(words, bit, ((1 << width) - 1) | 0)
  const id = ((words[((words[NUMBER.idBook] ?? 0) + (told & isInBook)) | 0] ?? 0) & isInBook) | (told & ~isInBook)
  return id === 0 ? FINE_MARK : id
}

/** The last entry of the fine table that begins at or before the address parsed last; all 128 bits count. */
function lookupFine(words: Int32Array): number {
  const fineTable = words[NUMBER.fineTable] ?? 0
  let low = 0
  let high = words[NUMBER.fineEntries] ?? 0
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
