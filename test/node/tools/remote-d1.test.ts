import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readSites, saveSite } from '../../../src/ledger/sites.ts'
import { withLiterals } from '../../../src/tools/d1/literal.ts'
import { remoteD1 } from '../../../src/tools/d1/remote-d1.ts'
import { runWrangler } from '../../../src/tools/wrangler.ts'

describe('values written into a statement', () => {
  test.each<[string, readonly (string | number | null | Uint8Array)[], string]>([
    ['SELECT ?1, ?2', ['a', 2], "SELECT 'a', 2"],
    ['SELECT ?2, ?1, ?1', ['x', null], "SELECT NULL, 'x', 'x'"],
    ['SELECT ?1', ["'; DROP TABLE sites; --"], "SELECT '''; DROP TABLE sites; --'"],
    ["SELECT '?1', ?1", ['v'], "SELECT '?1', 'v'"],
    ["SELECT 'it''s ?1', \"?1\", ?1 -- ?1", ['v'], "SELECT 'it''s ?1', \"?1\", 'v' -- ?1"],
    ['SELECT ?1', ['?1'], "SELECT '?1'"],
    ['SELECT ?10, ?1', [...'abcdefghij'], "SELECT 'j', 'a'"],
    ['SELECT ?1', [new Uint8Array([0, 255])], "SELECT X'00ff'"],
  ])('%s with %j', (sql, values, text) => {
    expect(withLiterals(sql, values)).toBe(text)
  })

  test.each<[string, readonly (string | number)[]]>([
    ['SELECT ?1', []],
    ['SELECT ?1', [Number.NaN]],
    ['SELECT ?1', ['a\0b']],
  ])('%s with %j is refused', (sql, values) => {
    expect(() => withLiterals(sql, values)).toThrow()
  })
})

describe('the deployed database, through wrangler', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-d1-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** The same command line on a local file: everything but the account is real. */
  const local = (words: readonly string[]) =>
    runWrangler(words.flatMap((word) => (word === '--remote' ? ['--local', '--persist-to', folder] : [word])))

  test('a site saved through it can be read back, hostile names included', async () => {
    await local(['d1', 'migrations', 'apply', 'DB', '--remote'])
    const db = remoteD1(local)
    const name = 'O\'Reilly "&" ?1; --'
    await saveSite(
      db,
      {
        id: 'shop',
        name,
        basis: 'consent',
        timeZone: 'Europe/Vienna',
        settings: {},
        pageHosts: ['WWW.shop.example'],
        endpointHosts: ['t.shop.example'],
      },
      '2026-11-21',
    )
    const { byId, byPageHost, byEndpointHost } = await readSites(db)
    expect([...byId.values()]).toMatchObject([{ id: 'shop', name, basis: 'consent', timeZone: 'Europe/Vienna' }])
    expect([...byPageHost.keys(), ...byEndpointHost.keys()]).toEqual(['www.shop.example', 't.shop.example'])
  })

  test('what the database refuses is an error with its message', async () => {
    await expect(remoteD1(local).prepare('SELECT * FROM absent_table').all()).rejects.toThrow(/no such table/)
  })
})
