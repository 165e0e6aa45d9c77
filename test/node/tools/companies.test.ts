import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookUp } from '../../../src/collect/look-up.ts'
import { readRuleSet } from '../../../src/collect/rule-list.ts'
import { keyOfWord, objectionRow } from '../../../src/company-objection.ts'
import { rollback } from '../../../src/compile/publish.ts'
import { VisitorAddress } from '../../../src/privacy/visitor-address.ts'
import { controlsDomain, proofRecord, txtLookup } from '../../../src/tools/companies/dns-proof.ts'
import { readCompaniesOptions } from '../../../src/tools/companies/options.ts'
import { buildTable } from '../../../src/tools/ranges/build.ts'
import { localKv } from '../../../src/tools/ranges/local-kv.ts'
import { storeOfKv } from '../../../src/tools/ranges/lookup.ts'
import { publishBuild } from '../../../src/tools/ranges/publish.ts'
import { withBindings } from '../../../src/tools/start/local-bindings.ts'
import { migrate } from '../../../src/tools/start/tables.ts'
import type { SiteId } from '../../../src/words.ts'
import { type DnsServer, dnsServer } from './dns-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-companies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const state = join(folder, 'state')
const out = join(folder, 'builds')
const rows = join(folder, 'rows.csv')
const list = join(folder, 'list.csv')
writeFileSync(rows, '203.0.113.0,203.0.113.255,1,Acme\n198.51.100.0,198.51.100.255,2,Beta\n')
writeFileSync(
  list,
  'name,domain,country,city,industry,employees,asns\nAcme,acme.example,DE,Ulm,Retail,51-200,AS1\nBeta,beta.example,DE,Ulm,Retail,51-200,AS2\n',
)

/** The real command in a process of its own, on the folders of this test. */
function run(script: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const options = ['--out', out, '--state', state]
  return new Promise((resolve) => {
    execFile(process.execPath, [`src/tools/${script}.ts`, ...words, ...options], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout, err: stderr })
    })
  })
}

/** Whom the Worker would name for these two addresses, with what is published and in the database now. */
function named(): Promise<(string | null)[]> {
  return withBindings(state, async ({ DB, RANGES }) => {
    const rules = await readRuleSet(DB)
    const ranges = storeOfKv(localKv(RANGES))
    const answers = []
    for (const address of ['203.0.113.9', '198.51.100.9']) {
      const answer = await lookUp(VisitorAddress.from(new Headers({ 'CF-Connecting-IP': address })), 'shop' as SiteId, rules, ranges)
      answers.push(answer === null || answer === 'block' ? null : answer.name)
    }
    return answers
  })
}

const publishLatest = () => withBindings(state, ({ RANGES }) => publishBuild(localKv(RANGES), { out, force: true }))

describe('P4 a company objects', () => {
  test('and is unlisted throughout: at once, after a rebuild, a publish and a rollback', async () => {
    await withBindings(state, ({ DB }) => migrate(DB, 'migrations'))
    await buildTable({ sources: [rows], list, out })
    await publishLatest()
    expect(await named()).toEqual(['Acme', 'Beta'])

    expect(await run('companies', 'object', 'www.Acme.example', '--why', 'letter of 12 November')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^dom:acme\.example objected \(known as Acme\)/),
    })
    expect(await named()).toEqual([null, 'Beta'])

    const built = await run('ranges', 'build', '--source', rows, '--list', list)
    expect(built).toMatchObject({ code: 0, out: expect.stringMatching(/listed +1 business[\s\S]*1 objection/) })
    const listing = (version: string) => readFileSync(join(out, version, 'listing.tsv'), 'utf8')
    const version = /version +([0-9a-f]{64})/.exec(built.out)?.[1] ?? ''
    expect(listing(version)).not.toContain('acme')
    await publishLatest()
    expect(await named()).toEqual([null, 'Beta'])

    await withBindings(state, ({ RANGES }) => rollback(localKv(RANGES), { now: new Date(0) }))
    expect(await named()).toEqual([null, 'Beta'])

    // A fresh clone has no database: the exported list goes with it.
    const exported = await run('companies', 'list', '--json')
    writeFileSync(join(folder, 'objections.json'), exported.out)
    const elsewhere = ['--out', join(folder, 'clone'), '--state', join(folder, 'nothing')]
    const clone = await run(
      'ranges',
      'build',
      '--source',
      rows,
      '--list',
      list,
      '--objections',
      join(folder, 'objections.json'),
      ...elsewhere,
    )
    expect(clone.out).toMatch(/1 objection/)
    expect(clone.out).toContain(version)
  })

  test('withdrawn, it may be named again', async () => {
    expect(await run('companies', 'withdraw', 'acme.example')).toMatchObject({ code: 0 })
    expect(await run('companies', 'withdraw', 'acme.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no objection under'),
    })
    expect(await named()).toEqual(['Acme', 'Beta'])
  })

  test('the public description of a table says nothing of who objected', async () => {
    const objections = [{ key: keyOfWord('acme.example') ?? '', names: ['Acme'], domains: ['acme.example'] }] as never
    const without = await buildTable({ sources: [rows], list, out: join(folder, 'public'), objections })
    expect(JSON.stringify(without.description)).not.toMatch(/acme|object/i)
  })
})

describe('control of a domain', () => {
  let server: DnsServer
  beforeAll(async () => {
    const { name, value } = proofRecord('acme.example')
    server = await dnsServer({ [name]: ['v=something else', value], '_doorplate.beta.example': ['doorplate-objection=wrong'] })
  })
  afterAll(() => server.close())

  test.each([
    ['acme.example', true],
    ['ACME.example', true],
    ['beta.example', false],
    ['gamma.example', false],
  ])('%s: %s', async (domain, there) => expect(await controlsDomain(domain, txtLookup(server.address))).toBe(there))

  test('the command refuses without the record and names it', async () => {
    const refused = await run('companies', 'object', 'beta.example', '--why', 'mail', '--check-dns', '--dns-server', server.address)
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('There is no TXT record _doorplate.beta.example') })
    const shown = await run('companies', 'proof', 'acme.example', '--dns-server', server.address)
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('whoever asked controls acme.example') })
  })

  test('a record in pieces, and a server that is silent', async () => {
    const { value } = proofRecord('acme.example')
    expect(await controlsDomain('acme.example', async () => [[value.slice(0, 9), value.slice(9)]])).toBe(true)
    const silent = controlsDomain('acme.example', async () => Promise.reject(new Error('the name server did not answer')))
    await expect(silent).rejects.toThrow('did not answer')
  })
})

describe('words on the command line', () => {
  test.each([
    ['acme.example', 'dom:acme.example'],
    ['https://www.Acme.example/imprint', 'dom:acme.example'],
    ['lei:529900ABCDEFGHIJKL12', 'lei:529900ABCDEFGHIJKL12'],
    ['own:acme-de', 'own:acme-de'],
    ['Acme GmbH', null],
    ['acme', null],
  ])('%s is %s', (word, key) => expect(keyOfWord(word)).toBe(key))

  test.each([
    [['object', 'acme.example'], 'Say why'],
    [['object'], '"object" takes a domain or a key'],
    [['list', 'acme.example'], '"list" takes no word'],
    [['forget', 'acme.example'], '"forget" is no verb'],
    [['show', 'a.example', 'b.example'], 'One company at a time'],
    [['list', '--colour'], "Unknown option '--colour'"],
  ])('%j is refused: %s', (words, problem) => {
    expect(readCompaniesOptions(words)).toEqual({ wrong: expect.stringContaining(problem) })
  })

  test('names and domains are kept once', () => {
    const row = objectionRow({
      word: 'acme.example',
      names: ['Acme', 'Acme SE'],
      domains: ['Acme.example', 'acme.test'],
      why: ' x ',
      proof: 'dns',
      known: null,
      today: '2026-11-21',
    })
    expect(row).toEqual({
      key: 'dom:acme.example',
      names: ['Acme', 'Acme SE'],
      domains: ['acme.example', 'acme.test'],
      why: 'x',
      proof: 'dns',
      created: '2026-11-21',
    })
    const wrong = { names: [], why: 'x', proof: null, known: null, today: '' } as const
    expect(objectionRow({ ...wrong, word: 'acme.example', domains: ['no domain'] })).toEqual({ unfit: 'no domain' })
    expect(objectionRow({ ...wrong, word: 'Acme GmbH', domains: [] })).toEqual({ unfit: 'Acme GmbH' })
  })
})
