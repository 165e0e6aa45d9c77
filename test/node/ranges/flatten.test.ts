import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignIds, flatten, Rows, type Segments, WORDS } from '../../../src/compile/flatten.ts'
import { naive, rowsOf, rowsOfWide, WIDTH, wideRows } from './table.ts'

/** Segments as text, e.g. `10.0.0.0=7`. */
function show({ family, count, starts, ids }: Segments): string[] {
  return Array.from({ length: count }, (_, index) => {
    const words = starts.slice(index * WORDS[family], (index + 1) * WORDS[family])
    const start =
      family === 4
        ? [24, 16, 8, 0].map((shift) => ((words[0] ?? 0) >>> shift) & 255).join('.')
        : [...words].map((word) => word.toString(16)).join('|')
    return `${start}=${ids[index]}`
  })
}

describe('flatten', () => {
  test('no rows are one segment of nobody', () => {
    expect(show(flatten(new Rows(4)).segments)).toEqual(['0.0.0.0=0'])
  })

  test('the most specific row wins, and nobody is a hole', () => {
    const rows = rowsOf(4, [
      { first: '10.0.0.0', last: '10.255.255.255', company: 1 },
      { first: '10.1.0.0', last: '10.1.255.255', company: 0 },
      { first: '10.1.2.0', last: '10.1.2.255', company: 2 },
      { first: '10.1.2.7', last: '10.1.2.7', company: 1 },
    ])
    const { segments, overlaps } = flatten(rows)
    expect(show(segments)).toEqual([
      '0.0.0.0=0',
      '10.0.0.0=1',
      '10.1.0.0=0',
      '10.1.2.0=2',
      '10.1.2.7=1',
      '10.1.2.8=2',
      '10.1.3.0=0',
      '10.2.0.0=1',
      '11.0.0.0=0',
    ])
    expect(overlaps).toBe(3)
  })

  test('between rows of one size the lower priority number wins, then the row that came first', () => {
    const rows = rowsOf(4, [
      { first: '10.0.0.0', last: '10.0.0.255', company: 1, priority: 1 },
      { first: '10.0.0.0', last: '10.0.0.255', company: 2, priority: 0 },
      { first: '10.0.0.0', last: '10.0.0.255', company: 3, priority: 0 },
    ])
    expect(show(flatten(rows).segments)).toEqual(['0.0.0.0=0', '10.0.0.0=2', '10.0.1.0=0'])
  })

  test('neighbours with the same company are one segment, and both ends of the line can be had', () => {
    const rows = rowsOf(4, [
      { first: '255.255.255.0', last: '255.255.255.255', company: 1 },
      { first: '0.0.0.0', last: '0.0.0.255', company: 2 },
      { first: '0.0.1.0', last: '0.0.1.255', company: 2 },
    ])
    expect(show(flatten(rows).segments)).toEqual(['0.0.0.0=2', '0.0.2.0=0', '255.255.255.0=1'])
  })

  test('a row that ends before it begins is refused', () => {
    expect(() => rowsOf(4, [{ first: '10.0.0.1', last: '10.0.0.0', company: 1 }])).toThrow(RangeError)
  })

  test.each([4, 6] as const)('equals a look at every row at every boundary (IPv%i)', (family) => {
    fc.assert(
      fc.property(wideRows(family, 60), (rows) => {
        const { segments } = flatten(rowsOfWide(family, rows))
        const words = WORDS[family]
        for (let index = 0; index < segments.count; index++) {
          const start = segments.starts.slice(index * words, (index + 1) * words).reduce((sum, word) => (sum << 32n) | BigInt(word), 0n)
          expect(segments.ids[index]).toBe(naive(rows, start))
          if (index > 0) {
            expect(naive(rows, start - 1n)).toBe(segments.ids[index - 1])
            expect(segments.ids[index]).not.toBe(segments.ids[index - 1])
          }
        }
        expect(segments.ids[segments.count - 1]).toBe(naive(rows, (1n << WIDTH[family]) - 1n))
      }),
      { numRuns: 150, seed: 7 },
    )
  })
})

test('ids are dense and in address order, IPv6 after IPv4', () => {
  const v4 = flatten(
    rowsOf(4, [
      { first: '10.0.0.0', last: '10.0.0.255', company: 900 },
      { first: '9.0.0.0', last: '9.0.0.255', company: 70 },
    ]),
  ).segments
  const v6 = flatten(
    rowsOf(6, [
      { first: '2a00::', last: '2a00::ff', company: 5 },
      { first: '2a01::', last: '2a01::ff', company: 900 },
    ]),
  ).segments
  expect([...assignIds([v4, v6])]).toEqual([0, 70, 900, 5])
  expect([...v4.ids]).toEqual([0, 1, 0, 2, 0])
  expect([...v6.ids]).toEqual([0, 3, 0, 2, 0])
})
