import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFamily } from '../../../src/compile/encode.ts'
import { assignIds, flatten, Rows } from '../../../src/compile/flatten.ts'
import { type Family, parsed } from '../../../src/ranges/address.ts'
import { MAX_ID } from '../../../src/ranges/format.ts'
import { type Encoder, edges, naive, openFamily, rowsOf, rowsOfWide, type WideRow, wideRows, wordsOf } from './table.ts'

/** Whether a table of these rows answers like a look at every row, wherever the answer can change. */
function agrees(family: Family, rows: readonly WideRow[], shards: number, encode?: Encoder): boolean {
  const { segments } = flatten(rowsOfWide(family, rows))
  const companies = assignIds([segments])
  const { find } = openFamily(segments, shards, encode)
  return edges(family, rows).every((address) => {
    parsed.set(wordsOf(family, address))
    return companies[find()] === naive(rows, address)
  })
}

describe('flatten, encode and look up', () => {
  test.each([
    [4, 150, 200],
    [6, 150, 200],
    [4, 2000, 6],
    [6, 2000, 6],
  ] as const)('equals a look at every row (IPv%i, up to %i rows)', (family, maxLength, numRuns) => {
    fc.assert(
      fc.property(wideRows(family, maxLength), (rows) => agrees(family, rows, 16)),
      { numRuns, seed: 11 },
    )
  })

  test('finds an off-by-one that is planted in the encoder', () => {
    const planted: Encoder = (segments, shardCount) => {
      const starts = segments.starts.slice()
      const middle = segments.count >> 1
      if (segments.family === 4 && middle > 0) starts[middle] = (starts[middle] ?? 0) + 1
      return encodeFamily({ ...segments, starts }, shardCount)
    }
    const result = fc.check(
      fc.property(wideRows(4, 150), (rows) => agrees(4, rows, 16, planted)),
      { numRuns: 50, seed: 11 },
    )
    expect(result.failed).toBe(true)
  })

  test('ids in no order at all are found too', () => {
    const random = (index: number): number => (Math.imul(index + 1, 0x9e3779b1) >>> 8) & MAX_ID
    const count = 5000
    const starts = Uint32Array.from({ length: count }, (_, index) => index * 0xcdef1)
    const ids = Uint32Array.from({ length: count }, (_, index) => random(index >> 1) + (index & 1))
    const { find, shards } = openFamily({ family: 4, count, starts, ids }, 2)
    expect(shards).toHaveLength(2)
    for (let index = 0; index < count; index++) {
      parsed[0] = starts[index] ?? 0
      expect(find()).toBe(ids[index])
    }
  })
})

test('the same segments give the same bytes', () => {
  const rows = rowsOf(4, [{ first: '10.0.0.0', last: '10.0.255.255', company: 1 }])
  expect(encodeFamily(flatten(rows).segments)).toEqual(encodeFamily(flatten(rows).segments))
})

test('a family in which nobody has a range has no shards', () => {
  expect(encodeFamily(flatten(new Rows(4)).segments)).toEqual({ family: 4, cuts: [], shards: [] })
  expect(openFamily(flatten(new Rows(6)).segments).find()).toBe(0)
})

test('more companies than an id can count are refused with the number', () => {
  const segments = { family: 4 as const, count: 1, starts: Uint32Array.of(0), ids: Uint32Array.of(MAX_ID + 1) }
  expect(() => encodeFamily(segments)).toThrow('a range table holds at most 16,777,215 companies, and this one has an id of 16777216')
})

test('the highest id there may be is found', () => {
  const { find } = openFamily({ family: 4, count: 3, starts: Uint32Array.of(0, 256, 512), ids: Uint32Array.of(0, MAX_ID, 0) })
  parsed[0] = 300
  expect(find()).toBe(MAX_ID)
})

test('more blocks than the top index counts, all in one of its chunks', () => {
  // 5,000 blocks of 32 addresses each at the low end, and one more block at the far end of the line.
  const count = 5000 * 32
  const starts = Uint32Array.from({ length: count }, (_, index) => (index < count - 32 ? index : 0xffff0000 + index - count + 32))
  const ids = Uint32Array.from({ length: count }, (_, index) => 1 + (index % 7))
  const { find, shards } = openFamily({ family: 4, count, starts, ids }, 1)
  expect(shards).toHaveLength(1)
  for (let index = 0; index < count; index += 31) {
    parsed[0] = starts[index] ?? 0
    expect(find()).toBe(ids[index])
  }
  parsed[0] = 0xffffffff
  expect(find()).toBe(ids[count - 1])
})
