import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAssets } from '../../../src/tools/build.ts'
import { Cloud } from '../../../src/tools/deploy/cloud.ts'
import { survey } from '../../../src/tools/ledger/survey.ts'
import { type FakeAccount, fakeAccount } from './cloudflare-api.ts'
import { command } from './command.ts'

/** The real wrangler against an account that starts empty and speaks like Cloudflare's API. */
describe('deploy and teardown', () => {
  let account: FakeAccount
  let folder = ''
  const environment = { ...process.env }

  beforeAll(async () => {
    account = await fakeAccount()
    folder = await mkdtemp(join(tmpdir(), 'doorplate-deploy-'))
    Object.assign(process.env, account.environment)
  })
  afterAll(async () => {
    process.env = environment
    await account.close()
    await rm(folder, { recursive: true, force: true })
  })

  const stated = { commit: 'abc', bundle: 'f'.repeat(64), proof: 'passed' }
  const variables = () =>
    Object.fromEntries(
      (account.scripts.get('doorplate')?.bindings ?? []).flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]])),
    )

  test('into an empty account: database in the EU, secret, domain, cron, no logs; then a second time', async () => {
    const cloud = new Cloud()
    expect(await cloud.account()).toBe('Example')
    expect(await cloud.secrets()).toBeNull()
    await cloud.rollOut({ stated, environment: '', secrets: { ADMIN_TOKEN_HASH: 'a'.repeat(64) }, domains: ['t.example.com'] })

    const script = account.scripts.get('doorplate')
    expect(variables()).toMatchObject({ DOORPLATE_COMMIT: 'abc', DOORPLATE_BUNDLE: 'f'.repeat(64), DOORPLATE_PROOF: 'passed', SINK: 'd1' })
    expect(script?.secrets.get('ADMIN_TOKEN_HASH')).toBe('a'.repeat(64))
    expect(script?.domains).toEqual(['t.example.com'])
    expect(script?.schedules).toEqual([{ cron: '17 * * * *' }])
    expect(script?.observability).toMatchObject({ enabled: false, logs: { invocation_logs: false }, traces: { enabled: false } })
    expect([...account.databases.values()]).toMatchObject([{ name: 'doorplate', jurisdiction: 'eu' }])
    expect([...account.namespaces.values()].map(({ title }) => title)).toEqual(['doorplate-ranges'])
    const [{ db } = { db: null }] = account.databases.values()
    expect(db?.prepare('SELECT count(*) AS n FROM d1_migrations').get()?.n).toBeGreaterThan(5)
    expect(await cloud.secrets()).toEqual(['ADMIN_TOKEN_HASH'])

    await cloud.rollOut({ stated: { ...stated, commit: 'def' }, environment: '' })
    expect(variables()).toMatchObject({ DOORPLATE_COMMIT: 'def' })
    expect(account.scripts.get('doorplate')?.secrets.size).toBe(1)
    expect(account.databases.size).toBe(1)
    expect(account.unknown).toEqual([])
  })

  test('a teardown without the right name deletes nothing; with it, it exports and leaves nothing', async () => {
    account.queues.set('q', { name: 'doorplate-counts-eu', consumers: [] })
    const refused = await command('teardown', ['--confirm', 'doorplat'])
    expect(refused.code).toBe(1)
    expect(refused.out).toMatch(/Worker +doorplate\n +database +doorplate\n +namespace +doorplate-ranges\n +queue +doorplate-counts-eu/)
    expect([account.scripts.size, account.databases.size]).toEqual([1, 1])

    const file = join(folder, 'all.ndjson')
    const done = await command('teardown', ['--confirm', 'doorplate', '--export', file])
    expect(done).toMatchObject({ code: 0, err: '' })
    async function* lines() {
      yield* (await readFile(file, 'utf8')).trimEnd().split('\n')
    }
    expect(Object.keys((await survey(lines())).tables)).toContain('company_activity')
    expect([account.scripts.size, account.databases.size, account.namespaces.size, account.queues.size]).toEqual([0, 0, 0, 0])
  })
})

describe('the bundle', () => {
  test('built in two empty folders it has one hash, and it is the one that is deployed', async () => {
    const [twice, deployed] = await Promise.all([command('verify', ['--json']), command('deploy', ['--dry-run', '--no-proof', '--json'])])
    expect(twice).toMatchObject({ code: 0, err: '' })
    const { built, stated } = JSON.parse(twice.out)
    expect(built).toMatch(/^[0-9a-f]{64}$/)
    expect(stated).toBe(built)
    expect(JSON.parse(deployed.out)).toMatchObject({ deployed: false, bundle: built, proof: '' })

    // An installation that states this bundle and serves this snippet is equal; one that states another is not.
    const [snippet] = await buildAssets()
    let statedThere = built
    const installation = createServer((request, response) => {
      if (request.url === '/d.js') response.end(snippet?.bytes)
      else response.end(JSON.stringify({ version: '0.1.0', statedByTheOperator: { commit: 'abc', bundle: statedThere, proof: null } }))
    })
    await new Promise<void>((ready) => installation.listen(0, '127.0.0.1', ready))
    const { port } = installation.address() as AddressInfo
    const same = await command('verify', [`http://127.0.0.1:${port}`])
    statedThere = 'e'.repeat(64)
    const other = await command('verify', [`http://127.0.0.1:${port}`])
    installation.close()
    expect([same.code, same.out]).toEqual([0, expect.stringContaining('Equal.')])
    expect([other.code, other.out]).toEqual([1, expect.stringMatching(/Different: .*git checkout abc/)])
  })
})
