import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchWritten } from '../../../src/ledger/desk/written.ts'
import { saveSite } from '../../../src/ledger/sites.ts'
import { withShards } from '../../../src/tools/d1/open.ts'
import { KINDS, readPrivacyOptions } from '../../../src/tools/privacy/options.ts'
import { readSource } from '../../../src/tools/privacy/source.ts'
import { withBindings } from '../../../src/tools/start/local-bindings.ts'
import { migrate } from '../../../src/tools/start/tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-privacy-'))
const state = join(folder, 'state')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PARTIES = {
  controller: 'Muster GmbH, Hauptstraße 1, 80331 München',
  contact: 'datenschutz@muster.example',
  dataProtectionOfficer: 'none',
  authority: 'Musterbehörde',
  policy: 'https://www.muster.example/datenschutz',
}

beforeAll(() =>
  withBindings(state, async ({ DB }) => {
    await migrate(DB, 'migrations')
    const site = { name: 'Shop', basis: 'consent', timeZone: 'Europe/Berlin', pageHosts: [], endpointHosts: [] } as const
    await saveSite(
      DB,
      { ...site, id: 'shop', settings: { parties: PARTIES }, pageHosts: ['www.muster.example'], endpointHosts: ['t.muster.example'] },
      '2026-11-21',
    )
    await saveSite(
      DB,
      {
        ...site,
        id: 'late',
        basis: 'legitimate-interest',
        pageHosts: ['www.late.example'],
        endpointHosts: ['t.late.example'],
        settings: { parties: PARTIES, balancing: { confirmedBy: 'Erika Mustermann', date: '2019-01-01', reviewBy: '2020-01-01' } },
      },
      '2019-01-01',
    )
    await saveSite(DB, { ...site, id: 'bare', settings: {} }, '2026-11-21')
  }),
)

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The real command in a process of its own, on the state of this test. */
function privacy(...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/tools/privacy.ts', ...words, '--state', state], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

describe('the words', () => {
  test.each([
    [[], 'Which text?'],
    [['novel', '--site', 'shop'], '"novel" is no text'],
    [['notice'], '--site ID'],
    [['notice', '--site', 'shop', '--lang', 'fr'], '--lang is de or en'],
    [['notice', 'record', '--site', 'shop'], 'One text at a time'],
    [['notice', '--sight', 'shop'], '--sight'],
    [['notice', '--site', 'shop', '--search', 'Müller'], 'belongs to rights'],
    [['rights', '--search', ' M '], '3 letters'],
  ])('%j is refused: %s', (args, why) => {
    expect(readPrivacyOptions(args)).toEqual({ wrong: expect.stringContaining(why) })
  })

  test('every text has its line in the help', () => {
    const request = readPrivacyOptions(['--help'])
    for (const kind of KINDS) expect('help' in request ? request.help : '').toContain(`\n  ${kind} `)
  })
})

describe('the command', () => {
  test('prints the notice of the site in German, by its own settings', async () => {
    const { code, out } = await privacy('notice', '--site', 'shop', '--lang', 'de')
    expect(code).toBe(0)
    for (const words of ['Muster GmbH', 'Einwilligung', 'nicht benannt', 'https://t.muster.example/opt-out', 'Keine Rechtsberatung'])
      expect(out).toContain(words)
  })

  test('makes a page of it that loads nothing', async () => {
    const { code } = await privacy('notice', '--site', 'shop', '--lang', 'de', '--html', '--out', folder)
    expect(code).toBe(0)
    const page = readFileSync(join(folder, 'notice.de.html'), 'utf8')
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('<a href="https://t.muster.example/opt-out?lang=de">')
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import/)
    expect(readPrivacyOptions(['well-known', '--site', 'shop', '--html'])).toEqual({ wrong: expect.stringContaining('no --html') })
  })

  test('names each missing field with the command that sets it, as text and as JSON', async () => {
    const { code, err } = await privacy('notice', '--site', 'bare')
    expect(code).toBe(1)
    for (const option of ['--controller', '--contact', '--dpo', '--authority', '--policy'])
      expect(err).toMatch(new RegExp(`npm run sites -- set bare ${option} `))
    const json = await privacy('notice', '--site', 'bare', '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({ missing: ['controller', 'contact', 'dataProtectionOfficer', 'authority', 'policy'] })
  })

  test('a balancing test past its day is written all the same, and warned about', async () => {
    const { code, out, err } = await privacy('balancing', '--site', 'late')
    expect(code).toBe(0)
    expect(out).toContain('Confirmed by: Erika Mustermann')
    expect(err).toContain('was to be reviewed by 2020-01-01')
  })

  test('writes the well-known files into a folder', async () => {
    const { code, err } = await privacy('well-known', '--site', 'shop', '--out', folder)
    expect(code).toBe(0)
    expect(err).toContain('tracking-status+json')
    expect(JSON.parse(readFileSync(join(folder, '.well-known/gpc.json'), 'utf8'))).toMatchObject({ gpc: true })
    expect(JSON.parse(readFileSync(join(folder, '.well-known/dnt/index.json'), 'utf8'))).toMatchObject({
      tracking: 'N',
      policy: PARTIES.policy,
    })
  })

  test('an unknown site names those that are there', async () => {
    expect(await privacy('toms', '--site', 'ship')).toMatchObject({ code: 1, err: expect.stringContaining('There are: bare, late, shop.') })
  })

  test('finds a person wherever operators wrote the name, in any spelling of its letters, and nothing else', async () => {
    await withBindings(state, ({ DB }) =>
      DB.batch(
        [
          "INSERT INTO notes VALUES ('shop', 'dom:acme.example', 'aa', 'Frau MÜLLER\nrief an', 'sales', '2026-11-21')",
          "INSERT INTO notes VALUES ('shop', 'dom:acme.example', 'bb', 'asked for an offer', 'Anna Müller', '2026-11-21')",
          "INSERT INTO notes VALUES ('late', 'dom:acme.example', 'cc', 'asked for an offer', 'sales', '2026-11-21')",
          "INSERT INTO tags VALUES ('late', 'dom:acme.example', 'via muller', '2026-11-21')",
          "INSERT INTO audit VALUES ('shop', 1, 'a', 'a.mueller@shop.example', 'export', '', 0), ('shop', 2, 'b', 'anna.müller', 'export', '', 0), ('late', 3, 'c', 'anna.müller', 'export', '', 0)",
          "INSERT INTO tokens VALUES ('h', 'i', 'Mu\u0308ller''s laptop', 'viewer', '*', '2026-11-21', NULL, NULL, NULL)",
        ].map((sql) => DB.prepare(sql)),
      ),
    )
    const { code, out } = await privacy('rights', '--search', 'müller')
    expect(code).toBe(0)
    expect(out.trim().split('\n').sort()).toEqual([
      'audit  *  2 entries  anna.müller',
      'note  shop  dom:acme.example  Frau MÜLLER rief an (sales)',
      'note  shop  dom:acme.example  asked for an offer (Anna Müller)',
      'tag  late  dom:acme.example  via muller',
      "token  *  i  Mu\u0308ller's laptop",
    ])
    const search = (words: string) => withShards(false, ({ all }) => searchWritten(all, words), state)
    expect(await search('MUSTERMANN')).toMatchObject([{ place: 'settings', site: 'late' }])
    expect(await search('100%')).toEqual([])
  })

  test('before anything was started it says how to get a database', async () => {
    const nowhere = { site: 'shop', remote: false, state: join(folder, 'empty') }
    await expect(readSource(nowhere, '2026-11-21')).rejects.toThrow('npm start')
  })
})
