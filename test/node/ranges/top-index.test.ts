import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TOP, topIndexOf } from '../../../src/ranges/top-index.ts'

const PLACE = 1000

/** A begin with a fraction is inside its offset. */
const indexOf = (begins: Float64Array) =>
  topIndexOf({ offsets: Int32Array.from(begins, Math.floor), isInside: Uint8Array.from(begins, (begin) => (begin % 1 > 0 ? 1 : 0)) }, PLACE)

/** The blocks among which the one with an offset is, as a lookup reads it. */
function blocksFor(begins: Float64Array, { entries, bits: firstBits }: ReturnType<typeof topIndexOf>, offset: number) {
  let bits = firstBits
  let entry = entries[Math.floor(offset / 2 ** bits)] ?? 0
  while (entry < 0) {
    const inside = offset % 2 ** bits
    bits = (entry >>> TOP.bitsShift) & TOP.bitsMask
    entry = entries[(entry & TOP.placeMask) - PLACE + Math.floor(inside / 2 ** bits)] ?? 0
  }
  const first = entry & TOP.blockMask
  const count = entry >>> TOP.countShift
  return { first, last: count === TOP.mostCount ? begins.length - 1 : first + count }
}

/** Ascending begins, in heaps of any size and in heaps of heaps; a half stands for bits below the window. */
const begins = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 1, max: 40 })), {
    maxLength: 40,
  })
  .map((heaps) => {
    const all = heaps.flatMap(([from, bits, count]) =>
      Array.from(
        { length: count },
        (_, index) => Math.min(2 ** 32 - 1, from + Math.floor((index * 2 ** bits) / count)) + (index % 3 === 2 ? 0.5 : 0),
      ),
    )
    return Float64Array.from(new Set([0, ...all])).sort()
  })

test('leads to blocks among which the right one is, at every begin and beside it', () => {
  fc.assert(
    fc.property(begins, (list) => {
      const index = indexOf(list)
      const last = Math.floor(list[list.length - 1] ?? 0)
      for (const [block, begin] of list.entries()) {
        for (const offset of [Math.floor(begin) - 1, Math.floor(begin), Math.floor(begin) + 1]) {
          if (offset < 0 || offset > last) continue
          const { first, last: end } = blocksFor(list, index, offset)
          // The block before must not begin behind the offset, the one behind must: a half may be on either side of its address.
          if ((list[first] ?? 0) > offset || (list[end + 1] ?? Number.POSITIVE_INFINITY) < offset + 1) return false
        }
        if (blocksFor(list, index, Math.floor(begin)).last < block) return false
      }
      return true
    }),
    { numRuns: 300, seed: 5 },
  )
})

test('takes a bounded room, however the blocks lie', () => {
  // Each pair doubles the distance: a chunk can always be cut once more.
  const heaps = Float64Array.from({ length: 2000 }, (_, index) => Math.floor(2 ** ((index / 2000) * 32)) - 1)
  const list = Float64Array.from(new Set(heaps)).sort()
  expect(indexOf(list).entries.length).toBeLessThan(list.length * 10)
  expect(blocksFor(list, indexOf(list), 0).first).toBe(0)
})

test('one block has one entry', () => {
  expect([...indexOf(Float64Array.of(0)).entries]).toEqual([0])
})
