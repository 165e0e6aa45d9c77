/**
 * The search inside a shard, once for each family: chunk → block → group → segment → symbol → id.
 *
 * Two rules make it fast. It touches few cache lines: the numbers, the top index, the block's start, its record (one line),
 * and the overflow if the id is written out. And it has few branches that cannot be foretold: a processor that guesses one
 * wrong throws away some twenty cycles' work, that of the next lookup included. So it walks a group to its end, reads an
 * overflow it may not need, and takes with a mask what it would else decide.
 */
import { signed } from './address.ts'
import { BLOCK, IDS, MAX_ID, PLACE, RECORD, START_WORDS, windowOf } from './format.ts'
import { NUMBER, STEPS_AT } from './prepare.ts'
import { TOP } from './top-index.ts'

// V8 takes a module's own constant for one, but reads what is imported anew each time. Array reads are written out
// (`words[i] ?? 0`) and not put in a function of their own: V8 stops inlining after so many, and then each read is a call.
// Sums end in `| 0`, or V8 asks of each whether it still fits. Words are compared as unsigned ones (`>>> 0`), which costs nothing.
const address = signed
const inWindow = windowOf
const STEPS = STEPS_AT
const ID_MASK = MAX_ID
const { 4: START_WORDS_4, 6: START_WORDS_6 } = START_WORDS
const { codesOfGroup: CODES_OF_GROUP } = BLOCK
const { ids: IDS_AT, codes: CODES_AT, symbols: SYMBOLS_AT } = RECORD
const { freshShift: FRESH_SHIFT, freshMask: FRESH_MASK, unitShift: UNIT_SHIFT } = IDS
const { mask: PLACE_MASK, bookShift: BOOK_SHIFT } = PLACE
const { blockMask: BLOCK_MASK, countShift: COUNT_SHIFT, mostCount: MOST_COUNT } = TOP
const { placeMask: NODE_PLACE_MASK, bitsShift: NODE_BITS_SHIFT, bitsMask: NODE_BITS_MASK } = TOP
const { unit: UNIT, begin: BEGIN, first: FIRST, lastOffset: LAST_OFFSET, topBits: TOP_BITS, top: TOP_AT } = NUMBER
const { starts: STARTS, records: RECORDS, lastBlock: LAST_BLOCK, overflow: OVERFLOW } = NUMBER
const { idBook: ID_BOOK, idBits: ID_BITS, bookBits: BOOK_BITS, fineTable: FINE_TABLE, fineEntries: FINE_ENTRIES } = NUMBER

/** What `idOf` answers for a segment whose answer stands in the fine table; no id is negative. */
const FINE_MARK = -1

/** 1 when `left` is below `right` as unsigned words, else 0. */
const isBelow = (left: number, right: number): number => Number(left >>> 0 < right >>> 0)

/** The leaf of the top index for an offset. */
const leafOf = (words: Int32Array, offset: number): number => {
  let bits = words[TOP_BITS] ?? 0
  const at = ((words[TOP_AT] ?? 0) + (offset >>> bits)) | 0
  let entry = words[at] ?? 0
  // Most first entries are nodes with leaves, or leaves, which are read again: neither is a branch.
  const isNode = entry >> 31
  const inside = offset & ((1 << bits) - 1)
  bits = (entry >>> NODE_BITS_SHIFT) & NODE_BITS_MASK
  entry = words[(at & ~isNode) + (((entry & NODE_PLACE_MASK) + (inside >>> bits)) & isNode)] ?? 0
  while (entry < 0) {
    const rest = offset & ((1 << bits) - 1)
    bits = (entry >>> NODE_BITS_SHIFT) & NODE_BITS_MASK
    entry = words[((entry & NODE_PLACE_MASK) + (rest >>> bits)) | 0] ?? 0
  }
  return entry
}

/** How many blocks that begin in a leaf's chunk are to be looked through. */
const countIn = (words: Int32Array, leaf: number): number => {
  const count = leaf >>> COUNT_SHIFT
  return count === MOST_COUNT ? ((words[LAST_BLOCK] ?? 0) - (leaf & BLOCK_MASK)) | 0 : count
}

/** The id of the IPv4 address parsed last, 0 = nobody. @param words an opened shard, see `prepare.ts` */
export function lookup4(words: Int32Array): number {
  const word = address[0] ?? 0
  const starts = words[STARTS] ?? 0
  const lastOffset = words[LAST_OFFSET] ?? 0
  const offset = (word - (words[FIRST] ?? 0)) | 0
  const leaf = leafOf(words, offset >>> 0 < lastOffset >>> 0 ? offset : lastOffset)
  let block = leaf & BLOCK_MASK
  let rest = countIn(words, leaf)
  // One step always: in a leaf without further blocks it leads nowhere.
  do {
    const half = (rest + 1) >>> 1
    const start = words[(starts + Math.imul(block + half, START_WORDS_4)) | 0] ?? 0
    block = (block + (half & (isBelow(word, start) - 1))) | 0
    rest = (rest - half) | 0
  } while (rest > 0)
  const startAt = (starts + Math.imul(block, START_WORDS_4)) | 0
  const placeAt = (startAt + 1) | 0
  const record = ((words[RECORDS] ?? 0) + (block << 4)) | 0
  const group =
    (3 - isBelow(word, words[record] ?? 0) - isBelow(word, words[(record + 1) | 0] ?? 0) - isBelow(word, words[(record + 2) | 0] ?? 0)) | 0
  const isFirst = (group - 1) >> 31
  const from = words[(startAt & isFirst) | ((record + group - 1) & ~isFirst)] ?? 0
  const codesAt = (record + CODES_AT + (group << 1)) | 0
  let walked = walk(words, codesAt, from, word, 0)
  if (walked < 0) walked = walkSlowly(words, record, placeAt, group, from, word, 0)
  const fifth = (((words[(codesAt + 1) | 0] ?? 0) >>> 24) >>> walked) & 1
  const symbol = (fifth << 4) | (((words[(record + SYMBOLS_AT + group) | 0] ?? 0) >>> (walked << 2)) & 15)
  return idOf(words, record, placeAt, symbol)
}

/** The id of the IPv6 address parsed last, 0 = nobody. */
export function lookup6(words: Int32Array): number {
  const high = address[0] ?? 0
  const low = address[1] ?? 0
  const starts = words[STARTS] ?? 0
  const lastOffset = words[LAST_OFFSET] ?? 0
  const topUnit = words[UNIT] ?? 0
  const isInside = (high ^ (words[BEGIN] ?? 0)) >>> topUnit === 0
  const offset = (inWindow(high, low, topUnit) - (words[FIRST] ?? 0)) | 0
  const leaf = leafOf(words, isInside && offset >>> 0 < lastOffset >>> 0 ? offset : lastOffset)
  let block = leaf & BLOCK_MASK
  let rest = countIn(words, leaf)
  do {
    const half = (rest + 1) >>> 1
    const at = (starts + Math.imul(block + half, START_WORDS_6)) | 0
    const startHigh = words[at] ?? 0
    const isSame = Number(high === startHigh)
    const isBefore = isBelow(high, startHigh) | (isSame & isBelow(low, words[(at + 1) | 0] ?? 0))
    block = (block + (half & (isBefore - 1))) | 0
    rest = (rest - half) | 0
  } while (rest > 0)
  const startAt = (starts + Math.imul(block, START_WORDS_6)) | 0
  const placeAt = (startAt + 2) | 0
  const startHigh = words[startAt] ?? 0
  const record = ((words[RECORDS] ?? 0) + (block << 4)) | 0
  const unit = ((words[(record + IDS_AT) | 0] ?? 0) >>> UNIT_SHIFT) << 2
  // An address above all that the window can tell belongs to the last segment.
  const word = (high ^ startHigh) >>> unit === 0 ? inWindow(high, low, unit) : -1
  const group =
    (3 - isBelow(word, words[record] ?? 0) - isBelow(word, words[(record + 1) | 0] ?? 0) - isBelow(word, words[(record + 2) | 0] ?? 0)) | 0
  const isFirst = (group - 1) >> 31
  const start = inWindow(startHigh, words[(startAt + 1) | 0] ?? 0, unit)
  const from = (start & isFirst) | ((words[(record + group - 1) | 0] ?? 0) & ~isFirst)
  const codesAt = (record + CODES_AT + (group << 1)) | 0
  let walked = walk(words, codesAt, from, word, unit)
  if (walked < 0) walked = walkSlowly(words, record, placeAt, group, from, word, unit)
  const fifth = (((words[(codesAt + 1) | 0] ?? 0) >>> 24) >>> walked) & 1
  const symbol = (fifth << 4) | (((words[(record + SYMBOLS_AT + group) | 0] ?? 0) >>> (walked << 2)) & 15)
  const id = idOf(words, record, placeAt, symbol)
  return id === FINE_MARK ? lookupFine(words) : id
}

/**
 * How many boundaries of a group behind its first are at or below an address; negative when one of them is told by no step
 * (`walkSlowly` is for such groups).
 * @param codesAt where its two words of codes are @param from where the group begins
 */
const walk = (words: Int32Array, codesAt: number, from: number, word: number, unit: number): number => {
  let left = words[codesAt] ?? 0
  let next = words[(codesAt + 1) | 0] ?? 0
  let boundary = from
  let untold = 0
  let isBehind = 1
  let walked = 0
  for (let code = 0; code < CODES_OF_GROUP; code++) {
    const step = words[STEPS + (left & 255)] ?? 0
    left = (left >>> 8) | (next << 24)
    next >>>= 8
    untold |= step
    const shift = step - unit
    boundary = ((boundary >>> shift) + (step >>> 8)) << shift
    // Behind a block's end boundaries may begin anew at 0: what is behind one that is above the address counts no more.
    isBehind &= Number(boundary >>> 0 <= word >>> 0)
    walked = (walked + isBehind) | 0
  }
  return untold < 0 ? -1 : walked
}

/** As `walk`, for groups with a boundary that no step leads to: those stand before the block's overflow, the first of them last. */
function walkSlowly(words: Int32Array, record: number, placeAt: number, group: number, from: number, word: number, unit: number): number {
  const codes = (record + CODES_AT) | 0
  let apart = ((words[OVERFLOW] ?? 0) + ((words[placeAt] ?? 0) & PLACE_MASK)) | 0
  for (let at = codes; at < codes + group * 2; at += 2)
    apart -= (zeroBytes(words[at] ?? 0) + zeroBytes((words[at + 1] ?? 0) | FIFTH_BITS)) << 2
  let boundary = from
  for (let walked = 0; walked < CODES_OF_GROUP; walked++) {
    const code = ((words[codes + group * 2 + (walked >>> 2)] ?? 0) >>> ((walked & 3) << 3)) & 255
    const step = words[STEPS + code] ?? 0
    if (step < 0) {
      apart -= 4
      boundary = bitsAt(words, apart << 3, -1)
    } else boundary = ((boundary >>> (step - unit)) + (step >>> 8)) << (step - unit)
    if (boundary >>> 0 > word >>> 0) return walked
  }
  return CODES_OF_GROUP
}

/** The byte of a group's second word that is no code. */
const FIFTH_BITS = 0xff000000 | 0

/** How many of a word's four bytes are zero (Hacker's Delight, section 6-1: their highest bits are left, and a product adds those up). */
function zeroBytes(word: number): number {
  const zeros = ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f) >>> 7
  return Math.imul(zeros, 0x01010101) >>> 24
}

/** The bits of `mask` from bit `bit` of the words on. */
const bitsAt = (words: Int32Array, bit: number, mask: number): number => {
  const at = bit >>> 5
  return (((words[at] ?? 0) >>> (bit & 31)) | (((words[(at + 1) | 0] ?? 0) << 1) << (31 - (bit & 31)))) & mask
}

/** Id of a symbol of a block, or `FINE_MARK`; 0 = nobody. @param placeAt where the block's place stands */
const idOf = (words: Int32Array, record: number, placeAt: number, symbol: number): number => {
  const place = words[placeAt] ?? 0
  const head = words[(record + IDS_AT) | 0] ?? 0
  const other = (symbol - ((head >>> FRESH_SHIFT) & FRESH_MASK) - 1) | 0
  const isFresh = other >> 31
  // Nobody is symbol 0: then nothing is added to it.
  const fresh = ((head & ID_MASK & (-symbol >> 31)) + symbol) | 0
  const idBits = words[ID_BITS] ?? 0
  const inBook = place >>> BOOK_SHIFT
  const narrower = ((words[BOOK_BITS] ?? 0) - idBits) | 0
  const isInBook = ((other - inBook) >> 31) & ~isFresh
  const width = (idBits + (narrower & isInBook)) | 0
  const byte = ((words[OVERFLOW] ?? 0) + (place & PLACE_MASK)) | 0
  const bit = ((byte << 3) + (Math.imul(inBook, narrower) & ~isInBook) + Math.imul(other, width)) | 0
  // For a fresh id the record is read, which is at hand.
  const told = bitsAt(words, (bit & ~isFresh) | ((record << 5) & isFresh), ((1 << width) - 1) | 0)
  const booked = words[((words[ID_BOOK] ?? 0) + (told & isInBook)) | 0] ?? 0
  const known = (booked & isInBook) | (told & ~isInBook)
  return (fresh & isFresh) | ((known | -Number(known === 0)) & ~isFresh)
}

/** The last entry of the fine table that begins at or before the address parsed last; all 128 bits count. */
function lookupFine(words: Int32Array): number {
  const fineTable = words[FINE_TABLE] ?? 0
  let low = 0
  let high = words[FINE_ENTRIES] ?? 0
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (beginsAtOrBefore(words, fineTable + middle * 5)) low = middle
    else high = middle
  }
  return words[fineTable + low * 5 + 4] ?? 0
}

function beginsAtOrBefore(words: Int32Array, place: number): boolean {
  for (let word = 0; word < 4; word++) {
    const difference = ((words[place + word] ?? 0) >>> 0) - ((address[word] ?? 0) >>> 0)
    if (difference !== 0) return difference < 0
  }
  return true
}
