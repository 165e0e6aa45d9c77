import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { STORED } from '../../../src/privacy/stored.ts'
import { PURPOSE_DE } from '../../../src/privacy/texts/stored-words.ts'

/** Tables that hold nothing of ours: wrangler's bookkeeping, and what SQLite and the platform keep for themselves. */
const NOT_OURS = `name NOT IN ('d1_migrations') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'`

async function schema(): Promise<Record<string, string[]>> {
  const { results } = await env.DB.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND ${NOT_OURS} ORDER BY name`).all<{
    name: string
  }>()
  const tables: Record<string, string[]> = {}
  for (const { name } of results) {
    const columns = await env.DB.prepare(`PRAGMA table_info(${name})`).all<{ name: string }>()
    tables[name] = columns.results.map((column) => column.name).sort()
  }
  return tables
}

test('P10 what the manifest lists is the real schema, table by table and column by column, both ways', async () => {
  const listed = Object.fromEntries(STORED.map(({ table, columns }) => [table, Object.keys(columns).sort()]))
  const real = await schema()
  expect(Object.keys(real).length).toBeGreaterThan(0)
  expect(listed).toEqual(real)
})

test('P10 no table is listed twice, and every table and column has its sentence, every purpose its German', () => {
  const names = STORED.map(({ table }) => table)
  expect(new Set(names).size).toBe(names.length)
  for (const { table, purpose, columns } of STORED) {
    expect(purpose, table).not.toBe('')
    expect(
      Object.values(columns).every((what) => what !== ''),
      table,
    ).toBe(true)
    expect(PURPOSE_DE[table], `German purpose of ${table} in texts/stored-words.ts`).toBeTruthy()
  }
})

test('P2 no column could hold an address, an agent or an identifier of a person', async () => {
  const suspicious = Object.values(await schema())
    .flat()
    .filter((column) => /(^|_)(ip|addr|address|agent|ua|cookie|session|visitor|user|fingerprint|device_id|ray)(_|$)/i.test(column))
  expect(suspicious).toEqual([])
})
