import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openHouse } from '../../../src/collect/house.ts'
import { SENSITIVE_SEGMENTS } from '../../../src/privacy/sensitive.ts'
import { VisitorAddress } from '../../../src/privacy/visitor-address.ts'
import { addSite, BALANCING, emptyLedger, NOW, publishTable } from '../fixtures.ts'
import { send } from './hit.ts'

/**
 * A visit *through* each sensitive page: to it, something of every kind done there, and away from it. Then every column
 * of every table is searched for its name.
 */
const house = openHouse({ ...env, LEDGER_FLUSH_MS: '0', TOTALS_FLUSH_MS: '0' }, () => NOW)

beforeAll(async () => {
  await emptyLedger()
  await publishTable()
  await addSite({ settings: { balancing: BALANCING, names: ['*'] } })
})
beforeEach(() => {
  vi.spyOn(VisitorAddress, 'from')
})
afterEach(() => vi.restoreAllMocks())

/** Table, column and value of every cell that contains the text. */
async function cellsWith(text: string): Promise<string[]> {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
  ).all<{
    name: string
  }>()
  const found: string[] = []
  for (const { name } of tables) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    for (const row of results)
      for (const [column, value] of Object.entries(row))
        if (String(value).toLowerCase().includes(text))
          found.push(`${name} ${column} ${'dimension' in row ? `${row.dimension} ` : ''}${value}`)
  }
  return [...new Set(found)]
}

test.each(SENSITIVE_SEGMENTS)('P2 P3 a visit through /%s leaves its name nowhere but in the anonymous count of pages', async (segment) => {
  // A word of its own behind it, because some segments are words that stand elsewhere too.
  const page = `/vor/${segment}/zimtstern`
  const on = { p: page, f: '/vorher' }
  const there = [
    { k: 'view', ...on },
    { k: 'download', ...on, n: 'zimtstern.pdf' },
    { k: 'outbound', ...on, n: 'zimtstern.example' },
    { k: 'form', ...on, n: 'zimtstern' },
    { k: 'event', ...on, n: 'zimtstern' },
    { k: 'leave', ...on, d: 30 },
  ]
  for (const body of there) await send({ body }, house)
  expect(VisitorAddress.from).not.toHaveBeenCalled()

  await send({ body: { k: 'view', p: '/nachher', f: page } }, house)
  await send({ body: { k: 'leave', p: '/nachher', f: page, d: 30 } }, house)
  expect(VisitorAddress.from).toHaveBeenCalledTimes(2)
  expect(await cellsWith('zimtstern')).toEqual([`site_totals value path ${page}`])
  const after = await env.DB.prepare("SELECT origin, seconds FROM company_activity WHERE path = '/nachher'").all()
  expect(after.results).toEqual([{ origin: '', seconds: 30 }])
  await env.DB.batch(['company_activity', 'site_totals'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
})
