import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unstable_splitSqlQuery } from 'wrangler'
import { readRules } from '../../../src/ledger/rules.ts'
import { readDraft } from '../../../src/ledger/sites.ts'
import { readSetupOptions, type SetupOptions } from '../../../src/tools/setup/options.ts'
import { setUpThere } from '../../../src/tools/setup/remote.ts'
import type { Talk } from '../../../src/tools/setup/talk.ts'
import { tokenHash } from '../../../src/tools/start/token.ts'
import { WranglerFailed } from '../../../src/tools/wrangler.ts'
import type { SiteId } from '../../../src/words.ts'
import { command } from './command.ts'
import { openDatabases } from './local-databases.ts'

let folder = ''
const at = (name: string) => join(folder, name)

/** A source and a list so small that a table is built in a moment. */
const small = () => ['--source', at('networks.csv'), '--list', at('list.csv')]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-setup-'))
  await writeFile(at('networks.csv'), '203.0.113.0,203.0.113.255,64500,ACME\n192.0.2.0,192.0.2.255,64501,SOME-PROVIDER Internet Access\n')
  await writeFile(
    at('list.csv'),
    'name,domain,country,city,industry,employees,asns,legal_form,postcode,lei,source,checked\nAcme,acme.example,DE,Munich,Industrial,10001+,AS64500,AG,,,test,2026-06-17\n',
  )
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

describe('on this machine', () => {
  test('setup, once more, and a doctor who finds all well', async () => {
    const state = ['--state', at('here')]
    const first = await command('setup', [
      '--local',
      '--yes',
      ...state,
      ...small(),
      '--own-network',
      '203.0.113.7',
      '--web-logs-days',
      '14',
    ])
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/1 organisations, built, published/)
    expect(first.out).toContain('203.0.113.0/24 is blocked')
    expect(first.out).toContain('14 days: ask for 7 or fewer')
    expect((await stat(at('here/admin-token'))).mode & 0o777).toBe(0o600)
    const token = await readFile(at('here/admin-token'), 'utf8')

    const again = await command('setup', ['--local', '--json', ...state, ...small()])
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(again.out)).toMatchObject({ where: 'local', made: false, blocked: null, token: token.trim(), site: { id: 'demo' } })

    const doctor = await command('doctor', ['--json', ...state])
    const findings = JSON.parse(doctor.out) as { check: string; state: string; says: string }[]
    // The list of the repository is of June 2026: that it is old one day is for the doctor to say.
    const aged = ({ check, says }: { check: string; says: string }) => check === 'range table' && / days old: /.test(says)
    expect(findings.filter((finding) => finding.state !== 'ok' && !aged(finding))).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['canary', 'canary’s address', 'hourly work there', '/d.js', 'migrations']),
    )
    expect(doctor.code).toBe(findings.some(aged) ? 1 : 0)

    await rm(at('here/admin-token'))
    const without = await command('doctor', state)
    expect(without.code).toBe(1)
    expect(without.out).toMatch(/!! {2}secret +.*npm run setup -- --local --yes/)
  })

  test('a doctor who finds nothing says where to begin', async () => {
    const { code, out } = await command('doctor', ['--state', at('nothing')])
    expect(code).toBe(1)
    expect(out).toMatch(/!! {2}migrations +0001_first\.sql.*npm run setup -- --local --yes/)
    expect(out).toMatch(/!! {2}range table +no range table is published/)
  })
})

describe('the command line', () => {
  test.each<[string[], RegExp]>([
    [[], /say --local or --remote/],
    [['--local', '--remote'], /one of --local and --remote/],
    [['--local', '--web-logs-days', 'many'], /number of days/],
    [['--local', '--own-network', 'home'], /takes an IP address/],
    [['--remote', '--yes'], /--host www\.example\.com/],
    [['--locl'], /Unknown option/],
  ])('%j', (args, wrong) => {
    expect(readSetupOptions(args, false)).toEqual({ wrong: expect.stringMatching(wrong) })
  })

  test('asks only where somebody answers', () => {
    expect(readSetupOptions([], true)).toMatchObject({ run: { ask: true, where: null } })
    expect(readSetupOptions(['--local', '--yes'], true)).toMatchObject({ run: { ask: false, where: 'local' } })
    expect(readSetupOptions(['--local', '--json'], true)).toMatchObject({ run: { ask: false, json: true } })
  })
})

describe('on Cloudflare', () => {
  const databases = openDatabases(['there'])
  afterAll(() => databases.close())

  /**
   * A wrangler that answers from a real database and a map, and writes down what it was asked. Its own command lines have
   * a test of their own, against the real wrangler (deploy.test.ts).
   */
  async function fakeWrangler() {
    const db = await databases.of('there')
    const values = new Map<string, Buffer>()
    const secrets = new Map<string, string>()
    const asked: string[][] = []
    let deployed = false
    const run = async (words: readonly string[]): Promise<Buffer> => {
      asked.push([...words])
      const [first, second] = words
      const json = (value: unknown) => Buffer.from(JSON.stringify(value))
      if (first === 'whoami') return json({ loggedIn: true, accounts: [{ name: 'Example' }] })
      if (first === 'secret') {
        if (!deployed) throw new WranglerFailed('This Worker does not exist on your account. [code: 10007]')
        return json([...secrets.keys()].map((name) => ({ name })))
      }
      if (first === 'deploy') {
        deployed = true
        const file = words.indexOf('--secrets-file')
        if (file > 0)
          for (const [name, text] of Object.entries(JSON.parse(await readFile(words[file + 1] ?? '', 'utf8'))))
            secrets.set(name, String(text))
        return Buffer.alloc(0)
      }
      if (first === 'd1' && second === 'list') return json(deployed ? [{ name: 'doorplate' }] : [])
      if (first === 'd1' && second === 'migrations') return Buffer.alloc(0)
      if (first === 'd1') {
        const answers = await db.batch(unstable_splitSqlQuery(words.at(-1) ?? '').map((sql) => db.prepare(sql)))
        return json(answers.map(({ results }) => ({ results, success: true })))
      }
      if (second === 'key' && words[2] === 'get') {
        const value = values.get(words[3] ?? '')
        if (value === undefined) throw new WranglerFailed('404: key not found')
        return value
      }
      if (second === 'key') return json([...values.keys()].map((name) => ({ name })))
      const pairs = JSON.parse(await readFile(words[3] ?? '', 'utf8')) as { key: string; value: string }[]
      for (const { key, value } of pairs) values.set(key, Buffer.from(value, 'base64'))
      return Buffer.alloc(0)
    }
    return { run, asked, values, secrets, db }
  }

  const talk = (answers: Readonly<Record<string, string>>): Talk & { readonly said: string[] } => {
    const said: string[] = []
    return {
      said,
      step: (title, why) => void said.push(`${title}: ${why}`),
      done: (says) => void said.push(says),
      question: async (text, usual) => Object.entries(answers).find(([part]) => text.includes(part))?.[1] ?? usual,
      end() {},
    }
  }

  function optionsOf(args: readonly string[], terminal: boolean): SetupOptions {
    const request = readSetupOptions(args, terminal)
    if (!('run' in request)) throw new Error(JSON.stringify(request))
    return request.run
  }

  test('login, deploy, migrate, token, range table, first site; a second run changes nothing of it', async () => {
    const wrangler = await fakeWrangler()
    await mkdir(at('there'))
    const args = ['--remote', '--state', at('there'), ...small()]
    const asking = talk({ 'Host of the site': 'www.shop.example', 'public IP address': '192.0.2.9' })
    const now = Date.UTC(2026, 10, 22)
    const done = await setUpThere(optionsOf(args, true), asking, now, wrangler.run)

    expect(done.line).toBe('<script defer src="https://t.shop.example/d.js"></script>')
    expect(done.token).toMatch(/^dp_[\w-]{43}$/)
    expect(wrangler.secrets.get('ADMIN_TOKEN_HASH')).toBe(tokenHash(done.token ?? ''))
    // A provider's range holds other people's offices too: only the address itself is offered.
    expect(done.blocked).toBe('192.0.2.9')
    expect(await readRules(wrangler.db, 'shop')).toMatchObject([{ action: 'block', why: 'own network (setup)' }])
    expect(await readDraft(wrangler.db, 'shop' as SiteId)).toMatchObject({
      basis: 'consent',
      pageHosts: ['www.shop.example'],
      endpointHosts: ['t.shop.example'],
    })
    expect(wrangler.values.has('ranges:current')).toBe(true)
    const deploy = wrangler.asked.find(([first]) => first === 'deploy') ?? []
    expect(deploy).toEqual(expect.arrayContaining(['--env=', '--secrets-file', expect.stringMatching(/^DOORPLATE_BUNDLE:[0-9a-f]{64}$/)]))
    const order = wrangler.asked.map(([first, second]) => `${first} ${second}`)
    expect(order.indexOf('whoami --json')).toBe(0)
    expect(order.findIndex((each) => each.startsWith('deploy'))).toBeLessThan(order.indexOf('d1 migrations'))
    // The token itself is in no command line and no text that explains.
    expect(JSON.stringify([wrangler.asked, asking.said])).not.toContain(done.token)

    const secret = wrangler.secrets.get('ADMIN_TOKEN_HASH')
    const again = await setUpThere(
      optionsOf([...args, '--yes', '--host', 'www.shop.example', '--endpoint', 't.shop.example'], true),
      talk({}),
      now,
      wrangler.run,
    )
    expect(again).toMatchObject({ token: null, made: false, blocked: null })
    expect(wrangler.secrets.get('ADMIN_TOKEN_HASH')).toBe(secret)
    expect(wrangler.asked.filter(([first]) => first === 'deploy').at(-1)).toEqual(expect.arrayContaining(['--domain', 't.shop.example']))
  })

  test('nobody is logged in', async () => {
    const run = () => Promise.reject(new WranglerFailed('You are not authenticated'))
    await expect(setUpThere(optionsOf(['--remote', '--yes', '--host', 'a.example'], false), talk({}), 0, run)).rejects.toThrow(
      'npx wrangler login',
    )
  })
})
