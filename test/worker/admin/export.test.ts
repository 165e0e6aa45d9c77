import { env } from 'cloudflare:workers'
import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { hourOf } from '../../../src/ledger/clock.ts'
import { addSite, NOW } from '../fixtures.ts'
import { api, emptyDesk, fill, RECEIPT } from './desk.ts'

beforeAll(async () => {
  await emptyDesk()
  await addSite()
  await fill([
    { path: '/', origin: '=cmd|calc!A1', seconds: 10 },
    { path: '/pricing', origin: '/' },
    { key: 'dom:acme.example', path: '/', origin: 'google.com', ago: 3 },
  ])
  await env.DB.prepare(
    `UPDATE companies SET name = '=HYPERLINK("http://evil.example","Müller, GmbH")' WHERE company_key = 'dom:bmw.example'`,
  ).run()
  await env.DB.prepare("INSERT INTO tags VALUES ('shop', 'dom:acme.example', '@lead', '2026-11-21')").run()
  await env.DB.prepare(
    "INSERT INTO site_totals VALUES ('shop', '2026-11-20', 'path', '/', 20), ('shop', '2026-11-20', 'path', '+secret', 6), ('shop', '2026-11-20', 'path', '/few', 2)",
  ).run()
})

describe('files', () => {
  test('csv: RFC 4180 with a BOM, formulas defused', async () => {
    const response = await api('/export.csv?site=shop')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="doorplate-shop-companies.csv"')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, bmw, acme, end] = new TextDecoder().decode(bytes).split('\r\n')
    expect(head).toMatch(/^key,name,kind,/)
    expect(bmw).toContain(`"'=HYPERLINK(""http://evil.example"",""Müller, GmbH"")"`)
    expect(bmw).toContain("'=cmd|calc!A1")
    expect(acme).toContain("'@lead")
    expect(end).toBe('')
  })

  test('ndjson: one object a company, values as they are', async () => {
    const lines = (await (await api('/export.ndjson?site=shop&q=acme')).text()).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ key: 'dom:acme.example', views: 1, sources: 'google.com', new: true }])
  })

  test('xlsx: opens, and holds text where a formula was meant', async () => {
    const response = await api('/export.xlsx?site=shop')
    const book = await readXlsx(new Uint8Array(await response.arrayBuffer()))
    const rows = book.sheets[0]?.rows ?? []
    expect(rows.length).toBe(3)
    expect(rows[1]?.[1]).toBe(`'=HYPERLINK("http://evil.example","Müller, GmbH")`)
    expect(rows[1]?.[9]).toBe(2)
  })

  test('visits in key order, pages as they were walked', async () => {
    const lines = (await (await api('/export.ndjson?site=shop&list=visits')).text()).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { key: 'dom:acme.example', sources: 'google.com', pages: '/', views: 1 },
      { key: 'dom:bmw.example', sources: '=cmd|calc!A1', pages: '/ > /pricing', views: 2, seconds: 10 },
    ])
  })

  test('P5 totals: released figures only', async () => {
    const text = await (await api('/export.csv?site=shop&list=totals')).text()
    expect(text).toContain('path,/,20,false')
    expect(text).toContain('path,(other),8,false')
    expect(text).not.toMatch(/few|secret/)
  })

  test('the audit log says who took what and how many rows', async () => {
    await env.DB.prepare('DELETE FROM audit').run()
    await api('/export.csv?site=shop')
    await api('/export.xlsx?site=shop&list=visits&from=2026-10-01&to=2026-10-02')
    const { entries } = await (await api('/audit?of=shop')).json<{ entries: { detail: string; rows: number; actor: string }[] }>()
    expect(entries.map(({ actor, detail, rows }) => [actor, detail, rows]).sort()).toEqual([
      ['owner', 'companies csv', 2],
      ['owner', 'visits xlsx', 0],
    ])
    expect(await (await api('/export.csv?site=shop&list=audit')).text()).toContain(',owner,export,companies csv,2')
  })

  test.each([
    ['list=visits&q=x', 'q'],
    ['list=everything', 'list'],
    ['cursor=x', 'cursor'],
    ['limit=5', 'limit'],
  ])('%s is refused by name', async (query, field) => {
    const response = await api(`/export.csv?site=shop&${query}`)
    expect([response.status, (await response.json<{ field: string }>()).field]).toEqual([400, field])
  })

  test('visits of one company, and of no other', async () => {
    const csv = await (await api('/export.csv?site=shop&list=visits&key=dom:bmw.example')).text()
    const keys = csv
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[0])
    expect(new Set(keys)).toEqual(new Set(['dom:bmw.example']))
    expect((await api('/export.csv?site=shop&list=visits&key=dom:nobody.example')).status).toBe(404)
    expect((await api('/export.csv?site=shop&key=dom:bmw.example')).status).toBe(400)
  })

  test('100,000 visits stream through, a page of rows at a time', async () => {
    const hour = hourOf(NOW) - 20_000
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO company_activity SELECT 'shop', 'dom:c' || (value / 100) || '.example', ?1 + (value % 100) * 2, 'view', '/p' || value, 'google.com', '', 1, 5
           FROM (WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value < 99999) SELECT value FROM n)`,
      ).bind(hour),
      env.DB.prepare(
        `INSERT OR IGNORE INTO companies (site_id, company_key, kind, name, country, receipt, first_hour)
         SELECT DISTINCT site_id, company_key, 'business', 'x', 'DE', ?1, ?2 FROM company_activity`,
      ).bind(JSON.stringify(RECEIPT), hour),
    ])
    const days = 'from=2024-08-01&to=2024-09-10'
    const csv = await (await api(`/export.csv?site=shop&list=visits&${days}`)).text()
    expect(csv.split('\r\n').length).toBe(100_000 + 2)
    await env.DB.prepare("DELETE FROM company_activity WHERE company_key LIKE 'dom:c%'").run()
  })
})
