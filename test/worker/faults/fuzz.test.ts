import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import { MARK } from '../../../src/tools/bench/fuzz/inputs.ts'
import { fuzz, left, misfits } from '../../../src/tools/bench/fuzz/run.ts'
import { ADDRESSES } from '../../addresses.ts'
import { addSite, emptyLedger, NOW, publishTable } from '../fixtures.ts'

/** A tenth of what `npm run bench -- fuzz` sends. */
const EVENTS = 20_000

vi.setConfig({ testTimeout: 60_000 })

beforeAll(async () => {
  await publishTable()
  await emptyLedger()
  await addSite()
})

test('never a server error, never a row outside the schema', async () => {
  const { statuses, wrong } = await fuzz(env, { seed: 9, count: EVENTS, listed: ADDRESSES.acme }, NOW)
  expect(wrong.slice(0, 5)).toEqual([])
  expect(Object.keys(statuses).sort()).toEqual(['204', '405', '413'])
  expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(EVENTS)
  const found = await misfits(env.DB, MARK)
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((what) => [what, 0])))
  const { activity = 0, totals = 0 } = (await left(env.DB)) ?? {}
  expect(activity).toBeGreaterThan(EVENTS / 20)
  expect(totals).toBeGreaterThan(EVENTS / 20)
})

test('a row that does not fit would be found', async () => {
  const insert = 'INSERT INTO site_totals (site_id, day, dimension, value, count) VALUES (?1, ?2, ?3, ?4, ?5)'
  await env.DB.prepare(insert).bind('shop', '2026-11-21', 'path', `no path, but ${MARK}`, 1).run()
  await env.DB.prepare(insert).bind('shop', 'today', 'country', 'Germany', 1).run()
  expect(await misfits(env.DB, MARK)).toMatchObject({
    'totals with a path that is none': 1,
    'totals of another site or day': 1,
    'totals with a word that is none': 1,
    'rows with something of a header': 1,
  })
})
