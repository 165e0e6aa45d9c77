/**
 * The main line of a family as the encoder works on it: segments whose boundaries have 32 bits (IPv4) or 64 (IPv6).
 *
 * Networks finer than /64 are rare, so their boundaries don't widen every other one: a /64 that holds such a
 * boundary is one segment with the id `FINE`, and what is inside it stands in the fine table, at 128 bits.
 */
import type { Family } from '../ranges/address.ts'
import { FINE } from '../ranges/format.ts'
import type { Segments } from './flatten.ts'

/** Columns of equal length; the first `count` entries are used. Neighbours have different ids, `FINE` ones aside. */
export interface Line {
  readonly family: Family
  readonly count: number
  /** IPv4: the address. IPv6: its first 32 bits. */
  readonly high: Uint32Array
  /** IPv6: the second 32 bits; zeros for IPv4. */
  readonly low: Uint32Array
  readonly ids: Uint32Array
  /** Entries of five words, by address: four of the address, then the id from there on. Each `FINE` /64 has one at its first address. */
  readonly fine: readonly number[]
}

/** The main line of flattened segments. Equal neighbours, which `flatten` never leaves, are merged here too. */
export function toLine({ family, count, starts, ids }: Segments): Line {
  const line = new LineWriter(family, count)
  if (family === 4) {
    for (let index = 0; index < count; index++) line.write(starts[index] ?? 0, 0, ids[index] ?? 0)
    return line
  }
  let before = 0
  for (let index = 0; index < count; index++) {
    const [a, b, c, d] = [starts[index * 4] ?? 0, starts[index * 4 + 1] ?? 0, starts[index * 4 + 2] ?? 0, starts[index * 4 + 3] ?? 0]
    const id = ids[index] ?? 0
    const whole = c === 0 && d === 0
    if (line.openFine && !(a === line.fineHigh && b === line.fineLow)) line.closeFine(before)
    if (whole) line.write(a, b, id)
    else {
      if (!line.openFine) line.beginFine(a, b, before)
      line.fine.push(a, b, c, d, id)
    }
    before = id
  }
  if (line.openFine) line.closeFine(before)
  return line
}

class LineWriter implements Line {
  readonly family: Family
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly ids: Uint32Array
  readonly fine: number[] = []
  count = 0
  /** Whether the /64 at `fineHigh`, `fineLow` is being written to the fine table. */
  openFine = false
  fineHigh = 0
  fineLow = 0

  constructor(family: Family, segments: number) {
    this.family = family
    // A boundary inside a /64 can become two: where the /64 begins and where it ends.
    this.high = new Uint32Array(family === 4 ? segments : segments * 2 + 1)
    this.low = new Uint32Array(this.high.length)
    this.ids = new Uint32Array(this.high.length)
  }

  write(high: number, low: number, id: number): void {
    const last = this.count - 1
    if (last >= 0 && this.high[last] === high && this.low[last] === low) {
      this.ids[last] = id
      if (last > 0 && this.ids[last - 1] === id) this.count--
      return
    }
    if (last >= 0 && this.ids[last] === id) return
    this.high[this.count] = high
    this.low[this.count] = low
    this.ids[this.count++] = id
  }

  /** From this /64 on the answer stands in the fine table; `before` is the id at its first address. */
  beginFine(high: number, low: number, before: number): void {
    this.openFine = true
    this.fineHigh = high
    this.fineLow = low
    this.fine.push(high, low, 0, 0, before)
    this.write(high, low, FINE)
  }

  /** The /64 is over: from the next one on the main line answers `id` again. */
  closeFine(id: number): void {
    this.openFine = false
    const low = (this.fineLow + 1) >>> 0
    const high = low === 0 ? this.fineHigh + 1 : this.fineHigh
    if (high <= 0xffffffff) this.write(high, low, id)
  }
}

/** Highest id that occurs in a line, the fine table included. */
export function highestId({ ids, count, fine }: Line): number {
  let highest = 0
  for (let index = 0; index < count; index++) {
    const id = ids[index] ?? 0
    if (id > highest && id !== FINE) highest = id
  }
  for (let at = 4; at < fine.length; at += 5) highest = Math.max(highest, fine[at] ?? 0)
  return highest
}
