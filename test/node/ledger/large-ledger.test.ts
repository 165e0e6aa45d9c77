import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filledDatabase, fillLedger } from '../../../src/tools/bench/ledger/fill.ts'
import { type LedgerHouse, openLedgerHouse } from '../../../src/tools/bench/ledger/house.ts'
import { sitesOf } from '../../../src/tools/bench/ledger/large-ledger.ts'
import { readLedger } from '../../../src/tools/bench/ledger/reading.ts'

/** The benchmark's ledger in small: the same code, the same shape, seconds instead of minutes. */
const SHAPE = { seed: 6, rows: 60_000, sites: 4, companies: 200, days: 90, to: '2026-11-21' }

let folder: string
let house: LedgerHouse
let db: DatabaseSync

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doorplate-large-'))
  await fillLedger(folder, SHAPE)
  db = filledDatabase(folder)
  house = await openLedgerHouse(folder, SHAPE)
})

afterAll(async () => {
  db.close()
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const count = (sql: string): unknown => Object.values(db.prepare(sql).get() ?? {})[0]

test('exactly as many rows and companies as asked for, sites of Zipf sizes', () => {
  expect(count('SELECT count(*) FROM company_activity')).toBe(SHAPE.rows)
  expect(count("SELECT count(*) FROM companies WHERE site_id = 'site-000'")).toBe(SHAPE.companies)
  for (const { id, rows } of sitesOf(SHAPE)) expect(count(`SELECT count(*) FROM company_activity WHERE site_id = '${id}'`)).toBe(rows)
  expect(
    count(
      'SELECT count(*) FROM companies WHERE first_hour <> (SELECT min(hour) FROM company_activity a WHERE a.site_id = companies.site_id AND a.company_key = companies.company_key)',
    ),
  ).toBe(0)
})

test('company-days say what their counters say, as they do when the ledger writes them', () => {
  const differing = `
    SELECT count(*) FROM company_day d JOIN (
      SELECT site_id, company_key, date(hour * 3600 + iif(hour < 498025, 7200, 3600), 'unixepoch') AS day, min(hour) AS first, max(hour) AS last,
             sum(iif(kind = 'view', count, 0)) AS views, count(DISTINCT iif(kind = 'view', path, NULL)) AS pages, sum(seconds) AS seconds,
             sum(iif(kind = 'view' AND path IN ('/pricing', '/contact'), count, 0)) AS hot
        FROM company_activity GROUP BY 1, 2, 3
    ) a USING (site_id, company_key, day)`
  expect(count(differing)).toBe(count('SELECT count(*) FROM company_day'))
  expect(
    count(
      `${differing} WHERE (d.views, d.pages, d.seconds, d.hot, d.first_hour, d.last_hour) IS NOT (a.views, a.pages, a.seconds, a.hot, a.first, a.last)`,
    ),
  ).toBe(0)
})

test('the admin answers over it, and says what its queries read', async () => {
  const answer = await house.ask('/admin/api/companies?site=site-000&from=2026-08-24&limit=200')
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text).companies.length).toBe(200)
  expect(answer.queries).toBe(2)
  expect(answer.rowsRead).toBeGreaterThan(200)
})

test('it is found again beside what the runtime has written for other bindings', async () => {
  const { status } = await house.ask('/admin/api/health')
  expect(status).toBe(200)
  const again = filledDatabase(folder)
  expect(again.prepare('SELECT count(*) AS sites FROM sites').get()).toEqual({ sites: SHAPE.sites })
  again.close()
})

test.each([1, 7, 30])('lists of %i days and the busiest company’s page read no more rows than they may', async (days) => {
  const read: string[] = []
  for await (const { question, rowsRead } of readLedger(folder, SHAPE, 1, days)) {
    read.push(question.name)
    expect(rowsRead, question.name).toBeGreaterThan(0)
  }
  expect(read).toContain('companies sort=score')
  expect(read).toContain('company, visits')
})
