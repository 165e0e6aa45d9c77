/**
 * Cuts a line into blocks of up to 32 segments and writes one after the other, as `RECORD` in `ranges/format.ts` says
 * and `ranges/lookup.ts` reads.
 *
 * A block ends early where one more segment would not fit: more than 31 companies, or (IPv6) boundaries that need more
 * than 32 bits. Both are rare.
 */
import { BLOCK, bitsOf, FINE, IDS, MAX_ID, NOBODY, PLACE, RECORD, windowOf } from '../ranges/format.ts'
import type { ToldIds } from './id-book.ts'
import type { Line } from './line.ts'
import { type Step, stepsTo } from './step-book.ts'

const STEP_VALUES = 64 * 256
/** More than the largest block can take: 28 boundaries and 31 ids. */
const LARGEST_OVERFLOW = 256

/** Code of every step of the book, from 1; 0 for the others. */
export function stepCodes(book: readonly Step[]): Uint8Array {
  const codes = new Uint8Array(STEP_VALUES)
  for (const [place, step] of book.entries()) codes[step] = place + 1
  return codes
}

/** Segments `begin` to before `end` of a line, and how many low bits are left out of their boundaries. */
export interface Block {
  readonly begin: number
  readonly end: number
  readonly unit: number
}

export function blocksOf(line: Line): Block[] {
  const blocks: Block[] = []
  for (let begin = 0; begin < line.count; begin = blocks[blocks.length - 1]?.end ?? line.count) blocks.push(blockAt(line, begin))
  return blocks
}

function blockAt({ family, count, high, low, ids }: Line, begin: number): Block {
  const companies = new Set<number>()
  const startHigh = high[begin] ?? 0
  const most = Math.min(count, begin + BLOCK.segments)
  let unit = 0
  let zeros = 32
  let end = begin
  for (; end < most; end++) {
    const id = ids[end] ?? 0
    if (id !== 0) companies.add(id)
    if (companies.size > BLOCK.mostSymbols) break
    if (family === 4 || end === begin) continue
    // Bits above the window must be those of the start: it has to begin high enough, and below it all must be zero.
    const needed = roundedUp(32 - Math.clz32((high[end] ?? 0) ^ startHigh))
    const word = low[end] ?? 0
    zeros = Math.min(zeros, word === 0 ? 32 : 31 - Math.clz32(word & -word))
    if (needed > Math.min(zeros, IDS.highestUnit)) break
    unit = needed
  }
  return { begin, end, unit }
}

const roundedUp = (unit: number): number => Math.ceil(unit / IDS.unitStep) * IDS.unitStep

/** The records of a shard and its overflow, block after block; the first `length` bytes of `overflow` are written. */
export class BlockWriter {
  readonly records: Uint32Array
  readonly places: Uint32Array
  overflow = new Uint8Array(1 << 16)
  length = 0
  readonly #line: Line
  readonly #codes: Uint8Array
  readonly #idBits: number
  readonly #bookBits: number
  /** Place of every id of the id book. */
  readonly #book: ReadonlyMap<number, number>
  readonly #bytes: Uint8Array
  readonly #steps = new Uint16Array(64)
  readonly #symbols = new Uint8Array(BLOCK.segments)
  #count = 0

  constructor(line: Line, codes: Uint8Array, blocks: number, highestId: number, idBook: readonly number[]) {
    this.#line = line
    this.#codes = codes
    this.#idBits = bitsOf(highestId)
    this.#bookBits = bitsOf(idBook.length - 1)
    this.#book = new Map(idBook.map((id, place) => [id, place]))
    this.records = new Uint32Array(blocks * RECORD.words)
    this.places = new Uint32Array(blocks)
    this.#bytes = new Uint8Array(this.records.buffer)
  }

  /** Appends a block. @param told its ids @param seen one less than the first fresh id */
  write(block: Block, { fresh, others }: ToldIds, seen: number): void {
    this.#reserve()
    const known = others.filter((id) => this.#book.has(id))
    const written = others.filter((id) => !this.#book.has(id))
    const record = this.#count * RECORD.words
    this.#nameSymbols(block, seen, fresh, [...known, ...written])
    this.#writeBoundaries(block, record)
    if (this.length > PLACE.mask) throw new RangeError('a shard of a range table has become too large: cut the table into more shards')
    this.places[this.#count++] = this.length | (known.length << PLACE.bookShift)
    this.records[record + RECORD.ids] = (seen & MAX_ID) | (fresh << IDS.freshShift) | ((block.unit / IDS.unitStep) << IDS.unitShift)
    for (const [index, symbol] of this.#symbols.entries()) {
      this.#addBits(record + RECORD.symbols + (index >>> 3), (symbol & 15) << ((index & 7) * 4))
      this.#addBits(record + RECORD.codes + ((index >>> 3) << 1) + 1, (symbol >>> 4) << (24 + (index & 7)))
    }
    const at = this.#writeFields(
      known.map((id) => this.#book.get(id) ?? 0),
      this.#bookBits,
      this.length * 8,
    )
    this.#writeFields(written, this.#idBits, at)
  }

  #addBits(word: number, bits: number): void {
    this.records[word] = (this.records[word] ?? 0) | bits
  }

  /** Gives each segment its symbol. */
  #nameSymbols({ begin, end }: Block, seen: number, fresh: number, others: readonly number[]): void {
    const { ids } = this.#line
    let symbol: number = NOBODY
    for (let index = begin; index < begin + BLOCK.segments; index++) {
      if (index < end) {
        const id = ids[index] ?? 0
        const isFresh = id > seen && id <= seen + fresh
        symbol = id === 0 ? NOBODY : isFresh ? id - seen : fresh + 1 + others.indexOf(id === FINE ? 0 : id)
      }
      this.#symbols[index - begin] = symbol
    }
  }

  /** Starts of the groups and codes of the boundaries inside them; those without a step are written to the overflow. */
  #writeBoundaries({ begin, end, unit }: Block, record: number): void {
    const apart: number[] = []
    for (let inside = 1; inside < BLOCK.segments; inside++) {
      const group = Math.floor(inside / BLOCK.group)
      const exists = begin + inside < end
      if (inside % BLOCK.group === 0) {
        this.records[record + group - 1] = exists ? this.#boundary(begin + inside, unit) : 0xffffffff
        continue
      }
      const code = exists ? this.#codeOf(begin + inside, unit) : PAST_THE_END
      this.#bytes[(record + RECORD.codes) * 4 + inside - 1] = code
      if (code === 0) apart.push(this.#boundary(begin + inside, unit))
    }
    for (const boundary of apart.toReversed()) this.#writeFields([boundary & 0xffff, boundary >>> 16], 16, this.length * 8)
  }

  #boundary(index: number, unit: number): number {
    const { family, high, low } = this.#line
    if (family === 4) return high[index] ?? 0
    return windowOf(high[index] ?? 0, low[index] ?? 0, unit) >>> 0
  }

  #codeOf(index: number, unit: number): number {
    const found = stepsTo(this.#line, index, this.#steps, 0)
    for (let at = 0; at < found; at++) {
      const step = this.#steps[at] ?? 0
      const code = this.#codes[step] ?? 0
      const shift = (step >>> 8) - unit
      if (code !== 0 && shift >= 0 && shift < 32) return code
    }
    return 0
  }

  /** Writes fields of `width` bits, lowest bit first, from bit `at` of the overflow on; returns the bit behind them. */
  #writeFields(fields: ArrayLike<number>, width: number, at: number): number {
    let byte = at >>> 3
    let bits = at & 7
    let held = bits === 0 ? 0 : (this.overflow[byte] ?? 0)
    for (let index = 0; index < fields.length; index++) {
      // At most 7 bits wait here, so with 24 more nothing is lost.
      held |= (fields[index] ?? 0) << bits
      for (bits += width; bits >= 8; bits -= 8) {
        this.overflow[byte++] = held & 0xff
        held >>>= 8
      }
    }
    if (bits > 0) this.overflow[byte] = held & 0xff
    this.length = bits > 0 ? byte + 1 : byte
    return byte * 8 + bits
  }

  #reserve(): void {
    if (this.overflow.length - this.length >= LARGEST_OVERFLOW) return
    const larger = new Uint8Array(this.overflow.length * 2)
    larger.set(this.overflow)
    this.overflow = larger
  }
}

/** A code for segments that a block lacks. Any will do but 0, in the book or not: whatever it leads to has the last symbol. */
const PAST_THE_END = 1
