import { readdirSync, readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ObjectionRow } from '../../../src/company-objection.ts'
import { readObjections } from '../../../src/ledger/objections.ts'
import { recordObjection } from '../../../src/tools/companies/record-objection.ts'
import { withShards } from '../../../src/tools/d1/open.ts'
import type { CompanyKey } from '../../../src/words.ts'

/**
 * `companies -- object … --remote` against a wrangler that is written down: every command line it would have run, and
 * its answer from an SQLite database with the project's own migrations.
 */
// The bundler of the tests does not know this module yet; Node does.
const sqlite = process.getBuiltinModule('node:sqlite')

let db: DatabaseSync
let commands: string[][]

beforeEach(() => {
  db = new sqlite.DatabaseSync(':memory:')
  for (const file of readdirSync('migrations').sort()) db.exec(readFileSync(`migrations/${file}`, 'utf8'))
  commands = []
})

async function wrangler(words: readonly string[]): Promise<Buffer> {
  commands.push([...words])
  const sql = words[words.indexOf('--command') + 1] ?? ''
  return Buffer.from(JSON.stringify([{ success: true, results: db.prepare(sql).all() }]))
}

const ACME: ObjectionRow = {
  key: 'dom:acme.example' as CompanyKey,
  names: ['Acme', "O'Acme"],
  domains: ['acme.example', 'acme.test'],
  why: "letter; DROP TABLE companies; --'",
  created: '2026-11-22',
  proof: null,
}

const company = (site: string, key: string, name: string, domain: string) => {
  db.prepare(
    `INSERT INTO companies (site_id, company_key, kind, name, domain, country, receipt, first_hour) VALUES (?, ?, 'business', ?, ?, 'DE', '{}', 1)`,
  ).run(site, key, name, domain)
  db.prepare(
    `INSERT INTO company_activity (site_id, company_key, hour, kind, path, origin, name, count, seconds) VALUES (?, ?, 1, 'view', '/', '', '', 1, 0)`,
  ).run(site, key)
}
const left = (table: 'companies' | 'company_activity') =>
  db
    .prepare(`SELECT site_id || ' ' || company_key AS row FROM ${table} ORDER BY 1`)
    .all()
    .map(({ row }) => row)

describe('an objection on the deployed databases', () => {
  test('P4 its rows go on all sites, under each of its keys and domains; others stay', async () => {
    company('shop', 'dom:acme.example', 'Acme', 'acme.example')
    company('blog', 'dom:acme.example', 'Acme', 'acme.example')
    company('blog', 'dom:jobs.acme.test', 'Acme Jobs', 'jobs.acme.test')
    company('shop', 'dom:notacme.example', 'Not Acme', 'notacme.example')
    const gone = await withShards(true, (shards) => recordObjection(shards, ACME), 'nowhere', wrangler)
    expect(gone).toBe(3)
    expect(left('companies')).toEqual(['shop dom:notacme.example'])
    expect(left('company_activity')).toEqual(['shop dom:notacme.example'])
  })

  test('the objection is there for the Worker, word for word', async () => {
    await withShards(true, (shards) => recordObjection(shards, ACME), 'nowhere', wrangler)
    expect(await withShards(true, ({ primary }) => readObjections(primary), 'nowhere', wrangler)).toEqual([ACME])
  })

  test('each command is one of wrangler’s on the deployed database, and the objection is written before anything is deleted', async () => {
    await withShards(true, (shards) => recordObjection(shards, ACME), 'nowhere', wrangler)
    for (const words of commands) expect(words.slice(0, -1)).toEqual(['d1', 'execute', 'DB', '--remote', '--yes', '--json', '--command'])
    const verbs = commands.map((words) => /^\s*(\w+ \w+ \w+)/.exec(words.at(-1) ?? '')?.[1])
    expect(verbs[0]).toBe('INSERT INTO company_objections')
    expect(verbs.filter((verb) => verb?.startsWith('DELETE FROM'))).toEqual(
      expect.arrayContaining(['DELETE FROM company_activity', 'DELETE FROM company_day', 'DELETE FROM companies']),
    )
  })

  test('a database whose migrations have not run says which command helps', async () => {
    db = new sqlite.DatabaseSync(':memory:')
    await expect(withShards(true, (shards) => recordObjection(shards, ACME), 'nowhere', wrangler)).rejects.toThrow(
      'npx wrangler d1 migrations apply DB --remote',
    )
  })
})
