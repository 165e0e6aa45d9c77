/**
 * Writes one block after the other: the kinds, steps and ids of up to 64 segments (`BLOCK`, `KIND`, `LISTED` and
 * `STEPS` in `ranges/format.ts`; `ranges/steps.ts` and `ranges/block.ts` read them).
 */
import { BLOCK, FINE, GROUP, KIND, LISTED, STEPS } from '../ranges/format.ts'
import type { Line } from './line.ts'
import { type Step, stepsTo } from './step-book.ts'

const STEP_VALUES = 64 * 256

/** Place in the step book of every step, or -1. */
export function stepPlaces(book: readonly Step[]): Int16Array {
  const places = new Int16Array(STEP_VALUES).fill(-1)
  for (const [place, step] of book.entries()) places[step] = place
  return places
}

/** How one segment's id is told. `value` is the byte of a listed segment. */
export interface Telling {
  kind: number
  value: number
}

/**
 * Decides how the id of segment `index` is told in a block that begins at segment `block`. Whether an id that is
 * `spelled` here stands in the id book is the caller's next question.
 * @param nextFresh the id that a fresh segment would have here
 */
export function tell(ids: Uint32Array, block: number, index: number, nextFresh: number, into: Telling): void {
  const id = ids[index] ?? 0
  into.value = 0
  const twoBefore = index - block < 2 ? 0 : (ids[index - 2] ?? 0)
  if (id === twoBefore) into.kind = KIND.alternate
  else if (id === nextFresh) into.kind = KIND.fresh
  else if (id === 0 || id === FINE) {
    into.kind = KIND.listed
    into.value = id === 0 ? LISTED.nobody : LISTED.fine
  } else {
    // The earliest segment with this id tells it itself, so that a reader follows one reference and no chain.
    let earlier = block
    while (earlier < index && ids[earlier] !== id) earlier++
    into.kind = earlier < index ? KIND.listed : KIND.spelled
    into.value = index - earlier
  }
}

/** The payload of a shard, block after block; `bytes` grows, and its first `length` bytes are written. */
export class BlockWriter {
  bytes = new Uint8Array(1 << 16)
  length = 0
  readonly #line: Line
  readonly #stepPlaces: Int16Array
  readonly #idPlaces: ReadonlyMap<number, number>
  readonly #telling: Telling = { kind: 0, value: 0 }
  readonly #steps = new Uint16Array(64)
  readonly #listed = new Uint8Array(BLOCK.segments)
  readonly #spelled = new Uint32Array(BLOCK.segments)

  /** @param idPlaces place in the id book by id */
  constructor(line: Line, places: Int16Array, idPlaces: ReadonlyMap<number, number>) {
    this.#line = line
    this.#stepPlaces = places
    this.#idPlaces = idPlaces
  }

  /**
   * Appends the block that begins at segment `begin`.
   * @param seen one less than the first fresh id
   * @param width bits of a written-out id
   */
  write(begin: number, seen: number, width: number): void {
    this.#reserve()
    const { ids, count } = this.#line
    const end = Math.min(count, begin + BLOCK.segments)
    const planes = [0, 0, 0, 0]
    let fresh = 0
    let listed = 0
    let spelled = 0
    for (let index = begin; index < end; index++) {
      const telling = this.#telling
      tell(ids, begin, index, seen + fresh + 1, telling)
      const place = telling.kind === KIND.spelled ? this.#idPlaces.get(ids[index] ?? 0) : undefined
      if (place !== undefined) {
        telling.kind = KIND.listed
        telling.value = LISTED.book + place
      }
      if (telling.kind === KIND.fresh) fresh++
      else if (telling.kind === KIND.listed) this.#listed[listed++] = telling.value
      else if (telling.kind === KIND.spelled) this.#spelled[spelled++] = ids[index] ?? 0
      const half = (index - begin) >>> 5
      const bit = (index - begin) & 31
      planes[half * 2] = (planes[half * 2] ?? 0) | ((telling.kind & 1) << bit)
      planes[half * 2 + 1] = (planes[half * 2 + 1] ?? 0) | ((telling.kind >> 1) << bit)
    }
    const view = new DataView(this.bytes.buffer, this.length)
    for (const [plane, bits] of planes.entries()) view.setUint32(plane * 4, bits, true)
    const steps = this.length + BLOCK.steps
    let at = steps
    for (let group = 0; begin + group * GROUP.segments < end; group++) {
      if (group > 0) this.bytes[this.length + BLOCK.groupSteps + group - 1] = (at - steps) / BLOCK.stepsUnit
      const first = begin + group * GROUP.segments
      at = this.#writeSteps(at, first, Math.min(end, first + GROUP.segments))
      if ((at - steps) % BLOCK.stepsUnit !== 0) at++
    }
    view.setUint16(BLOCK.listed, at - this.length, true)
    this.length = at
    this.bytes.set(this.#listed.subarray(0, listed), this.length)
    this.length += listed
    this.#writeFields(spelled, width)
  }

  /** Writes the steps between the segments `begin` to `end - 1` from byte `at` on; returns the byte behind them. */
  #writeSteps(at: number, begin: number, end: number): number {
    let nibble = at * 2
    for (let index = begin + 1; index < end; index++) {
      let place: number = STEPS.short + STEPS.long
      const found = stepsTo(this.#line, index, this.#steps, 0)
      for (let step = 0; step < found; step++) {
        const candidate = this.#stepPlaces[this.#steps[step] ?? 0] ?? -1
        if (candidate >= 0 && candidate < place) place = candidate
      }
      if (place < STEPS.short) this.#nibble(nibble++, place + 1)
      else {
        nibble = this.#byte(nibble + 1, place - STEPS.short)
        if (place === STEPS.short + STEPS.long) nibble = this.#writeOut(nibble, index)
      }
    }
    return (nibble + 1) >> 1
  }

  /** A step that is in no book, with the largest shift and so the smallest count. */
  #writeOut(nibble: number, index: number): number {
    const line = this.#line
    const position = (at: number): bigint =>
      line.family === 4 ? BigInt(line.high[at] ?? 0) : (BigInt(line.high[at] ?? 0) << 32n) | BigInt(line.low[at] ?? 0)
    const from = position(index - 1)
    const to = position(index)
    let shift = 0
    while (((to >> BigInt(shift)) & 1n) === 0n) shift++
    const count = ((to >> BigInt(shift)) - (from >> BigInt(shift))).toString(16)
    let next = this.#byte(nibble, shift)
    this.#nibble(next++, count.length - 1)
    for (let digit = count.length - 1; digit >= 0; digit--) this.#nibble(next++, Number.parseInt(count.charAt(digit), 16))
    return next
  }

  /** Writes the spelled ids as fields of `width` bits, lowest bit first. */
  #writeFields(count: number, width: number): void {
    let held = 0
    let bits = 0
    for (let field = 0; field < count; field++) {
      const id = this.#spelled[field] ?? 0
      // At most 7 bits wait here, so with 24 more nothing is lost.
      held |= id << bits
      for (bits += width; bits >= 8; bits -= 8) {
        this.bytes[this.length++] = held & 0xff
        held >>>= 8
      }
    }
    if (bits > 0) this.bytes[this.length++] = held & 0xff
  }

  #nibble(at: number, value: number): void {
    const byte = at >> 1
    this.bytes[byte] = (this.bytes[byte] ?? 0) | (value << ((at & 1) * 4))
  }

  #byte(at: number, value: number): number {
    this.#nibble(at, value & 15)
    this.#nibble(at + 1, value >> 4)
    return at + 2
  }

  /** Makes room for the largest possible block: every step and every id written out. */
  #reserve(): void {
    if (this.bytes.length - this.length >= 4096) return
    const larger = new Uint8Array(this.bytes.length * 2)
    larger.set(this.bytes)
    this.bytes = larger
  }
}
