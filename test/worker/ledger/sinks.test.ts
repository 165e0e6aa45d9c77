import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { differing, expectedRows, storedRows } from '../../../src/tools/bench/ledger/expected.ts'
import { type Traffic, traffic, ZONE } from '../../../src/tools/bench/ledger/traffic.ts'
import { runTrial } from '../../../src/tools/bench/ledger/trial.ts'
import { emptyLedger, NOW, stored } from '../fixtures.ts'

/**
 * Hours of traffic through both sinks, the clock moved by hand: the ledgers are the exact expected counts. The same with
 * 50,000 events is `npm run bench -- ledger`.
 */
vi.setConfig({ testTimeout: 60_000 })

beforeEach(emptyLedger)

describe.each(['d1', 'queue'] as const)('the sink %s', (sink) => {
  const shape: Traffic = { seed: 11, events: 8_000, perSecond: 20, from: NOW, companies: 0.1, leaves: true }

  test('writes the exact counts', async () => {
    const outcome = await runTrial({ sink, databases: [env.DB], seed: 1, from: NOW }, traffic(shape))
    expect(differing(expectedRows(traffic(shape), ZONE), await storedRows([env.DB]))).toEqual([])
    expect(outcome.failures).toBe(0)
  })

  test('writes the exact counts with a D1 that fails and answers that are lost, however often a message comes', async () => {
    const full: Traffic = { ...shape, events: 12_000, perSecond: 30 }
    const outcome = await runTrial({ sink, databases: [env.DB], seed: 2, from: NOW, faults: 0.25 }, traffic(full))
    expect(differing(expectedRows(traffic(full), ZONE), await storedRows([env.DB]))).toEqual([])
    expect(outcome.failures).toBeGreaterThan(100)
    if (sink === 'queue') expect(outcome.deliveries).toBeGreaterThan(outcome.messages)
  })

  test('over midnight and a change of clocks', async () => {
    // 29 March 2026 has 23 hours in Berlin.
    const night: Traffic = { ...shape, events: 600, perSecond: 0.004, from: Date.UTC(2026, 2, 28, 18) }
    await runTrial({ sink, databases: [env.DB], seed: 3, from: night.from }, traffic(night))
    expect(differing(expectedRows(traffic(night), ZONE), await storedRows([env.DB]))).toEqual([])
  })
})

test('P3 both sinks leave the same bytes', async () => {
  const shape: Traffic = { seed: 4, events: 3000, perSecond: 10, from: NOW, companies: 0.3, leaves: true }
  await runTrial({ sink: 'd1', databases: [env.DB], seed: 1, from: NOW }, traffic(shape))
  const d1 = await stored()
  await emptyLedger()
  await runTrial({ sink: 'queue', databases: [env.DB], seed: 2, from: NOW, faults: 0.3 }, traffic(shape))
  expect(await stored()).toEqual(d1)
})

/**
 * Of D1's own `rows_written` over all tables, ids of batches included, at 5 % companies, 200 paths, 20 sources and 20
 * countries in one isolate. SQLite counts the same in every run, so the figures are exact; docs/scaling.md quotes them.
 */
describe('rows written an event', () => {
  test.each([
    [1, 4000, 2.0, 7760],
    [50, 20_000, 0.4, 6524],
  ])('at %d a second', async (perSecond, events, most, exactly) => {
    const { rowsWritten } = await runTrial(
      { sink: 'd1', databases: [env.DB], seed: 1, from: NOW },
      traffic({ seed: 3, events, perSecond, from: NOW }),
    )
    expect(rowsWritten / events).toBeLessThanOrEqual(most)
    expect(rowsWritten).toBe(exactly)
  })
})
