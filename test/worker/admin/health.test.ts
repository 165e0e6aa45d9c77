import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { ROUTES } from '../../../src/admin/api/routes.ts'
import worker from '../../../src/index.ts'
import { CHORES, type ChoreRow, readChores, writeChores } from '../../../src/ledger/chores.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { addSite, NOW, publishTable } from '../fixtures.ts'
import { api, ask, emptyDesk, fill, makeToken } from './desk.ts'

interface Health {
  readonly migrations: string[]
  readonly table: { readonly version: string; readonly companies: number } | null
  readonly lastFlush: string | null
  readonly chores: { readonly name: string; readonly ran: string; readonly done: string | null; readonly rows: number }[]
  readonly sites: { readonly site: string; readonly shed: number; readonly reasons: { readonly value: string; readonly count: number }[] }[]
  readonly moreSites: number
}

const health = async (token?: string) => (await api('/health', token === undefined ? {} : { token })).json<Health>()

beforeEach(async () => {
  await emptyDesk()
  await env.DB.prepare('DELETE FROM chores').run()
  await env.RANGES.delete('ranges:current')
})

async function cron(over: object = {}): Promise<unknown> {
  const controller = createScheduledController({ scheduledTime: new Date(NOW), cron: '17 * * * *' })
  return worker.scheduled(controller, { ...env, ...over }).catch((error) => error)
}

describe('/admin/api/health', () => {
  test('of a new installation: migrations are there, everything else says "not yet"', async () => {
    const { migrations, ...rest } = await health()
    expect(migrations[0]).toBe('0001_first.sql')
    expect(migrations).toEqual([...migrations].sort())
    expect(rest).toMatchObject({ table: null, lastFlush: null, chores: [], sites: [], moreSites: 0, sink: 'd1' })
  })

  test('after a day’s work: table, last flush, every chore, reasons as they are released, what was shed', async () => {
    await addSite()
    await publishTable()
    const hour = hourOf(NOW)
    await env.DB.batch([
      env.DB.prepare('INSERT INTO batches VALUES (?1, ?2)').bind(hour - 1, 'a'),
      env.DB.prepare("INSERT INTO site_totals VALUES ('shop', '2026-11-20', 'outcome', 'unlisted', 40)"),
      env.DB.prepare("INSERT INTO site_totals VALUES ('shop', '2026-11-20', 'outcome', 'shed', 7)"),
      env.DB.prepare("INSERT INTO site_totals VALUES ('shop', '2026-10-20', 'outcome', 'shed', 99)"),
    ])
    await cron()
    const { table, lastFlush, chores, sites } = await health()
    expect(table).toMatchObject({ companies: 3 })
    expect(lastFlush).toBe('2026-11-21T12:00Z')
    expect(chores.map(({ name, ran, done }) => [name, ran, done])).toEqual(
      [...CHORES].sort().map((name) => [name, '2026-11-21T13:00Z', '2026-11-21T13:00Z']),
    )
    expect(sites).toEqual([expect.objectContaining({ site: 'shop', shed: 7 })])
    expect(sites[0]?.reasons).toContainEqual({ value: 'unlisted', count: 40 })
  })

  test('a chore that fails keeps the hour it last worked, and the others run (P7)', async () => {
    await writeChores(env.DB, [{ name: 'renamed', rows: 4 }], NOW - 7_200_000)
    const broken = { get: () => Promise.reject(new Error('no KV')), getWithMetadata: () => Promise.reject(new Error('no KV')) }
    await env.DB.prepare('ALTER TABLE sign_ins RENAME TO sign_ins_away').run()
    try {
      expect(await cron({ RANGES: broken })).toBeInstanceOf(Error)
    } finally {
      await env.DB.prepare('ALTER TABLE sign_ins_away RENAME TO sign_ins').run()
    }
    const rows = new Map((await readChores(env.DB)).map((row): [string, ChoreRow] => [row.name, row]))
    expect(rows.get('desk')).toMatchObject({ ran: hourOf(NOW), done: null })
    expect(rows.get('purge')).toMatchObject({ ran: hourOf(NOW), done: hourOf(NOW) })
  })

  test('stands on the dashboard for owners, and only for them', async () => {
    await addSite()
    await publishTable()
    await cron()
    await writeChores(env.DB, [{ name: 'purge', rows: null }], NOW + 3_600_000)
    const page = await (await ask('/admin/sites')).text()
    expect(page).toContain('Is it well?')
    expect(page).toContain('failed: purge')
    const { token } = await makeToken('analyst', '*')
    expect(await (await ask('/admin/sites', { token })).text()).not.toContain('Is it well?')
  })

  test('P8 a token of one site sees that site’s figures and no other’s', async () => {
    await addSite()
    await addSite({ id: 'other', name: 'Other' })
    const { token } = await makeToken('viewer', ['shop'])
    expect((await health(token)).sites.map(({ site }) => site)).toEqual(['shop'])
  })

  test('more sites than a request may ask for are counted, not asked', async () => {
    for (let number = 0; number < 11; number += 1) await addSite({ id: `s${number}`, name: `S${number}` })
    const { sites, moreSites } = await health()
    expect([sites.length, moreSites]).toEqual([8, 3])
  })
})

describe('the canary', () => {
  const watch = async () =>
    (await api('/canary', { method: 'POST' })).json<{ origin: string; ledger: { path?: string }[]; totals: unknown[] }>()

  test('its host is new after every burial and resolves nowhere', async () => {
    const { origin } = await watch()
    expect(origin).toMatch(/^https:\/\/[0-9a-f]{16}\.canary\.invalid$/)
    expect((await watch()).origin).toBe(origin)
    await api('/canary', { method: 'DELETE' })
    expect((await watch()).origin).not.toBe(origin)
  })

  test('no page and no route but its own names it, whatever was counted there', async () => {
    await addSite()
    await fill([{ site: 'shop', key: 'dom:bmw.example' }])
    await watch()
    await fill([{ site: 'doorplate-canary', key: 'dom:siemens.example', path: '/canary-path' }])
    const paths = [
      ...ROUTES.filter(({ method }) => method === 'get').map(
        ({ path, site }) =>
          `/admin/api${path.replace('{key}', 'dom:bmw.example').replace('{id}', 'shop')}${site === 'query' ? '?site=shop' : ''}`,
      ),
      '/admin',
      '/admin?site=shop',
    ]
    for (const path of paths) {
      const response = await ask(path)
      expect(response.status, path).toBeLessThan(400)
      expect(await response.text(), path).not.toMatch(/canary|siemens/i)
    }
    for (const path of ['/sites/doorplate-canary', '/companies?site=doorplate-canary', '/audit?of=doorplate-canary']) {
      expect((await api(path)).status, path).toBe(404)
    }
  })

  test('shows its rows as they are stored, and takes all of them along', async () => {
    await watch()
    await fill([{ site: 'doorplate-canary', key: 'dom:siemens.example', path: '/seen' }])
    expect((await watch()).ledger.map(({ path }) => path).filter(Boolean)).toEqual(['/seen'])
    expect(await (await api('/canary', { method: 'DELETE' })).json()).toEqual({ rows: 5 })
    expect((await env.DB.prepare('SELECT count(*) AS n FROM sites').first<{ n: number }>())?.n).toBe(0)
  })

  test('one that was left behind is gone the next day, one of today stays', async () => {
    await watch()
    await cron()
    const there = () => env.DB.prepare("SELECT 1 FROM sites WHERE id = 'doorplate-canary'").first()
    expect(await there()).not.toBeNull()
    await env.DB.prepare("UPDATE sites SET created = '2026-11-20'").run()
    await cron()
    expect(await there()).toBeNull()
  })

  test('nobody can take its name, and an owner of some sites keeps none', async () => {
    const body = {
      id: 'doorplate-canary',
      name: 'Mine',
      basis: 'off',
      timeZone: 'UTC',
      pageHosts: ['a.example'],
      endpointHosts: [],
      settings: {},
    }
    expect((await api('/sites', { json: body })).status).toBe(409)
    const { token } = await makeToken('owner', ['shop'])
    for (const method of ['POST', 'DELETE']) expect((await api('/canary', { method, token })).status, method).toBe(403)
  })
})
