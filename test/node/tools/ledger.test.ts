import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unstable_splitSqlQuery } from 'wrangler'
import { saveObjection } from '../../../src/ledger/objections.ts'
import { type Shards, shardsOver } from '../../../src/ledger/shard.ts'
import { boundWriter, type Ledger, withLocalLedger, withRemoteLedger } from '../../../src/tools/ledger/databases.ts'
import { exportLines } from '../../../src/tools/ledger/export.ts'
import { importLedger, type Writer } from '../../../src/tools/ledger/import.ts'
import { survey } from '../../../src/tools/ledger/survey.ts'
import { emptying, readTables } from '../../../src/tools/ledger/tables.ts'
import type { CompanyKey } from '../../../src/words.ts'
import { command } from './command.ts'
import { fillLedger, ODD } from './full-ledger.ts'
import { openDatabases } from './local-databases.ts'

let folder = ''
const at = (name: string) => join(folder, name)

const databases = openDatabases(['source', 'older', 'busy', 'objected', 'objects-here', 'one', 'two', 'remote'])

/** The ledger in one of the databases. */
async function ledgerOf(name: string): Promise<Ledger & { readonly db: D1Database }> {
  const db = await databases.of(name)
  return { shards: shardsOver([db], db), writer: boundWriter, db }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-ledger-'))
})
afterAll(async () => {
  await databases.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const OBJECTION = {
  key: 'dom:gone.example' as CompanyKey,
  names: ['Gone AG'],
  domains: ['gone.example'],
  created: '2026-11-02',
  why: '',
  proof: null,
} as const

async function rowsOf(db: D1Database): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const { name } of await readTables(db)) rows[name] = (await db.prepare(`SELECT * FROM ${name}`).all()).results
  return rows
}

async function text(shards: Pick<Shards, 'all' | 'primary'>): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportLines(shards, '2026-11-22')) lines.push(JSON.stringify(line))
  return lines
}

async function* again(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

async function empty({ shards }: Ledger): Promise<void> {
  for (const db of shards.all) for (const table of await readTables(db)) await db.prepare(emptying(table)).run()
}

describe('npm run ledger', () => {
  test('an installation moves into an empty account: every table, byte for byte', async () => {
    const before = await withLocalLedger(at('old'), async ({ shards }) => {
      await fillLedger(shards.primary)
      return rowsOf(shards.primary)
    })
    expect(Object.entries(before).filter(([name, rows]) => rows.length === 0 && name !== 'company_objections')).toEqual([])

    const exported = await command('ledger', ['export', at('all.ndjson'), '--state', at('old'), '--json'])
    expect(exported).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(exported.out).tables.company_activity.rows).toBe(80)
    expect((await stat(at('all.ndjson'))).mode & 0o777).toBe(0o600)
    expect((await command('ledger', ['verify', at('all.ndjson')])).out).toContain('is whole')

    const imported = await command('ledger', ['import', at('all.ndjson'), '--state', at('new')])
    expect(imported).toMatchObject({ code: 0, err: '' })
    const after = await withLocalLedger(at('new'), ({ shards }) => rowsOf(shards.primary))
    const { audit, ...rest } = after
    const { audit: log, ...had } = before
    expect(rest).toEqual(had)
    expect(audit).toEqual(expect.arrayContaining(log ?? []))
    const deeds = (audit ?? []).map((entry) => (entry as { action: string; rows: number }).action)
    expect(deeds.sort()).toEqual(['export', 'export', 'import'])

    const onceMore = await command('ledger', ['import', at('all.ndjson'), '--state', at('new')])
    expect(onceMore.code).toBe(1)
    expect(onceMore.err).toContain('--replace')
  })

  test('an export does not write over a file, and says how it is used', async () => {
    await writeFile(at('mine'), 'mine')
    expect((await command('ledger', ['export', at('mine'), '--state', at('old')])).err).toContain('exists already')
    expect(await readFile(at('mine'), 'utf8')).toBe('mine')
    expect((await command('ledger', ['explode', at('mine')])).code).toBe(2)
    expect((await command('ledger', ['--help'])).out).toContain('npm run ledger -- export FILE')
  })
})

describe('what an import refuses', () => {
  let lines: string[] = []
  beforeAll(async () => {
    const { shards, db } = await ledgerOf('source')
    await fillLedger(db)
    lines = await text(shards)
  })

  const changed = (from: string, to: string) => lines.map((line) => line.replace(from, to))
  const newer = () => [(lines[0] ?? '').replace('"tables":{', '"tables":{"inventions":["id"],'), ...lines.slice(1, -1), ending()]
  const ending = () => (lines.at(-1) ?? '').replace('"tables":{', `"tables":{"inventions":{"rows":0,"hash":"${'0'.repeat(64)}"},`)

  test.each<[string, () => string[], RegExp]>([
    ['nothing', () => [], /empty/],
    ['another file', () => ['{"hello":1}'], /no export/],
    ['a file cut short', () => lines.slice(0, -1), /cut short/],
    ['a line cut short', () => [...lines.slice(0, 3), (lines[3] ?? '').slice(0, -2)], /Line 4 is no JSON/],
    ['a row less', () => lines.filter((_, index) => index !== 5), /rows in the file, \d+ stated/],
    ['a row twice', () => [...lines.slice(0, 6), lines[5] ?? '', ...lines.slice(6)], /rows in the file, \d+ stated/],
    ['a changed row', () => changed('Munich', 'Berlin'), /companies: a row was changed/],
    ['two rows exchanged for two others of the same length', () => changed('"/p1"', '"/p9"'), /company_activity: a row was changed/],
    ['a row of no table', () => [...lines.slice(0, -1), '["passwords",["x"]]', lines.at(-1) ?? ''], /no row of a table/],
    ['something after the end', () => [...lines, lines[1] ?? ''], /after the end/],
    ['a later format', () => changed('"format":1', '"format":2'), /upgrade first/],
  ])('%s', async (_, file, says) => {
    await expect(survey(again(file()))).rejects.toThrow(says)
  })

  test('a file of a newer schema', async () => {
    const ledger = await ledgerOf('older')
    const { shards } = ledger
    await expect(importLedger(() => again(newer()), shards, { replace: false, writer: boundWriter })).rejects.toThrow(
      /inventions\.id.*npm run upgrade/,
    )
    expect((await rowsOf(shards.primary)).sites).toEqual([])
  })

  test('a target that changes meanwhile', async () => {
    const ledger = await ledgerOf('busy')
    const { shards } = ledger
    const meddling: Writer = {
      put: boundWriter.put,
      async end() {
        await shards.primary.prepare("UPDATE company_activity SET count = 9 WHERE path = '/p3'").run()
      },
    }
    await expect(importLedger(() => again(lines), shards, { replace: false, writer: meddling })).rejects.toThrow(
      /company_activity.*--replace/,
    )
  })
})

describe('a company that objected does not come back (P4)', () => {
  const holds = async (db: D1Database) => JSON.stringify(await rowsOf(db))

  test('where it objected in the old account after its rows were written, and there were still some', async () => {
    const ledger = await ledgerOf('objected')
    const { primary } = ledger.shards
    await fillLedger(primary)
    await saveObjection(primary, OBJECTION)
    const lines = await text(ledger.shards)
    await empty(ledger)
    const { left } = await importLedger(() => again(lines), ledger.shards, { replace: false, writer: boundWriter })
    expect(left).toBe(43)
    expect((await holds(primary)).match(/gone\.example/g)).toHaveLength(2)
    expect((await rowsOf(primary)).company_objections).toHaveLength(1)
  })

  test('where it objected in the new account, under another key; --replace keeps the objection', async () => {
    const ledger = await ledgerOf('objects-here')
    const { primary } = ledger.shards
    await fillLedger(primary)
    await primary
      .prepare("INSERT INTO rules SELECT '*', first, last, 'assign', '{\"key\":\"dom:gone.example\"}', '', created FROM rules")
      .run()
    const lines = await text(ledger.shards)
    await saveObjection(primary, { ...OBJECTION, key: 'lei:OTHER' as CompanyKey })
    const { left } = await importLedger(() => again(lines), ledger.shards, { replace: true, writer: boundWriter })
    expect(left).toBe(44)
    const after = await rowsOf(primary)
    expect(after.company_objections).toMatchObject([{ company_key: 'lei:OTHER' }])
    expect(after.rules).toHaveLength(1)
    expect((after.companies ?? []).map((company) => (company as { name: string }).name)).toEqual([ODD])
  })
})

describe('several databases', () => {
  test('a ledger of one is spread over two and comes together again', async () => {
    const [{ db: one }, { db: two }] = [await ledgerOf('one'), await ledgerOf('two')]
    for (let number = 0; number < 6; number += 1) await fillLedger(one, `site-${number}`, 2)
    const single = shardsOver([one], one)
    const lines = await text(single)
    await empty({ shards: single, writer: boundWriter })
    const both = shardsOver([one, two], one)
    await importLedger(() => again(lines), both, { replace: false, writer: boundWriter })
    const rows = async (db: D1Database) => (await rowsOf(db)).companies?.length ?? 0
    expect([await rows(one), await rows(two)]).not.toContain(0)
    expect((await rowsOf(two)).sites).toEqual([])
    const spread = await text(both)
    expect(JSON.parse(spread.at(-1) ?? '')).toEqual(JSON.parse(lines.at(-1) ?? ''))
  })
})

describe('--remote', () => {
  test('goes through the wrangler command line, the rows as one file', async () => {
    const { db, shards } = await ledgerOf('remote')
    await fillLedger(db)
    const lines = await text(shards)
    const files: string[] = []
    /** Answers as `wrangler d1 execute --json` does; the command line itself has tests of its own. */
    const run = async (words: readonly string[]) => {
      expect(words.slice(0, 5)).toEqual(['d1', 'execute', 'DB', '--remote', '--yes'])
      const file = words.indexOf('--file') > 0 ? words.at(-1) : undefined
      if (file !== undefined) files.push(file)
      const statements = unstable_splitSqlQuery(file === undefined ? (words.at(-1) ?? '') : await readFile(file, 'utf8'))
      const answers = await db.batch(statements.map((sql) => db.prepare(sql)))
      return Buffer.from(JSON.stringify(answers.map(({ results }) => ({ results, success: true }))))
    }
    await withRemoteLedger(async ({ shards, writer }) => importLedger(() => again(lines), shards, { replace: true, writer }), run)
    expect(files).toHaveLength(1)
    expect(existsSync(files[0] ?? '')).toBe(false)
    expect((await text(shards)).at(-1)).toEqual(lines.at(-1))
  })
})
