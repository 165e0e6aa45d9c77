import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POINTER_KEY } from '../../../src/compile/pointer.ts'
import { publish } from '../../../src/compile/publish.ts'
import { saveSite } from '../../../src/ledger/sites.ts'
import { buildAssets } from '../../../src/tools/build.ts'
import { accountChecks } from '../../../src/tools/doctor/account.ts'
import { type Check, type Finding, lineOf, lookAt } from '../../../src/tools/doctor/finding.ts'
import { Operator } from '../../../src/tools/doctor/operator.ts'
import { projectChecks } from '../../../src/tools/doctor/project.ts'
import { filesOf, storeChecks } from '../../../src/tools/doctor/stores.ts'
import { visitorChecks } from '../../../src/tools/doctor/visitor.ts'
import { workerOf } from '../../../src/tools/prove/bundle.ts'
import { ADMIN_TOKEN, type Runtime, startRuntime } from '../../../src/tools/prove/runtime.ts'
import { localKv } from '../../../src/tools/ranges/local-kv.ts'
import { newSite } from '../../../src/tools/sites/options.ts'
import { migrate } from '../../../src/tools/start/tables.ts'
import { tableOf } from '../compile/made-table.ts'
import { MemoryKv } from '../compile/memory-kv.ts'
import { openDatabases } from './local-databases.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const TODAY = '2026-11-22'
const ROOT = resolve('.')

/** What one of the checks says. */
async function says(checks: readonly Check[], name: string): Promise<Finding> {
  const [finding] = await lookAt(
    checks.filter((check) => check.name === name),
    () => undefined,
  )
  if (finding === undefined) throw new Error(`no check is called ${name}`)
  return finding
}

const bad = (pattern: RegExp) => ({ state: 'wrong', says: expect.stringMatching(pattern) })
const good = { state: 'ok' }

test('a line says ok or what to do, and a check that breaks says why', async () => {
  const findings = await lookAt(
    [
      { name: 'a', look: () => ({ state: 'ok', says: 'fine' }) },
      { name: 'b', look: () => ({ state: 'wrong', says: 'npm ci' }) },
      { name: 'c', look: () => Promise.reject(new Error('no such file')) },
      { name: 'd', look: () => ({ state: 'unknown', says: 'set X' }) },
    ],
    () => undefined,
  )
  expect(findings.map(lineOf).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'ok a fine',
    '!! b npm ci',
    '!! c it could not be looked at: no such file',
    '?? d set X',
  ])
})

describe('the folder', () => {
  let root = ''
  beforeAll(async () => {
    await buildAssets()
    root = await mkdtemp(join(tmpdir(), 'doorplate-doctor-'))
    for (const name of ['package.json', 'wrangler.toml']) await cp(name, join(root, name))
    await cp('src/snippet', join(root, 'src/snippet'), { recursive: true })
    await cp('dist/assets', join(root, 'dist/assets'), { recursive: true })
    await symlink(resolve('node_modules'), join(root, 'node_modules'), 'dir')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  const checks = () => projectChecks(root, process.version)

  /** What a check says while a file is changed. */
  async function broken(name: string, file: string, change: (text: string) => string): Promise<Finding> {
    const path = join(root, file)
    const before = await readFile(path, 'utf8')
    const after = change(before)
    expect(after).not.toBe(before)
    await writeFile(path, after)
    try {
      return await says(checks(), name)
    } finally {
      await writeFile(path, before)
    }
  }

  test('is well', async () => {
    for (const finding of await lookAt(checks(), () => undefined)) expect(finding).toMatchObject(good)
  })

  test('an old Node', async () => {
    expect(await says(projectChecks(root, 'v20.9.0'), 'Node')).toMatchObject(bad(/v20\.9\.0.*22\.18/))
  })

  test.each<[string, string, string, (text: string) => string, RegExp]>([
    [
      'packages',
      'another version',
      'package.json',
      (text) => text.replace(/"hono": "[^"]+"/, '"hono": "1.0.0"'),
      /hono is .*1\.0\.0: npm ci/,
    ],
    ['packages', 'a missing one', 'package.json', (text) => text.replace('"hono":', '"honk":'), /honk is not installed.*npm ci/],
    [
      'bindings',
      'no range table',
      'wrangler.toml',
      (text) => text.replace('binding = "RANGES"', 'binding = "TABLES"'),
      /top level: the binding RANGES/,
    ],
    [
      'bindings',
      'no queue',
      'wrangler.toml',
      (text) => text.replace('binding = "COUNTS"', 'binding = "COUNT"'),
      /queue: the binding COUNTS/,
    ],
    ['jurisdiction', 'anywhere', 'wrangler.toml', (text) => text.replace('jurisdiction = "eu"\n', ''), /jurisdiction = "eu"/],
    [
      'logs and traces',
      'invocation logs',
      'wrangler.toml',
      (text) => text.replace('invocation_logs = false', 'invocation_logs = true'),
      /invocation logs/,
    ],
    ['hourly work', 'no cron', 'wrangler.toml', (text) => text.replace(/crons = \[.*\]/, 'crons = []'), /crons/],
    ['snippet', 'changed', 'dist/assets/d.js', (text) => `${text}/* */`, /not what the sources give.*npm run build/],
  ])('%s: %s', async (name, _, file, change, todo) => {
    expect(await broken(name, file, change)).toMatchObject(bad(todo))
  })

  test('a snippet that is not built', async () => {
    await rm(join(root, 'dist/assets/cmp.js'))
    expect(await says(checks(), 'snippet')).toMatchObject(bad(/cmp\.js is not built: npm run build/))
    await cp('dist/assets/cmp.js', join(root, 'dist/assets/cmp.js'))
  })
})

describe('the stores', () => {
  const databases = openDatabases(['doctor'])
  const kv = new MemoryKv()
  let db: D1Database
  beforeAll(async () => {
    db = await databases.of('doctor')
    await publish(kv, await tableOf([['203.0.113.0', '203.0.113.255', 1]]), { now: new Date(NOW) })
    await saveSite(db, { ...newSite('shop'), pageHosts: ['www.shop.example'], endpointHosts: ['t.shop.example'] }, TODAY)
  })
  afterAll(() => databases.close())

  const checks = (today = TODAY) => storeChecks({ db, kv }, join(ROOT, 'migrations'), today)

  test('are well', async () => {
    for (const finding of await lookAt(checks(), () => undefined)) expect(finding).toMatchObject(good)
  })

  test('a migration that has not run, and one that this version does not know', async () => {
    const [last] = (await filesOf('migrations')).slice(-1)
    await db.prepare('UPDATE d1_migrations SET name = ?1 WHERE name = ?2').bind('9999_later.sql', last).run()
    expect(await says(checks(), 'migrations')).toMatchObject(bad(/has not run: npm run setup/))
    await db.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(last).run()
    expect(await says(checks(), 'migrations')).toMatchObject({ state: 'unknown', says: expect.stringContaining('9999_later.sql') })
    await db.prepare("DELETE FROM d1_migrations WHERE name = '9999_later.sql'").run()
  })

  test('a range table that is not there, has a broken value, or is old', async () => {
    expect(await says(checks('2027-07-01'), 'range table')).toMatchObject(bad(/379 days old: npm run ranges -- refresh/))
    const [name = ''] = [...kv.values.keys()].filter((key) => key !== POINTER_KEY)
    const value = kv.values.get(name)
    kv.values.set(name, { value: new Uint8Array(8), written: 0 })
    expect(await says(checks(), 'range table')).toMatchObject(bad(/npm run ranges -- publish/))
    if (value !== undefined) kv.values.set(name, value)
    const pointer = kv.values.get(POINTER_KEY)
    kv.values.delete(POINTER_KEY)
    expect(await says(checks(), 'range table')).toMatchObject(bad(/no range table is published/))
    if (pointer !== undefined) kv.values.set(POINTER_KEY, pointer)
  })

  test('no site, a site without a host, and one that Doorplate does not reach on its own domain (P1)', async () => {
    await saveSite(db, { ...newSite('shop'), pageHosts: ['www.shop.example'], endpointHosts: ['doorplate.acme.workers.dev'] }, TODAY)
    expect(await says(checks(), 'sites')).toMatchObject(bad(/domain of www\.shop\.example.*--endpoint t\.shop\.example/))
    await saveSite(db, { ...newSite('shop'), pageHosts: [], endpointHosts: [] }, TODAY)
    expect(await says(checks(), 'sites')).toMatchObject(bad(/shop has no host/))
    await db.batch([db.prepare('DELETE FROM sites'), db.prepare('DELETE FROM site_hosts')])
    expect(await says(checks(), 'sites')).toMatchObject(bad(/no site is counted/))
  })
})

/** A zone in front of the Worker that changes answers or drops headers. */
async function zone(
  worker: URL,
  change: (path: string, headers: Headers, body: string) => { headers?: Headers; body?: string; status?: number },
  drop: readonly string[] = [],
) {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const headers = new Headers(
        Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])),
      )
      for (const name of ['host', 'connection', 'content-length', 'transfer-encoding', ...drop]) headers.delete(name)
      const answer = await fetch(new URL(request.url ?? '/', worker), {
        method: request.method ?? 'GET',
        headers,
        redirect: 'manual',
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      })
      const body = await answer.text()
      const given = new Headers(answer.headers)
      given.delete('content-encoding')
      given.delete('content-length')
      const changed = change(request.url ?? '/', given, body)
      const status = changed.status ?? answer.status
      response.writeHead(status, [...(changed.headers ?? given)].flat())
      response.end(status === 204 ? undefined : (changed.body ?? body))
    })()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise<void>((closed) => server.close(() => closed())) }
}

describe('a running installation', () => {
  let folder = ''
  let code = ''
  const running: Runtime[] = []
  const closing: (() => Promise<void>)[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorplate-doctor-run-'))
    code = (await workerOf(resolve('src'))).code
  })
  afterAll(async () => {
    for (const close of closing) await close()
    for (const runtime of running) await runtime.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  /** A Worker with a site on the host it is asked on, freshly started: it knows of no site yet. */
  async function installation(name: string): Promise<Runtime> {
    await mkdir(join(folder, name), { recursive: true })
    const runtime = await startRuntime({ state: join(folder, name), modules: { 'worker.mjs': code } }, { console: [], outbound: [] })
    running.push(runtime)
    await migrate(runtime.db, 'migrations')
    await saveSite(runtime.db, { ...newSite('shop'), pageHosts: [runtime.url.host], endpointHosts: [runtime.url.host] }, TODAY)
    await publish(localKv(runtime.ranges), await tableOf([['203.0.113.0', '203.0.113.255', 1]]), { now: new Date(NOW) })
    return runtime
  }

  const operatorOf = (url: URL | string, over: { token?: string; now?: number; patienceMs?: number } = {}) =>
    new Operator({
      url: String(url),
      token: over.token ?? ADMIN_TOKEN,
      now: () => over.now ?? NOW,
      wait: (ms) => new Promise((done) => setTimeout(done, ms)),
      patienceMs: over.patienceMs ?? 4_000,
      address: '192.254.248.247',
    })

  test('the operator’s view: a canary, the token, the table, the hourly work, shed events', async () => {
    const { url, db, ranges } = await installation('operator')
    const operator = operatorOf(url)
    expect(await operator.canary()).toMatchObject({ state: 'ok', says: expect.stringContaining('deleted again') })
    expect((await db.prepare("SELECT count(*) AS n FROM site_totals WHERE site_id LIKE '%canary%'").first<{ n: number }>())?.n).toBe(0)

    expect(await operator.secret()).toMatchObject(good)
    expect(await operatorOf(url, { token: 'dp_another' }).secret()).toMatchObject(bad(/--new-token/))

    expect(await operator.hourlyWork()).toMatchObject({ state: 'unknown' })
    await fetch(new URL('/cdn-cgi/local/scheduled', url))
    const now = Date.now()
    expect(await operatorOf(url, { now }).hourlyWork()).toMatchObject(good)
    expect(await operatorOf(url, { now: now + 5 * 3_600_000 }).hourlyWork()).toMatchObject(bad(/nothing is deleted any more/))
    await db.prepare("UPDATE chores SET done = NULL WHERE name = 'purge'").run()
    expect(await operatorOf(url, { now }).hourlyWork()).toMatchObject(bad(/purge failed/))

    const files = await filesOf('migrations')
    const checks = operator.checks(files)
    for (const finding of await lookAt(checks, () => undefined)) expect(finding).toMatchObject(good)
    expect(await says(operator.checks([...files, '9998_new.sql']), 'migrations there')).toMatchObject(
      bad(/9998_new\.sql has not run: npx wrangler d1 migrations apply/),
    )
    await db.prepare("INSERT INTO site_totals VALUES ('shop', ?1, 'outcome', 'shed', 12)").bind(new Date().toISOString().slice(0, 10)).run()
    expect(await says(checks, 'shed events')).toMatchObject(bad(/shop 12 in seven days/))
    await saveSite(db, { ...newSite('shop'), pageHosts: ['www.shop.example'], endpointHosts: ['a.workers.dev'] }, TODAY)
    expect(await says(checks, 'sites there')).toMatchObject(bad(/opt-out cookie/))
    await ranges.delete(POINTER_KEY)
    expect(await says(checks, 'range table there')).toMatchObject(bad(/none is published/))
  })

  test('a canary that is not counted, and one whose objection is lost on the way', async () => {
    const { url, db } = await installation('canary')
    const deaf = await zone(url, () => ({}), ['sec-gpc'])
    closing.push(deaf.close)
    expect(await operatorOf(deaf.url).canary()).toMatchObject(bad(/drops the header Sec-GPC/))
    expect((await db.prepare("SELECT count(*) AS n FROM sites WHERE id LIKE '%canary%'").first<{ n: number }>())?.n).toBe(0)
    // The isolate knows its sites for a minute: an event on the next canary's is nobody's.
    expect(await operatorOf(url, { patienceMs: 300 }).canary()).toMatchObject(bad(/was not counted/))
  })

  test('the visitor’s view, and what a zone in front adds to it', async () => {
    const { url } = await installation('visitor')
    const built = await buildAssets()
    const look = (where: string | URL, now = Date.now()) => visitorChecks({ url: String(where), built, now: () => now })
    for (const finding of await lookAt(look(url), () => undefined)) expect(finding).toMatchObject(good)

    let change: Parameters<typeof zone>[1] = () => ({})
    const changing = await zone(url, (...args) => change(...args))
    closing.push(changing.close)
    const adding = (name: string, value: string) => (_: string, headers: Headers) => {
      headers.append(name, value)
      return { headers }
    }
    const injecting = (text: string) => (path: string, _: Headers, body: string) =>
      path === '/opt-out' ? { body: body.replace('</body>', `${text}</body>`) } : {}
    const cases: readonly [check: string, change: Parameters<typeof zone>[1], todo: RegExp][] = [
      ['/d.js', adding('set-cookie', '__cf_bm=x; path=/'), /__cf_bm: Bot Fight Mode/],
      ['/e', adding('set-cookie', 'cf_clearance=x'), /JavaScript detections/],
      ['/e', adding('set-cookie', '_cfuvid=x'), /rate limiting/],
      ['/opt-out', adding('set-cookie', 'other=x'), /sets the cookie other/],
      ['/d.js', adding('nel', '{}'), /Network Error Logging/],
      ['/e', adding('report-to', '{}'), /Network Error Logging/],
      ['well-known', adding('report-to', '{}'), /Network Error Logging/],
      ['/opt-out', injecting('<script src="/cdn-cgi/challenge-platform/x.js"></script>'), /JavaScript Detections/],
      ['/opt-out', injecting('<script src="https://static.cloudflareinsights.com/beacon.min.js"></script>'), /Web Analytics/],
      ['/opt-out', injecting('<script src="/cdn-cgi/zaraz/s.js"></script>'), /Zaraz/],
      ['/opt-out', injecting('<script src="/cdn-cgi/scripts/x/rocket-loader.min.js"></script>'), /Rocket Loader/],
      ['/opt-out', injecting('<script src="/cdn-cgi/scripts/x/email-decode.min.js"></script>'), /Email Address Obfuscation/],
      ['/opt-out', injecting('<script>track()</script>'), /a script that is not ours/],
      [
        '/d.js',
        (path, headers) => (path === '/d.js' ? { status: 403, headers: new Headers([...headers, ['cf-mitigated', 'challenge']]) } : {}),
        /challenge/,
      ],
      ['/d.js', (path, _, body) => (path === '/d.js' ? { body: `${body} ` } : {}), /not what this version builds/],
      ['/opt-out', (path) => (path === '/opt-out' ? { status: 404 } : {}), /answers 404/],
      ['/e', (_, headers) => ({ headers: new Headers([...headers].filter(([name]) => name !== 'tk')) }), /lacks "Tk: N"/],
      [
        '/e',
        (_, headers) => ({
          headers: new Headers([...headers].map(([name, value]) => (name === 'cache-control' ? [name, 'public'] : [name, value]))),
        }),
        /Cache-Control/,
      ],
      ['well-known', (path) => (path.endsWith('gpc.json') ? { status: 404 } : {}), /gpc\.json answers 404/],
    ]
    for (const [check, changed, todo] of cases) {
      change = changed
      expect(await says(look(changing.url), check), String(todo)).toMatchObject(bad(todo))
    }
    change = (_, headers) => ({ headers: new Headers([...headers, ['date', new Date(NOW).toUTCString()]]) })
    expect(await says(look(changing.url, NOW + 3_600_000), 'clock')).toMatchObject(bad(/3600 s apart/))
    // Another host than the site's: the manifest belongs to nobody there.
    expect(await says(look(`http://localhost:${url.port}`), 'well-known')).toMatchObject(bad(/no site reaches Doorplate on this host/))
  })
})

describe('the account', () => {
  const settings = (over: object = {}) => ({
    observability: { enabled: false, logs: { enabled: false, invocation_logs: false }, traces: { enabled: false } },
    logpush: false,
    tail_consumers: [],
    bindings: ['DB', 'RANGES', 'EVENT_LIMIT', 'ADMIN_TOKEN_HASH'].map((name) => ({ type: name === 'DB' ? 'd1' : 'other', name, id: 'x' })),
    ...over,
  })

  /** An API that gives these answers. */
  async function asked(check: string, given: { settings?: object; jurisdiction?: string; crons?: string[] }): Promise<Finding> {
    const server = createServer((request, response) => {
      const result = request.url?.endsWith('/settings')
        ? settings(given.settings)
        : request.url?.endsWith('/schedules')
          ? { schedules: (given.crons ?? ['17 * * * *']).map((cron) => ({ cron })) }
          : { jurisdiction: given.jurisdiction ?? 'eu' }
      response.end(JSON.stringify({ success: true, result }))
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    try {
      return await says(accountChecks({ account: 'a', token: 't', base: `http://127.0.0.1:${port}`, script: 'doorplate' }), check)
    } finally {
      server.close()
    }
  }

  test.each<[string, Parameters<typeof asked>[1], RegExp]>([
    ['logs and traces there', { settings: { observability: { enabled: true } } }, /invocation logs are on/],
    ['logs and traces there', { settings: { observability: { logs: { enabled: true } } } }, /invocation logs are on/],
    ['logs and traces there', { settings: { observability: { traces: { enabled: true } } } }, /traces are on/],
    ['logs and traces there', { settings: { logpush: true } }, /Logpush/],
    ['logs and traces there', { settings: { tail_consumers: [{ service: 'x' }] } }, /tail Worker/],
    ['bindings there', { settings: { bindings: [{ type: 'd1', name: 'DB' }] } }, /RANGES is missing/],
    [
      'bindings there',
      { settings: { bindings: ['DB', 'RANGES', 'EVENT_LIMIT'].map((name) => ({ type: 'x', name })) } },
      /ADMIN_TOKEN_HASH/,
    ],
    ['jurisdiction there', { jurisdiction: '' }, /DB was not made in the EU/],
    ['trigger there', { crons: [] }, /no cron trigger/],
  ])('%s: %j', async (check, given, todo) => {
    expect(await asked(check, {})).toMatchObject(good)
    expect(await asked(check, given)).toMatchObject(bad(todo))
  })

  test('without its token it says what it would take', async () => {
    const checks = accountChecks({ account: undefined, token: undefined, base: '', script: 'doorplate' })
    for (const finding of await lookAt(checks, () => undefined))
      expect(finding).toMatchObject({ state: 'unknown', says: expect.stringContaining('CLOUDFLARE_API_TOKEN') })
  })
})
