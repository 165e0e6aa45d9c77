import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DIMENSIONS, type Dimension } from '../../../src/ledger/activity.ts'
import { type Cell, type DimensionReport, releaseBucket, soFar, sumBuckets } from '../../../src/ledger/disclosure.ts'

/** Anonymous events as record.ts counts them: a view in path, country, device; an entry in source too; all in activity and outcome. */
interface Event {
  readonly kind: 'view' | 'download' | 'bot'
  readonly path: number
  readonly country: number
  readonly device: number
  readonly entry: boolean
}

const event = fc.record<Event>({
  kind: fc.constantFrom('view', 'view', 'view', 'download', 'bot'),
  path: fc.nat(6),
  country: fc.nat(3),
  device: fc.nat(1),
  entry: fc.boolean(),
})
const day = fc.array(event, { maxLength: 60 })
const run = { numRuns: 300, seed: 6 }

function cellsOf(events: readonly Event[]): Cell[] {
  const counts = new Map<string, number>()
  const add = (dimension: Dimension, value: string | number) => {
    const cell = `${dimension} ${value}`
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  for (const each of events) {
    add('outcome', each.kind === 'bot' ? 'bot' : 'unlisted')
    if (each.kind !== 'bot') add('activity', each.kind)
    if (each.kind !== 'view') continue
    add('path', `/${each.path}`)
    add('country', each.country)
    add('device', each.device)
    if (each.entry) add('source', each.country)
  }
  return [...counts].map(([cell, count]) => {
    const [dimension = '', value = ''] = cell.split(' ')
    return { dimension: dimension as Dimension, value, count }
  })
}

type Report = Readonly<Record<Dimension, DimensionReport>>

function report(days: readonly (readonly Event[])[], from: number, to: number, k: number): Report {
  const buckets = days.slice(from, to).map((events, at) => [String(from + at), releaseBucket(cellsOf(events), k)] as const)
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, sumBuckets(buckets, dimension)])) as unknown as Report
}

/** Neither a count of persons below k, nor one that subtracting yields. */
const tells = (difference: number, k: number): boolean => difference !== 0 && Math.abs(difference) < k

describe('P5 anonymous totals', () => {
  test('no figure of a report is below k', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 4 }), fc.integer({ min: 3, max: 8 }), (days, k) => {
        const whole = report(days, 0, days.length, k)
        for (const dimension of DIMENSIONS) {
          const { top, other, series } = whole[dimension]
          for (const figure of [...top.map(({ count }) => count), other, ...series.map(({ count }) => count)])
            expect(tells(figure, k)).toBe(false)
        }
      }),
      run,
    )
  })

  test('no two allowed reports differ by 1 to k-1: any two nested periods, any two dimensions, a total and its cells', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 4 }), fc.integer({ min: 3, max: 8 }), (days, k) => {
        const periods = days.flatMap((_, from) => days.slice(from).map((__, length) => [from, from + length + 1] as const))
        const reports = periods.map(([from, to]) => ({ from, to, of: report(days, from, to, k) }))
        for (const a of reports) {
          for (const dimension of DIMENSIONS) {
            const { total, top, other } = a.of[dimension]
            const shown = other + top.reduce((sum, { count }) => sum + count, 0)
            if (!total.about) expect(total.count).toBe(shown)
            else expect(total.count % 5).toBe(0)
            for (const against of DIMENSIONS) {
              const b = a.of[against].total
              if (a.from + 1 === a.to && !total.about && !b.about) expect(tells(total.count - b.count, k)).toBe(false)
            }
          }
          for (const b of reports) {
            if (b.from < a.from || b.to > a.to) continue
            for (const dimension of DIMENSIONS) compare(a.of[dimension], b.of[dimension], k)
          }
        }
      }),
      run,
    )
  })

  function compare(a: DimensionReport, b: DimensionReport, k: number): void {
    if (!a.total.about && !b.total.about) expect(tells(a.total.count - b.total.count, k)).toBe(false)
    expect(tells(a.other - b.other, k)).toBe(false)
    for (const { value, count } of a.top) {
      const inner = b.top.find((each) => each.value === value)?.count ?? 0
      expect(tells(count - inner, k)).toBe(false)
    }
  }

  test('what is left out changes no figure: an "about" total is made of what is shown', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 2 }), (events, k, few) => {
        const cells = cellsOf(events).filter((cell) => cell.dimension === 'path')
        const small = (count: number): Cell[] => [{ dimension: 'source', value: null, count }]
        const [one, other] = [few, few === 1 ? 2 : 1].map((count) =>
          sumBuckets([['d', releaseBucket([...cells, ...small(count)], k)]], 'source'),
        )
        expect(one).toEqual(other)
      }),
      run,
    )
  })

  test('a running bucket grows in steps of k', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 3, max: 8 }), (events, k) => {
        for (let seen = 0; seen <= events.length; seen += 1) {
          const cells = cellsOf(events.slice(0, seen))
          for (const dimension of DIMENSIONS) {
            const { total, other, top } = soFar(cells, dimension, k)
            for (const figure of [total.count, other, ...top.map(({ count }) => count)]) expect(figure % k).toBe(0)
          }
        }
      }),
      { ...run, numRuns: 50 },
    )
  })

  test.each<[string, readonly (readonly [string, number])[], unknown]>([
    [
      'cells from k on stand by name',
      [
        ['/a', 20],
        ['/b', 9],
      ],
      {
        cells: [
          ['/a', 20],
          ['/b', 9],
        ],
        other: 0,
        sum: 29,
      },
    ],
    [
      'small cells are folded',
      [
        ['/a', 20],
        ['/b', 3],
        ['/c', 2],
      ],
      { cells: [['/a', 20]], other: 5, sum: 25 },
    ],
    [
      'the smallest goes with an "other" below k',
      [
        ['/a', 20],
        ['/b', 6],
        ['/c', 2],
      ],
      { cells: [['/a', 20]], other: 8, sum: 28 },
    ],
    [
      'a dimension below k is left out',
      [
        ['/a', 2],
        ['/b', 2],
      ],
      { cells: [], other: 0, sum: 0, leftOut: true },
    ],
  ])('%s', (_, paths, expected) => {
    const cells = paths.map(([value, count]) => ({ dimension: 'path', value, count }) as const)
    expect(releaseBucket(cells, 5).get('path')).toMatchObject(expected as object)
  })
})
