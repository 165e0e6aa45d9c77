/**
 * Turns source rows, which nest and overlap, into segments: the address line of a family cut into maximal runs
 * with the same answer. The most specific row wins an address, then the source with the lower priority number,
 * then the row that was added first.
 *
 * Millions of rows pass through here, so rows and segments are columns of numbers (typed arrays), never objects:
 * memory is linear and small, and the garbage collector has nothing to visit.
 */
import type { Family } from '../ranges/address.ts'

/** 32-bit words of an address of each family. */
export const WORDS = { 4: 1, 6: 4 } as const

/** The whole address line of a family. Segment i runs from its start to one before the next start; the last to the end. */
export interface Segments {
  readonly family: Family
  readonly count: number
  /** First addresses, ascending, `WORDS[family]` words each, high to low. The first is address 0. */
  readonly starts: Uint32Array
  /** Company of each segment, 0 = nobody. Neighbours differ. */
  readonly ids: Uint32Array
}

/** Rows of one family as columns; grows by doubling. */
export class Rows {
  readonly family: Family
  count = 0
  firsts: Uint32Array
  lasts: Uint32Array
  companies: Uint32Array
  priorities: Uint8Array

  constructor(family: Family, capacity = 1024) {
    this.family = family
    this.firsts = new Uint32Array(capacity * WORDS[family])
    this.lasts = new Uint32Array(capacity * WORDS[family])
    this.companies = new Uint32Array(capacity)
    this.priorities = new Uint8Array(capacity)
  }

  /**
   * Adds one row. `first` and `last` hold `WORDS[family]` words from index 0, high to low, as `parsed` of
   * `ranges/address.ts` does; `company` is a number of the caller's choice from 1, or 0 for "nobody" (a hole that
   * beats less specific rows); `priority` is 0 to 255, the lower wins between rows of the same size.
   * @throws RangeError when `last` is before `first`.
   */
  add(first: ArrayLike<number>, last: ArrayLike<number>, company: number, priority: number): void {
    const words = WORDS[this.family]
    if (this.count === this.companies.length) this.#grow()
    const offset = this.count * words
    for (let word = 0; word < words; word++) {
      this.firsts[offset + word] = first[word] ?? 0
      this.lasts[offset + word] = last[word] ?? 0
    }
    if (compareWords(this.lasts, offset, this.firsts, offset, words) < 0) throw new RangeError('a range ends before it begins')
    this.companies[this.count] = company
    this.priorities[this.count] = priority
    this.count++
  }

  #grow(): void {
    const capacity = this.companies.length * 2
    const words = WORDS[this.family]
    this.firsts = enlarged(this.firsts, capacity * words)
    this.lasts = enlarged(this.lasts, capacity * words)
    this.companies = enlarged(this.companies, capacity)
    const priorities = new Uint8Array(capacity)
    priorities.set(this.priorities)
    this.priorities = priorities
  }
}

function enlarged(column: Uint32Array, length: number): Uint32Array {
  const larger = new Uint32Array(length)
  larger.set(column)
  return larger
}

/** Negative, zero or positive as the address at `left[i]` is below, at or above the one at `right[j]`. */
function compareWords(left: Uint32Array, i: number, right: Uint32Array, j: number, words: number): number {
  for (let word = 0; word < words; word++) {
    const difference = (left[i + word] ?? 0) - (right[j + word] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** What `flatten` made of the rows. */
export interface Flattened {
  readonly segments: Segments
  /** Rows that share at least one address with another row. */
  readonly overlaps: number
}

/** Flattens `rows` into segments. The rows themselves are left as they are. */
export function flatten(rows: Rows): Flattened {
  const { family, count, firsts, lasts, companies } = rows
  const words = WORDS[family]
  const order = orderByFirst(rows)
  const open = new OpenRows(rows)
  const out = new SegmentWriter(family, 2 * count + 1)
  const after = new Uint32Array(words)
  let overlaps = 0
  let next = 0
  while (next < count || open.size > 0) {
    const row = order[next] ?? 0
    const top = open.top()
    if (open.size > 0 && (next === count || compareWords(lasts, top * words, firsts, row * words, words) < 0)) {
      // The winning row ends before anything else begins: the next best row that is still open takes over.
      open.dropEndedWith(top)
      if (!successor(after, lasts, top * words, words)) break
      out.write(after, 0, open.size > 0 ? (companies[open.top()] ?? 0) : 0)
      continue
    }
    if (open.size > 0) overlaps++
    open.push(row)
    out.write(firsts, row * words, companies[open.top()] ?? 0)
    next++
  }
  return { segments: out.finish(), overlaps }
}

/**
 * Renumbers the companies of all families in place: dense ids from 1, in the order in which an address line
 * first meets them, family after family. The encoder stores an id that appears for the first time in no bits at all.
 * @returns the caller's company number for every dense id (index 0 is nobody).
 */
export function assignIds(families: readonly Segments[]): Uint32Array {
  let highest = 0
  for (const { ids } of families) for (const company of ids) if (company > highest) highest = company
  const dense = new Uint32Array(highest + 1)
  const companies = new Uint32Array(highest + 1)
  let count = 0
  for (const { ids } of families) {
    for (let index = 0; index < ids.length; index++) {
      const company = ids[index] ?? 0
      if (company === 0) continue
      if (dense[company] === 0) {
        dense[company] = ++count
        companies[count] = company
      }
      ids[index] = dense[company] ?? 0
    }
  }
  return companies.slice(0, count + 1)
}

/** The address after the one at `from[offset]` into `target`; false when there is none. */
function successor(target: Uint32Array, from: Uint32Array, offset: number, words: number): boolean {
  let carry = 1
  for (let word = words - 1; word >= 0; word--) {
    const sum = (from[offset + word] ?? 0) + carry
    target[word] = sum
    carry = sum > 0xffffffff ? 1 : 0
  }
  return carry === 0
}

/** Collects segments; merges equal neighbours, and lets a later answer for the same start replace the earlier one. */
class SegmentWriter {
  readonly #family: Family
  readonly #starts: Uint32Array
  readonly #ids: Uint32Array
  #count = 1

  constructor(family: Family, capacity: number) {
    this.#family = family
    this.#starts = new Uint32Array(capacity * WORDS[family])
    this.#ids = new Uint32Array(capacity)
  }

  write(address: Uint32Array, offset: number, id: number): void {
    const words = WORDS[this.#family]
    const last = this.#count - 1
    if (compareWords(this.#starts, last * words, address, offset, words) === 0) {
      this.#ids[last] = id
      if (last > 0 && this.#ids[last - 1] === id) this.#count--
      return
    }
    if (this.#ids[last] === id) return
    for (let word = 0; word < words; word++) this.#starts[this.#count * words + word] = address[offset + word] ?? 0
    this.#ids[this.#count++] = id
  }

  finish(): Segments {
    const words = WORDS[this.#family]
    return {
      family: this.#family,
      count: this.#count,
      starts: this.#starts.slice(0, this.#count * words),
      ids: this.#ids.slice(0, this.#count),
    }
  }
}

/** The rows that cover the current address, the winner on top: a binary heap of row numbers. */
class OpenRows {
  readonly #rows: Rows
  readonly #words: number
  readonly #heap: number[] = []

  constructor(rows: Rows) {
    this.#rows = rows
    this.#words = WORDS[rows.family]
  }

  get size(): number {
    return this.#heap.length
  }

  top(): number {
    return this.#heap[0] ?? 0
  }

  push(row: number): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(row)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] ?? 0
      if (!this.#beats(row, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = row
  }

  /** Removes `row`, which is the top, and whatever then surfaces that ended no later. */
  dropEndedWith(row: number): void {
    const { lasts } = this.#rows
    do this.#pop()
    while (this.size > 0 && compareWords(lasts, this.top() * this.#words, lasts, row * this.#words, this.#words) <= 0)
  }

  #pop(): void {
    const heap = this.#heap
    const moved = heap.pop()
    if (moved === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && this.#beats(heap[child + 1] ?? 0, heap[child] ?? 0)) child++
      const below = heap[child] ?? 0
      if (!this.#beats(below, moved)) break
      heap[index] = below
      index = child
    }
    heap[index] = moved
  }

  /** More specific first, then source priority, then the row added first. */
  #beats(left: number, right: number): boolean {
    const bySize = this.#compareSizes(left, right)
    if (bySize !== 0) return bySize < 0
    const byPriority = (this.#rows.priorities[left] ?? 0) - (this.#rows.priorities[right] ?? 0)
    return byPriority !== 0 ? byPriority < 0 : left < right
  }

  /** Sign of the difference of the rows' sizes: the sizes are subtracted word by word, borrow included. */
  #compareSizes(left: number, right: number): number {
    let result = 0
    let leftBorrow = 0
    let rightBorrow = 0
    for (let word = this.#words - 1; word >= 0; word--) {
      const a = this.#sizeWord(left, word, leftBorrow)
      const b = this.#sizeWord(right, word, rightBorrow)
      leftBorrow = a < 0 ? 1 : 0
      rightBorrow = b < 0 ? 1 : 0
      const difference = (a >>> 0) - (b >>> 0)
      if (difference !== 0) result = difference
    }
    return result
  }

  #sizeWord(row: number, word: number, borrow: number): number {
    const offset = row * this.#words + word
    return (this.#rows.lasts[offset] ?? 0) - (this.#rows.firsts[offset] ?? 0) - borrow
  }
}

/** Row numbers by first address, stable: radix sort of 16-bit digits, skipped when the source is in order already. */
function orderByFirst(rows: Rows): Uint32Array {
  const { count, firsts, family } = rows
  const words = WORDS[family]
  let order = new Uint32Array(count)
  let sorted = true
  for (let row = 0; row < count; row++) {
    order[row] = row
    if (row > 0 && sorted && compareWords(firsts, (row - 1) * words, firsts, row * words, words) > 0) sorted = false
  }
  if (sorted) return order
  let spare = new Uint32Array(count)
  for (let word = words - 1; word >= 0; word--) {
    for (const shift of [0, 16]) {
      const places = new Uint32Array(65537)
      const digit = (row: number): number => ((firsts[row * words + word] ?? 0) >>> shift) & 0xffff
      for (let row = 0; row < count; row++) places[digit(row) + 1] = (places[digit(row) + 1] ?? 0) + 1
      for (let value = 1; value <= 65536; value++) places[value] = (places[value] ?? 0) + (places[value - 1] ?? 0)
      for (const row of order) {
        const place = places[digit(row)] ?? 0
        spare[place] = row
        places[digit(row)] = place + 1
      }
      const filled = spare
      spare = order
      order = filled
    }
  }
  return order
}
