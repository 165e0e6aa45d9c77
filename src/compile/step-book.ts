/**
 * Chooses the steps (see `ranges/steps.ts`) that describe the boundaries of a shard best, and finds the steps of a boundary.
 *
 * Most boundaries can be reached by several steps: from 10.0.0.0 to 10.0.4.0 lead (10, 1), (9, 2), (8, 4) and so on.
 * A book entry pays when it serves many boundaries, so the book is a greedy cover: the step that serves most
 * boundaries, then the one that serves most of the rest, and so on.
 */
import { STEPS } from '../ranges/format.ts'
import type { Line } from './line.ts'

/** A step as one number: shift * 256 + count, with counts up to 255. */
export type Step = number

const STEP_VALUES = 64 * 256
/** A further entry costs two bytes and saves four (IPv6: eight) each time it is used. */
const FEWEST_USES = 1

/** Chooses the book for the boundaries after segment `begin` and before `end`. */
export function chooseSteps(line: Line, begin: number, end: number): Step[] {
  const lists = listSteps(line, begin, end)
  const holders = invert(lists)
  const { uses } = lists
  const candidates = [...uses.keys()].filter((step) => (uses[step] ?? 0) > 0)
  const served = new Uint8Array(lists.ends.length)
  const book: Step[] = []
  while (book.length < STEPS.most) {
    const best = mostUsed(candidates, uses)
    if (best === undefined || (uses[best] ?? 0) < FEWEST_USES) break
    book.push(best)
    for (let at = holders.ends[best - 1] ?? 0; at < (holders.ends[best] ?? 0); at++) {
      const boundary = holders.boundaries[at] ?? 0
      if (served[boundary] === 1) continue
      served[boundary] = 1
      for (let entry = lists.ends[boundary - 1] ?? 0; entry < (lists.ends[boundary] ?? 0); entry++) {
        const step = lists.steps[entry] ?? 0
        uses[step] = (uses[step] ?? 0) - 1
      }
    }
  }
  return book
}

function mostUsed(candidates: readonly Step[], uses: Uint32Array): Step | undefined {
  let best: Step | undefined
  let most = 0
  for (const step of candidates) {
    const count = uses[step] ?? 0
    if (count > most) {
      most = count
      best = step
    }
  }
  return best
}

/** The steps of every boundary, as one column; those of boundary i stand from `ends[i - 1]` to before `ends[i]`. */
interface StepLists {
  readonly steps: Uint16Array
  readonly ends: Uint32Array
  /** How many boundaries each step leads to. */
  readonly uses: Uint32Array
}

function listSteps(line: Line, begin: number, end: number): StepLists {
  const uses = new Uint32Array(STEP_VALUES)
  const ends = new Uint32Array(Math.max(0, end - begin - 1))
  let steps = new Uint16Array(16 + ends.length * 12)
  let length = 0
  for (let index = 0; index < ends.length; index++) {
    if (length + 64 > steps.length) {
      const larger = new Uint16Array(steps.length * 2)
      larger.set(steps)
      steps = larger
    }
    const found = stepsTo(line, begin + index + 1, steps, length)
    for (; length < found; length++) uses[steps[length] ?? 0] = (uses[steps[length] ?? 0] ?? 0) + 1
    ends[index] = length
  }
  return { steps, ends, uses }
}

/** The boundaries of every step, laid out like `StepLists`. */
function invert({ steps, ends, uses }: StepLists): { boundaries: Uint32Array; ends: Uint32Array } {
  const next = new Uint32Array(STEP_VALUES)
  for (let step = 1; step < STEP_VALUES; step++) next[step] = (next[step - 1] ?? 0) + (uses[step - 1] ?? 0)
  const boundaries = new Uint32Array(ends[ends.length - 1] ?? 0)
  let entry = 0
  for (let boundary = 0; boundary < ends.length; boundary++) {
    for (; entry < (ends[boundary] ?? 0); entry++) {
      const step = steps[entry] ?? 0
      const place = next[step] ?? 0
      boundaries[place] = boundary
      next[step] = place + 1
    }
  }
  return { boundaries, ends: next }
}

/** 2^-k, exactly. */
const INVERSE = Float64Array.from({ length: 32 }, (_, shift) => 2 ** -shift)

/**
 * Writes the steps that lead from the boundary before to boundary `index` of the line into `target` from `at` on
 * (at most 64), the smallest shift first; returns the index behind the last.
 */
export function stepsTo({ family, high, low }: Line, index: number, target: Uint16Array, at: number): number {
  const fromHigh = high[index - 1] ?? 0
  const toHigh = high[index] ?? 0
  const toLow = low[index] ?? 0
  const distance = family === 4 ? toHigh - fromHigh : (toHigh - fromHigh) * 0x100000000 + toLow - (low[index - 1] ?? 0)
  const zeros = family === 4 || toLow === 0 ? trailingZeros(toHigh) + (family === 4 ? 0 : 32) : trailingZeros(toLow)
  let next = at
  for (let shift = distance < 256 ? 0 : Math.floor(Math.log2(distance)) - 8; shift <= zeros; shift++) {
    // The end is a multiple of 2^shift, so the count is the distance in such units, rounded up.
    const count = shift < 32 ? Math.ceil(distance * (INVERSE[shift] ?? 0)) : (toHigh >>> (shift - 32)) - (fromHigh >>> (shift - 32))
    if (count <= STEPS.highestCount) target[next++] = shift * 256 + count
  }
  return next
}

/** Zero bits below the lowest set bit of a 32-bit word that isn't 0. */
function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word)
}
