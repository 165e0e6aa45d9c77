import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '../../../src/admin/secret.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { minuteOf } from '../../../src/ledger/desk/audit.ts'
import { addSignIn } from '../../../src/ledger/desk/sign-ins.ts'
import { takeInvitation } from '../../../src/ledger/desk/tokens.ts'
import { addSite, NOW } from '../fixtures.ts'
import { type Ask, api, ask, emptyDesk, fill, makeToken } from './desk.ts'

beforeEach(async () => {
  await emptyDesk()
  await env.DB.prepare('DELETE FROM company_objections').run()
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
})

const json = async <T>(path: string, options: Ask = {}): Promise<T> => (await api(path, options)).json<T>()
const status = async (path: string, options: Ask = {}): Promise<number> => (await api(path, options)).status

describe('companies that objected', () => {
  const both = () => fill([{ key: 'dom:bmw.example' }, { key: 'dom:bmw.example', site: 'other' }, { key: 'dom:siemens.example' }])
  const seen = async () =>
    (await env.DB.prepare('SELECT DISTINCT company_key AS key FROM company_activity').all<{ key: string }>()).results.map(({ key }) => key)

  test('are recorded with the name the ledger knows them by, and every site forgets them', async () => {
    await both()
    expect(
      await json('/objections', { json: { company: 'https://www.bmw.example/', domains: ['BMW.test'], why: 'wrote on 20 November' } }),
    ).toMatchObject({
      key: 'dom:bmw.example',
      names: ['Bmw.example'],
      domains: ['bmw.example', 'bmw.test'],
      proof: null,
      deletedOnSites: 2,
    })
    expect(await seen()).toEqual(['dom:siemens.example'])
    expect(await json('/objections')).toMatchObject({ objections: [{ key: 'dom:bmw.example', created: '2026-11-21' }] })
    expect(await status('/objections/dom:bmw.example', { method: 'DELETE' })).toBe(200)
    expect(await json('/objections')).toEqual({ objections: [] })
    expect(await status('/objections/dom:bmw.example', { method: 'DELETE' })).toBe(404)
    const { entries } = await json<{ entries: { action: string; rows: number }[] }>('/audit')
    expect(entries.map(({ action, rows }) => `${action} ${rows}`).sort()).toEqual([
      'objection.lift 0',
      'objection.lift 1',
      'objection.save 2',
    ])
  })

  test.each<[object, string]>([
    [{ company: 'Acme GmbH', why: 'x' }, 'company'],
    [{ company: 'acme.example', domains: ['no domain'], why: 'x' }, 'domains'],
    [{ company: 'acme.example' }, 'why'],
    [{ company: 'acme.example', why: '' }, 'why'],
  ])('%j names the field', async (body, field) => {
    expect(await json('/objections', { json: body })).toMatchObject({ status: 400, field })
    expect(await json('/objections')).toEqual({ objections: [] })
  })

  test('P8 concern every site: an owner of some neither sees nor changes them', async () => {
    await both()
    const { token } = await makeToken('owner', ['shop'])
    expect(await status('/objections', { token })).toBe(403)
    expect(await status('/objections', { token, json: { company: 'bmw.example', why: 'mine' } })).toBe(403)
    expect(await status('/objections/dom:bmw.example', { token, method: 'DELETE' })).toBe(403)
    expect(await seen()).toHaveLength(2)
  })
})

describe('invitations', () => {
  test('are a link that works once, for 15 minutes; the database keeps its SHA-256', async () => {
    const { url, expires } = await json<{ url: string; expires: string }>('/invitations', {
      json: { name: 'Ann', role: 'analyst', sites: ['shop'] },
    })
    expect(url).toMatch(/^https:\/\/t\.shop\.example\/admin\/invitation\?code=dpi_[\w-]{43}$/)
    expect(expires).toBe('2026-11-21T13:40Z')
    const code = new URL(url).searchParams.get('code') ?? ''
    expect(JSON.stringify((await env.DB.prepare('SELECT * FROM invitations').all()).results)).not.toContain(code)
    const headers = { Origin: 'https://t.shop.example' }
    const body = new URLSearchParams({ code })
    expect((await ask('/admin/invitation', { method: 'POST', token: null, headers, body })).status).toBe(303)
    expect(await takeInvitation(env.DB, await sha256(code), minuteOf(NOW))).toBeNull()
    expect(await json('/tokens')).toMatchObject({ tokens: [{ name: 'Ann', role: 'analyst', sites: ['shop'], browsers: 1 }] })
    expect(await json('/audit')).toMatchObject({
      entries: expect.arrayContaining([expect.objectContaining({ action: 'token.invite', detail: 'analyst' })]),
    })
  })

  test('nobody invites to sites he does not have', async () => {
    const { token } = await makeToken('owner', ['shop'])
    for (const sites of ['*', ['other'], ['shop', 'other']])
      expect(await json('/invitations', { token, json: { name: 'Ann', role: 'viewer', sites } })).toMatchObject({
        status: 403,
        field: 'sites',
      })
    expect(await env.DB.prepare('SELECT count(*) AS n FROM invitations').first('n')).toBe(0)
  })
})

describe('browsers that are signed in', () => {
  const signIn = (hash: string, id: string) => addSignIn(env.DB, hash, id, hourOf(NOW) + 5)

  test('are counted per token and signed out together; the token itself stays', async () => {
    const ann = await makeToken('analyst', ['shop'])
    const bob = await makeToken('viewer', ['other'])
    for (const [hash, id] of [
      ['1', ann.id],
      ['2', ann.id],
      ['3', bob.id],
      ['4', 'bootstrap'],
    ] as const)
      await signIn(hash, id)
    const browsers = async () => {
      const { tokens, bootstrap } = await json<{ tokens: { id: string; browsers: number }[]; bootstrap: number }>('/tokens')
      return [...[ann, bob].map(({ id }) => tokens.find((token) => token.id === id)?.browsers), bootstrap]
    }
    expect(await browsers()).toEqual([2, 1, 1])
    expect(await json(`/tokens/${ann.id}/sign-ins`, { method: 'DELETE' })).toEqual({ browsers: 2 })
    expect(await browsers()).toEqual([0, 1, 1])
    expect(await json('/tokens/bootstrap/sign-ins', { method: 'DELETE' })).toEqual({ browsers: 1 })
    expect(await browsers()).toEqual([0, 1, 0])
    expect(await status('/companies?site=shop', { token: ann.token })).toBe(200)
  })

  test('P8 an owner of one site sees and ends those of its tokens only', async () => {
    const { token } = await makeToken('owner', ['shop'])
    const other = await makeToken('viewer', ['other'])
    await signIn('1', other.id)
    await signIn('2', 'bootstrap')
    expect(await json('/tokens', { token })).toMatchObject({ tokens: [{ sites: ['shop'] }], bootstrap: null })
    expect(await status(`/tokens/${other.id}/sign-ins`, { token, method: 'DELETE' })).toBe(404)
    expect(await status('/tokens/bootstrap/sign-ins', { token, method: 'DELETE' })).toBe(404)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM sign_ins').first('n')).toBe(2)
  })
})

describe('the audit log as a file', () => {
  test('is what the list says, of a site or of what concerns none, and enters the log itself', async () => {
    await json('/rules?site=shop', { json: { range: '203.0.113.0/24', action: 'block' } })
    await json('/tokens', { json: { name: 'CRM', role: 'viewer', sites: ['shop'] } })
    const ofShop = await (await api('/audit.csv?of=shop')).text()
    expect(ofShop).toContain('rule.save,block,1')
    expect(ofShop).not.toContain('token.create')
    const ofNone = await api('/audit.csv')
    expect(ofNone.headers.get('content-disposition')).toBe('attachment; filename="doorplate-audit.csv"')
    expect(await ofNone.text()).toContain('token.create,viewer,1')
    expect(await json('/audit')).toMatchObject({
      entries: expect.arrayContaining([expect.objectContaining({ action: 'export', detail: 'audit csv' })]),
    })
  })

  test('P8 needs an owner of that site', async () => {
    const { token } = await makeToken('owner', ['shop'])
    expect([
      await status('/audit.csv?of=shop', { token }),
      await status('/audit.csv?of=other', { token }),
      await status('/audit.csv', { token }),
    ]).toEqual([200, 404, 403])
  })
})
