import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSites, saveSite } from '../../../src/ledger/sites.ts'
import { demoSite } from '../../../src/tools/start/demo-site.ts'
import { forgotten } from '../../../src/tools/start/forget.ts'
import { withBindings } from '../../../src/tools/start/local-bindings.ts'
import { migrate } from '../../../src/tools/start/tables.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-tables-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('migrations run once, in order, in one transaction each; the demo site is readable afterwards', async () => {
  await withBindings(folder, async ({ DB }) => {
    expect(await migrate(DB, 'migrations')).toContain('0001_first.sql')
    expect(await migrate(DB, 'migrations')).toEqual([])

    await saveSite(DB, demoSite(9001), '2026-11-21')
    await saveSite(DB, demoSite(9003), '2026-11-21')
    const { byPageHost } = await readSites(DB)
    expect([...byPageHost.keys()]).toEqual(['localhost:9003'])
    expect(byPageHost.get('localhost:9003')).toMatchObject({ id: 'demo', basis: 'legitimate-interest' })
    expect(byPageHost.get('localhost:9003')?.settings.kinds).toEqual(['business', 'government', 'research', 'education'])

    const next = join(folder, 'next')
    await mkdir(next)
    await writeFile(join(next, '0002_more.sql'), '-- a comment; with a semicolon\nCREATE TABLE more (a);\nCREATE TABLE more_still (b);\n')
    await writeFile(join(next, '0003_broken.sql'), 'CREATE TABLE half (a);\nCREATE TABLE half (a);\n')
    await expect(migrate(DB, next)).rejects.toThrow()
    const { results } = await DB.prepare("SELECT name FROM sqlite_schema WHERE name IN ('more', 'more_still', 'half')").all()
    expect(results.map(({ name }) => name)).toEqual(['more', 'more_still'])
  })
})

test('--fresh deletes known names only', () => {
  expect(forgotten({ state: '/home', tokenFile: '/home/admin-token' })).toEqual(['/home/v3', '/home/registry', '/home/admin-token'])
  expect(forgotten({ state: '.wrangler/state', tokenFile: '.doorplate/admin-token' })).toContain('.doorplate/ranges')
})
