import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityRow } from '../../../src/ledger/read.ts'
import { visitsOf } from '../../../src/ledger/visits.ts'
import { orderWalk } from '../../../src/ledger/walk.ts'

const row = (over: Partial<ActivityRow>): ActivityRow => ({
  hour: 100,
  kind: 'view',
  path: '/',
  origin: '',
  name: '',
  count: 1,
  seconds: 0,
  ...over,
})

/** The rows a walk leaves in the ledger: its edges, counted. */
function ledgerOf(walk: readonly string[], source: string): ActivityRow[] {
  const rows = new Map<string, ActivityRow>()
  walk.forEach((path, at) => {
    const origin = walk[at - 1] ?? source
    const known = rows.get(`${origin} ${path}`)
    rows.set(`${origin} ${path}`, row({ path, origin, count: (known?.count ?? 0) + 1 }))
  })
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
}

describe('the order of pages', () => {
  test('one person’s walk comes back as a walk over the same edges, from its entry', () => {
    const walk = fc.array(fc.constantFrom('/', '/a', '/b', '/c', '/d'), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(walk, (paths) => {
        const rows = ledgerOf(paths, 'google.com')
        const { steps, overlap } = orderWalk(rows, null)
        expect(overlap).toBe(false)
        expect(steps[0]).toMatchObject({ from: 'google.com', path: paths[0] })
        for (const [at, step] of steps.entries()) if (at > 0) expect(step.from).toBe(steps[at - 1]?.path)
        expect(steps.length).toBe(paths.length)
        expect(
          ledgerOf(
            steps.map((step) => step.path),
            'google.com',
          ),
        ).toEqual(rows)
      }),
      { numRuns: 300, seed: 6 },
    )
  })

  test('a walk without branches comes back exactly, and goes on in the next hour', () => {
    const rows = [
      ...ledgerOf(['/', '/pricing', '/docs'], 'google.com'),
      row({ hour: 101, path: '/contact', origin: '/docs', seconds: 30 }),
      row({ hour: 101, kind: 'download', path: '/docs', name: 'sheet.pdf' }),
    ]
    const [visit, ...others] = visitsOf(rows, 100, 'UTC')
    expect(others).toEqual([])
    expect(visit).toMatchObject({ from: 100, to: 102, first: true, overlap: false, sources: ['google.com'], views: 4, seconds: 30 })
    expect(visit?.pages.map(({ path }) => path)).toEqual(['/', '/pricing', '/docs', '/contact'])
    expect(visit?.downloads).toMatchObject([{ name: 'sheet.pdf', path: '/docs' }])
  })

  test('two colleagues merge: the answer says so, and pages stand by distance from an entry', () => {
    const rows = [...ledgerOf(['/', '/b'], 'google.com'), ...ledgerOf(['/a', '/c'], 'bing.com')]
    const { steps, overlap } = orderWalk(rows, null)
    expect(overlap).toBe(true)
    expect(steps.map(({ path }) => path)).toEqual(['/', '/a', '/b', '/c'])
  })

  test('a small company’s rows know no way: no order is claimed', () => {
    expect(orderWalk([row({ path: '/', origin: 'google.com' }), row({ path: '/x' })], null).overlap).toBe(true)
  })
})

describe('visits', () => {
  const hours = (of: readonly number[]) =>
    visitsOf(
      of.map((hour) => row({ hour })),
      0,
      'Europe/Berlin',
    ).map(({ from, to }) => [from, to])
  /** 2026-11-20 22:00 UTC, an hour before midnight in Berlin. */
  const LATE = Date.UTC(2026, 10, 20, 22) / 3_600_000

  test('an hour after an empty one begins a new visit; newest first', () => {
    expect(hours([100, 101, 103])).toEqual([
      [103, 104],
      [100, 102],
    ])
  })

  test('midnight in the site’s time zone ends one', () => {
    expect(hours([LATE, LATE + 1])).toEqual([
      [LATE + 1, LATE + 2],
      [LATE, LATE + 1],
    ])
  })

  test('only the visit with the company’s first hour is its first', () => {
    const visits = visitsOf([row({ hour: 100 }), row({ hour: 200 })], 100, 'UTC')
    expect(visits.map(({ first }) => first)).toEqual([false, true])
  })
})
