/**
 * `npm start` as a person runs it: a fresh copy of the project, a real Worker, a real demo website, real data, and
 * no network. One walk through everything, because each start costs seconds.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFree } from '../../../src/tools/start/ports.ts'

const LEFT_BEHIND = new Set(['node_modules', '.git', '.wrangler', '.doorplate', '.dev.vars', 'dist', 'test', 'docs'])
const MERCEDES = '53.10.20.30'

let folder = ''
let port = 0
const running = new Set<ChildProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-start-'))
  for (const name of await readdir('.')) if (!LEFT_BEHIND.has(name)) await cp(name, join(folder, name), { recursive: true })
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'dir')
  port = await freePair()
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

interface Start {
  /** Everything it printed so far. */
  text(): string
  /** Fulfilled when it has printed this; rejected when it ends without. */
  until(pattern: RegExp): Promise<void>
  readonly ended: Promise<number | null>
  /** Ends it as a person does; fulfilled with its exit code when its ports are free again, which is the runtime's own matter. */
  end(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>
}

function start(args: readonly string[], environment: Record<string, string> = {}): Start {
  const child = spawn(process.execPath, ['src/tools/start.ts', '--port', String(port), ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<number | null>((tell) => child.once('close', tell)).finally(() => running.delete(child))
  const until = (pattern: RegExp) =>
    new Promise<void>((tell, fail) => {
      const look = (): void => {
        if (pattern.test(text)) tell()
      }
      listeners.add(look)
      look()
      void ended.then(() => fail(new Error(`it ended without saying ${pattern}:\n${text}`)))
    })
  const end = async (signal: 'SIGINT' | 'SIGTERM') => {
    child.kill(signal)
    const code = await ended
    await expect.poll(async () => [await isFree(port), await isFree(port + 1)]).toEqual([true, true])
    return code
  }
  return { text: () => text, until, ended, end }
}

test('first start, a visit, a second start beside it, Ctrl-C, a second start', async () => {
  const first = start([])
  await first.until(/Ctrl-C ends it/)
  expect(first.text()).toMatch(/built, published/)
  const token = /Admin token +(dp_\S+)/.exec(first.text())?.[1] ?? ''
  expect(token).toBe((await readFile(join(folder, '.doorplate/admin-token'), 'utf8')).trim())

  // The same visit with an objection first: it must not be what the admin shows.
  await visit({ 'sec-gpc': '1' }, '/objected')
  await visit({}, '/nobody-else-comes-here')
  await expect.poll(() => companies(token)).toEqual(['Mercedes-Benz Group'])
  expect(await companies(token, '&path=/objected')).toEqual([])
  expect((await companies(token, '')).length).toBeGreaterThan(20)
  expect(await (await ask('totals', token)).text()).not.toContain('/objected')
  expect((await ask('companies', 'dp_another_token_0000')).status).toBe(401)

  const beside = start([])
  expect(await beside.ended).toBe(1)
  expect(beside.text()).toContain(`Port ${port} (the Worker) and port ${port + 1} (the demo website) are in use`)

  expect(await first.end('SIGINT')).toBe(0)
  expect(first.text()).toMatch(/Doorplate has ended\.\n$/)
  expect(first.text()).not.toContain(MERCEDES)

  const second = start([], { ADMIN_TOKEN: 'dp_from_the_environment' })
  await second.until(/Ctrl-C ends it/)
  expect(second.text()).toMatch(/organisations, unchanged\n/)
  expect(second.text()).toContain('dp_from_the_environment')
  expect(await companies('dp_from_the_environment')).toEqual(['Mercedes-Benz Group'])
  expect((await ask('companies', token)).status).toBe(401)
  // A file of the build, but below /admin: the Worker hands it out, and not to everybody.
  const description = `http://localhost:${port}/admin/api/openapi.json`
  expect((await fetch(description)).status).toBe(401)
  const read = await fetch(description, { headers: { authorization: 'Bearer dp_from_the_environment' } })
  expect(await read.json()).toMatchObject({ openapi: '3.1.0' })
  expect(await second.end('SIGTERM')).toBe(0)
})

test('a source that is missing stops a first start with one line, and leaves a published table serving', async () => {
  await cp(join(folder, 'data/known-organisations.csv'), join(folder, 'kept.csv'))
  await rm(join(folder, 'data/known-organisations.csv'))
  const without = start([])
  await without.until(/Ctrl-C ends it/)
  expect(without.text()).toMatch(/the published one serves on: .*known-organisations\.csv/)
  await without.end('SIGINT')

  const fresh = start(['--fresh'])
  expect(await fresh.ended).toBe(1)
  expect(fresh.text()).toMatch(/\nNo range table: .*known-organisations\.csv.*\n$/)
})

/** As Cloudflare would hand it on. */
function visit(headers: Record<string, string>, path: string): Promise<Response> {
  return fetch(`http://localhost:${port}/e`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      origin: `http://localhost:${port + 1}`,
      'cf-connecting-ip': MERCEDES,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
      ...headers,
    },
    body: JSON.stringify({ k: 'view', p: path }),
  })
}

function ask(what: 'companies' | 'totals', token: string, query = ''): Promise<Response> {
  return fetch(`http://localhost:${port}/admin/api/${what}?site=demo${query}`, { headers: { authorization: `Bearer ${token}` } })
}

/** Who visited; the demo month has visits of its own, and none to this page. */
async function companies(token: string, query = '&path=/nobody-else-comes-here'): Promise<string[]> {
  const { companies } = (await (await ask('companies', token, query)).json()) as { companies: { name: string }[] }
  return companies.map(({ name }) => name)
}

async function freePair(): Promise<number> {
  // Spread by process, so that two test runs on one machine do not try the same ones first.
  for (let tried = 20_000 + (process.pid % 5_000) * 2; tried < 60_000; tried += 2) {
    if ((await isFree(tried)) && (await isFree(tried + 1))) return tried
  }
  throw new Error('no two neighbouring ports are free')
}
