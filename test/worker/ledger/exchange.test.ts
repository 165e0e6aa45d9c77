import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Activity } from '../../../src/ledger/activity.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import { company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

/**
 * P3: exchanging which person of a company made which visit leaves the stored bytes identical. People of two companies
 * each make whole visits; the visits are dealt to the people in another way and interleaved in another order, and
 * every previous page is recomputed as a browser would.
 */
const companies = [company('BMW'), company('Siemens')]
const pages = ['/', '/pricing', '/products', '/blog', '/contact']

interface Visit {
  readonly company: number
  readonly hour: number
  readonly source: string
  readonly walk: readonly string[]
}

test('P3 the ledger is the same whoever made which visit', async () => {
  const next = seeded(7)
  const visits: Visit[] = Array.from({ length: 24 }, () => ({
    company: next(2),
    hour: hourOf(NOW) + next(3),
    source: ['', 'google.com', 'newsletter / email'][next(3)] ?? '',
    walk: Array.from({ length: 1 + next(4) }, () => pages[next(pages.length)] ?? '/'),
  }))

  await replay(dealt(visits, 4, seeded(1)), seeded(2))
  const first = await stored()
  await emptyLedger()
  await replay(dealt(visits, 9, seeded(3)), seeded(4))

  expect(first.company_activity?.length).toBeGreaterThan(30)
  expect(await stored()).toEqual(first)
})

/** Deals the visits of each company to that company's people; a person makes one visit after another. */
function dealt(visits: readonly Visit[], people: number, next: (below: number) => number): Visit[][] {
  const walks: Visit[][] = Array.from({ length: people * companies.length }, () => [])
  for (const visit of visits) walks[visit.company * people + next(people)]?.push(visit)
  return walks
}

/** Interleaves the people's events: who is next is drawn anew for each event. */
async function replay(people: readonly Visit[][], next: (below: number) => number): Promise<void> {
  const queues = people.map((visits) => visits.flatMap(events)).filter((queue) => queue.length > 0)
  const sink = d1Sink(env.DB)
  while (queues.length > 0) {
    const at = next(queues.length)
    const event = queues[at]?.shift()
    if (event !== undefined) await sink.activity(event, 'Europe/Berlin')
    if (queues[at]?.length === 0) queues.splice(at, 1)
  }
}

function events({ company: index, hour, source, walk }: Visit): Activity[] {
  const who = companies[index] ?? company('nobody')
  return walk.map((path, step) => ({ siteId: SHOP, company: who, hour, kind: 'view', path, origin: walk[step - 1] ?? source, name: '' }))
}

/** Small seeded generator (mulberry32): 0 … below - 1. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}
