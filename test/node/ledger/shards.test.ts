import { expect, test } from 'vitest'
import { trialOver } from '../../../src/tools/bench/ledger/databases.ts'
import type { SiteId } from '../../../src/words.ts'

const FROM = Date.UTC(2026, 10, 21, 13, 25)
const sites = Array.from({ length: 12 }, (_, index) => `site-${index}` as SiteId)

test.each(['d1', 'queue'] as const)(
  'three databases, the sink %s: exact counts, no row twice, although each fails at random',
  async (sink) => {
    const answer = await trialOver(3, {
      trial: { sink, seed: 2, from: FROM, faults: 0.2 },
      traffic: { seed: 1, events: 5_000, perSecond: 20, from: FROM, companies: 0.2, leaves: true, sites },
    })
    expect(answer.wrong).toEqual([])
    expect(answer.failures).toBeGreaterThan(20)
  },
)

test('P7 retention reaches all three', async () => {
  const answer = await trialOver(3, {
    trial: { sink: 'd1', seed: 2, from: FROM },
    traffic: { seed: 1, events: 1_000, perSecond: 20, from: FROM, sites },
    purgeAt: FROM + 400 * 86_400_000,
  })
  expect(answer.wrong).toEqual([])
  expect(answer.left).toBe(0)
})
