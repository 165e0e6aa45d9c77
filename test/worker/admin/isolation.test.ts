import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../../src/admin/api/route.ts'
import { ROUTES } from '../../../src/admin/api/routes.ts'
import { openAdmin } from '../../../src/admin/app.tsx'
import { PAGES } from '../../../src/admin/pages/list.ts'
import { addSite } from '../fixtures.ts'
import { type Ask, api, ask, emptyDesk, fill, HOUSE, makeToken } from './desk.ts'

/**
 * P8: with an owner's token of site `shop`, every route of the router is asked about site `secret`: nothing may be read,
 * counted, told by an answer that differs, changed or deleted.
 */
let token: string
let theirToken: string

beforeAll(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'secret', name: 'Topsecret' })
  await fill([
    { site: 'shop', key: 'dom:bmw.example' },
    { site: 'secret', key: 'dom:siemens.example', path: '/merger' },
  ])
  await env.DB.prepare("INSERT INTO site_totals VALUES ('secret', '2026-11-20', 'path', '/merger', 99)").run()
  await api('/companies/dom:siemens.example/tags/hidden?site=secret', { method: 'PUT' })
  await api('/companies/dom:siemens.example/notes?site=secret', { json: { text: 'hidden note' } })
  await api('/segments/hidden?site=secret', { method: 'PUT', json: { name: 'Hidden', filter: {} } })
  await api('/rules?site=secret', { json: { range: '203.0.113.0/24', action: 'block', why: 'hidden' } })
  token = (await makeToken('owner', ['shop'])).token
  theirToken = (await makeToken('owner', ['secret'])).id
})

const TABLES = ['sites', 'site_hosts', 'companies', 'company_activity', 'company_day', 'site_totals', 'tags', 'notes', 'segments', 'rules']

async function secrets(): Promise<string> {
  const rows = await Promise.all(
    TABLES.map((table) => env.DB.prepare(`SELECT * FROM ${table} WHERE ${table === 'sites' ? 'id' : 'site_id'} = 'secret'`).all()),
  )
  const tokens = await env.DB.prepare('SELECT id, revoked FROM tokens WHERE sites = \'["secret"]\'').all()
  return JSON.stringify([...rows.map(({ results }) => results), tokens.results])
}

/** Bodies that would do something. */
const BODIES: Readonly<Record<string, unknown>> = {
  addNote: { text: 'mine' },
  hideCompany: { why: 'wrong' },
  unhideCompany: { key: 'dom:siemens.example' },
  saveSegment: { name: 'mine', filter: {} },
  saveRule: { range: '203.0.113.0/24', action: 'block' },
  removeRule: { range: '203.0.113.0/24' },
  changeSite: { name: 'mine', basis: 'off', timeZone: 'UTC', pageHosts: ['mine.example'], endpointHosts: [], settings: {} },
  createSite: { id: 'secret', name: 'mine', basis: 'off', timeZone: 'UTC', pageHosts: ['secret.example'], endpointHosts: [], settings: {} },
  lookUpAddress: { address: '203.0.113.20' },
  saveObjection: { company: 'siemens.example', why: 'mine' },
  invite: { name: 'mine', role: 'owner', sites: ['secret'] },
  createToken: { name: 'mine', role: 'owner', sites: ['secret'] },
  explainMyVisit: { consent: true },
  checkInstallation: { url: 'https://secret.example/' },
}

/** Fields with which a form would do something to the other site. */
const FIELDS: Readonly<Record<string, string>> = {
  range: '203.0.113.0/24',
  for: 'all',
  action: 'block',
  sites: 'secret',
  name: 'mine',
  role: 'owner',
  key: 'dom:siemens.example',
  company: 'siemens.example',
  why: 'mine',
  tag: 'hidden',
  text: 'mine',
  segment: 'hidden',
  id: 'secret',
  sure: 'yes',
  address: '203.0.113.20',
}

const PARAMS: Readonly<Record<string, string>> = { key: 'dom:siemens.example', tag: 'hidden', note: 'abcdef0123456789', segment: 'hidden' }

function pathOf(route: Route, site: string): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === 'id' ? site : name === 'token' ? theirToken : (PARAMS[name] ?? '')),
  )
  return route.site === 'query' ? `${path}?site=${site}` : path
}

const options = (route: Route): Ask => ({
  token,
  method: route.method.toUpperCase(),
  ...(route.body === null ? {} : { json: BODIES[route.id] ?? {} }),
})

const readable = ROUTES.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const)

describe('P8 a token of one site and the data of another', () => {
  test('the routes walked are all routes the router has', () => {
    const served = openAdmin(HOUSE)
      .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/admin/api'))
      .map(({ method, path }) => `${method} ${path.replace('/admin/api', '').replaceAll(/:(\w+)/g, '{$1}')}`)
    expect([...new Set(served)].sort()).toEqual(['GET /openapi.json', ...readable.map(([name]) => name)].sort())
  })

  test.each(readable)('%s tells, changes and deletes nothing of it', async (_, route) => {
    const before = await secrets()
    const response = await api(pathOf(route, 'secret'), options(route))
    const text = await response.text()
    for (const word of ['Topsecret', 'siemens', 'merger', 'hidden', '203.0.113'])
      expect(text.toLowerCase()).not.toContain(word.toLowerCase())
    if (route.site !== 'none') expect(response.status).toBe(404)
    expect(await secrets()).toBe(before)
  })

  test.each(readable.filter(([, { site }]) => site !== 'none'))('%s answers like for a site that does not exist', async (_, route) => {
    const answers = await Promise.all(
      ['secret', 'nowhere'].map(async (site) => {
        const response = await api(pathOf(route, site), options(route))
        return [response.status, await response.text()]
      }),
    )
    expect(answers[0]).toEqual(answers[1])
  })

  test.each(readable.filter(([, { path, site }]) => path.includes('{key}') && site !== 'none'))(
    '%s: a company seen only on the other site is 404 here',
    async (_, route) => {
      expect((await api(pathOf(route, 'shop'), options(route))).status).toBe(404)
    },
  )

  test.each(PAGES)('the page $path shows nothing of it, and its forms do nothing there', async (page) => {
    const path = `/admin${page.path === '/' ? '' : page.path.replace(':key', 'dom:siemens.example').replace(':id', 'secret').replace(':paper', 'toms')}`
    const before = await secrets()
    const foreign = await ask(`${path}?site=secret`, { token })
    expect(foreign.status).toBe(404)
    const own = await ask(`${path.replace('secret', 'shop')}?site=shop`, { token })
    for (const html of [await foreign.text(), await own.text()])
      expect(html).not.toMatch(/Topsecret|siemens\.example<|merger|row"><code>203|hidden note/i)
    for (const form of page.formNames) {
      const body = new URLSearchParams({ form, ...FIELDS })
      for (const site of ['secret', 'shop']) {
        const sent = await ask(`${path}?site=${site}`, { token, method: 'POST', body })
        expect(await sent.text(), form).not.toMatch(/Topsecret|hidden note/)
        if (site === 'secret') expect([form, sent.status]).toEqual([form, 404])
      }
    }
    expect(await secrets()).toBe(before)
  })

  test('lists, totals and files of the own site hold nothing of the other', async () => {
    for (const path of [
      '/companies',
      '/totals',
      '/coverage',
      '/tags',
      '/segments',
      '/rules',
      '/export.ndjson',
      '/export.ndjson?list=visits',
    ]) {
      const response = await api(`${path}${path.includes('?') ? '&' : '?'}site=shop`, { token })
      expect(response.status).toBe(200)
      expect(await response.text()).not.toMatch(/siemens|merger|hidden|secret/i)
    }
    expect(await (await api('/sites', { token })).text()).not.toMatch(/secret/i)
    expect(await (await api('/tokens', { token })).text()).not.toMatch(/secret/i)
    expect((await api('/audit?of=secret', { token })).status).toBe(404)
    expect((await api('/audit', { token })).status).toBe(403)
  })

  test('who saw a site that was deleted does not see another that is made later under its id', async () => {
    await addSite({ id: 'passing', name: 'Passing' })
    const only = await makeToken('viewer', ['passing'])
    const both = await makeToken('viewer', ['passing', 'shop'])
    const all = await makeToken('viewer', '*')
    const invited = () => env.DB.prepare("SELECT count(*) AS n FROM invitations WHERE name = 'late'").first('n')
    await api('/invitations', { json: { name: 'late', role: 'owner', sites: ['passing'] } })
    expect(await invited()).toBe(1)
    expect(await (await api('/sites/passing', { method: 'DELETE' })).json()).toMatchObject({ erased: { sites: 1, tokens: 1 } })
    await addSite({ id: 'passing', name: 'Somebody else' })
    const seen = (of: { readonly token: string }) => api('/companies?site=passing', { token: of.token }).then(({ status }) => status)
    expect([await seen(only), await seen(both), await seen(all)]).toEqual([401, 404, 200])
    expect((await api('/companies?site=shop', { token: both.token })).status).toBe(200)
    expect(await invited()).toBe(0)
  })
})
