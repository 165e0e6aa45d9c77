import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { hourOf } from '../../../src/ledger/clock.ts'
import { addSignIn } from '../../../src/ledger/desk/sign-ins.ts'
import { readRules } from '../../../src/ledger/rules.ts'
import { addSite, NOW } from '../fixtures.ts'
import { type Ask, api, ask, emptyDesk, makeToken } from './desk.ts'
import { ledTo, submit, wrongIn } from './forms.ts'

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'other', name: 'Otherwise' })
})

const german = { headers: { 'Accept-Language': 'de' } }
const page = async (path: string, options: Ask = {}): Promise<string> => (await ask(`/admin${path}?site=shop`, options)).text()

const ASSIGN = { range: '203.0.113.0/24', action: 'assign', name: 'Muster & Söhne', country: 'de', employees: '51-200', kind: 'business' }

describe('rules', () => {
  const stored = async () =>
    (await readRules(env.DB)).map(({ siteId, action, company, why }) => [siteId, action, company && JSON.parse(company).key, why])

  test('are added and removed: left out, named, for this site and for every site', async () => {
    expect(ledTo(await submit('/rules', 'save', { range: '198.51.100.7', action: 'block', why: 'our office' }))).toBe(
      '303 /rules?site=shop&done=saved',
    )
    expect((await submit('/rules', 'save', { ...ASSIGN, domain: 'Muster.example' })).status).toBe(303)
    expect((await submit('/rules', 'save', { range: '2001:db8::/48', action: 'block', for: 'all' })).status).toBe(303)
    expect(await stored()).toEqual([
      ['*', 'block', null, ''],
      ['shop', 'block', null, 'our office'],
      ['shop', 'assign', 'dom:muster.example', ''],
    ])
    const html = await page('/rules')
    for (const text of ['198.51.100.7', '203.0.113.0/24', 'Muster &amp; Söhne', 'our office', '2001:db8::/48', 'Every site'])
      expect(html).toContain(text)
    expect(ledTo(await submit('/rules', 'remove', { range: '203.0.113.0/24', for: 'site' }))).toBe('303 /rules?site=shop&done=removed')
    expect(ledTo(await submit('/rules', 'remove', { range: '2001:db8::/48', for: 'all' }))).toBe('303 /rules?site=shop&done=removed')
    expect(await stored()).toEqual([['shop', 'block', null, 'our office']])
    const log = await (await api('/audit?of=shop')).json<{ entries: { action: string }[] }>()
    expect(log.entries.map(({ action }) => action).sort()).toEqual(['rule.remove', 'rule.save', 'rule.save'])
  })

  test.each<[object, string, string]>([
    [{ range: '203.0.113.0/30' }, 'range', '8 IPv4-Adressen'],
    [{ range: '2001:db8::/56' }, 'range', '8 IPv6-Netze'],
    [{ range: '10.0.0.0/7' }, 'range', 'zu groß'],
    [{ employees: '' }, 'employees', 'wie viele Menschen'],
    [{ employees: '2-4' }, 'employees', 'weniger als fünf'],
    [{ employees: 'many' }, 'employees', '51-200'],
    [{ range: 'our office' }, 'range', 'weder eine Adresse'],
    [{ name: '' }, 'name', 'Namen'],
    [{ country: 'Germany' }, 'country', 'zwei Buchstaben'],
  ])('P4 %j is refused at the field %s, says why in the reader’s language and keeps what was typed', async (over, field, why) => {
    const typed = { ...ASSIGN, why: 'typed reason', ...over }
    const response = await submit('/rules', 'save', typed, german)
    expect([400, 422]).toContain(response.status)
    const html = await response.text()
    expect(wrongIn(html)).toContain(why)
    expect(/<input[^>]*name="(\w+)"[^>]*aria-invalid="true"/.exec(html)?.[1]).toBe(field)
    expect(html).toContain('value="typed reason"')
    for (const [name, value] of Object.entries(typed))
      if (['range', 'name', 'employees'].includes(name)) expect(html).toContain(`value="${value.replace('&', '&amp;')}"`)
    expect(html).toMatch(/id="save-assign"[^>]*checked/)
    expect(await stored()).toEqual([])
  })

  test('P8 a reader has no forms, and an owner of one site binds no other', async () => {
    await submit('/rules', 'save', { range: '2001:db8::/48', action: 'block', for: 'all' })
    const viewer = (await makeToken('viewer', ['shop'])).token
    const owner = (await makeToken('owner', ['shop'])).token
    expect(await page('/rules', { token: viewer })).not.toMatch(/name="form" value="(?:save|remove)"/)
    expect((await submit('/rules', 'save', { range: '203.0.113.0/24', action: 'block' }, { token: viewer })).status).toBe(403)
    expect(await page('/rules', { token: owner })).not.toMatch(/value="all"/)
    expect((await submit('/rules', 'save', { range: '203.0.113.0/24', action: 'block', for: 'all' }, { token: owner })).status).toBe(403)
    expect((await submit('/rules', 'remove', { range: '2001:db8::/48', for: 'all' }, { token: owner })).status).toBe(403)
    expect(await stored()).toHaveLength(1)
  })
})

describe('tokens', () => {
  const rows = async () => (await env.DB.prepare('SELECT name, role, sites, expires FROM tokens ORDER BY name').all()).results

  test('are made, shown once in no address, listed, and revoked', async () => {
    const made = await submit('/tokens', 'create', { name: 'CRM', role: 'analyst', sites: ['shop', 'other'], days: '30' })
    expect(made.status).toBe(200)
    const token = /dp_[\w-]{43}/.exec(await made.text())?.[0] ?? ''
    expect((await api('/companies?site=other', { token })).status).toBe(200)
    expect(await rows()).toEqual([{ name: 'CRM', role: 'analyst', sites: '["other","shop"]', expires: hourOf(NOW) + 30 * 24 }])
    const html = await page('/tokens')
    expect(html).not.toContain(token)
    for (const text of ['CRM', 'analyst', 'Otherwise and Shop', '21 Dec 2026']) expect(html).toContain(text)
    expect(html).toMatch(/Sat,? 21 Nov, 14–15 h/)
    const id = /name="token" value="([0-9a-f]{16})"/.exec(html)?.[1] ?? ''
    expect(ledTo(await submit('/tokens', 'revoke', { token: id, sure: 'yes' }))).toBe('303 /tokens?site=shop&done=revoked')
    expect((await api('/companies?site=shop', { token })).status).toBe(401)
    expect(await page('/tokens')).toContain('revoked 21 Nov 2026')
  })

  test('an invitation is a link that is shown once', async () => {
    const html = await (await submit('/tokens', 'invite', { name: 'Ann', role: 'viewer', sites: '*' })).text()
    expect(html).toMatch(/https:\/\/t\.shop\.example\/admin\/invitation\?code=dpi_[\w-]{43}</)
    expect(await env.DB.prepare('SELECT name, role, sites FROM invitations').first()).toEqual({ name: 'Ann', role: 'viewer', sites: '*' })
  })

  test('browsers are counted and signed out', async () => {
    const { id } = await makeToken('viewer', ['shop'])
    for (const hash of ['1', '2']) await addSignIn(env.DB, hash, id, hourOf(NOW) + 9)
    await addSignIn(env.DB, '3', 'bootstrap', hourOf(NOW) + 9)
    expect(ledTo(await submit('/tokens', 'signOut', { token: id }))).toBe('303 /tokens?site=shop&done=signedOut&n=2')
    expect(await (await ask('/admin/tokens?site=shop&done=signedOut&n=2')).text()).toContain('Browsers signed out: 2.')
    expect(ledTo(await submit('/tokens', 'signOut', { token: 'bootstrap' }))).toBe('303 /tokens?site=shop&done=signedOut&n=1')
    expect(await env.DB.prepare('SELECT count(*) AS n FROM sign_ins').first('n')).toBe(0)
  })

  test.each<[string, object, string]>([
    ['create', { name: '' }, 'Namen'],
    ['create', { name: 'x'.repeat(61) }, '60 Zeichen'],
    ['create', { sites: [] }, 'mindestens eine'],
    ['create', { days: '0' }, '1 bis 3660'],
    ['create', { days: 'soon' }, '1 bis 3660'],
    ['invite', { role: 'boss' }, 'Rolle'],
    ['invite', { sites: [] }, 'mindestens eine'],
  ])('%s with %j says what is wrong and keeps what was typed', async (form, over, why) => {
    const response = await submit('/tokens', form, { name: 'Typed', role: 'analyst', sites: ['other'], days: '7', ...over }, german)
    expect(response.status).toBe(400)
    const html = await response.text()
    expect(wrongIn(html)).toContain(why)
    if (!('name' in over)) expect(html).toContain('value="Typed"')
    if (!('role' in over)) expect(html).toMatch(new RegExp(`id="${form}-analyst"[^>]*checked`))
    if (!('sites' in over)) expect(html).toMatch(new RegExp(`id="${form}-site-other"[^>]*checked`))
    expect(await rows()).toEqual([])
  })

  test('P8 an owner of one site sees and gives away nothing of another', async () => {
    const { token } = await makeToken('owner', ['shop'])
    const other = await makeToken('viewer', ['other'])
    const html = await page('/tokens', { token })
    expect(html).not.toMatch(/Otherwise|of other|ADMIN_TOKEN_HASH|value="\*"/)
    for (const form of ['create', 'invite'])
      for (const sites of ['*', 'other'])
        expect((await submit('/tokens', form, { name: 'x', role: 'viewer', sites }, { token })).status).toBe(403)
    for (const form of ['revoke', 'signOut']) expect((await submit('/tokens', form, { token: other.id }, { token })).status).toBe(404)
    expect((await submit('/tokens', 'signOut', { token: 'bootstrap' }, { token })).status).toBe(404)
    const analyst = (await makeToken('analyst', '*')).token
    expect((await ask('/admin/tokens?site=shop', { token: analyst })).status).toBe(403)
    expect((await submit('/tokens', 'create', { name: 'x', role: 'owner', sites: '*' }, { token: analyst })).status).toBe(403)
  })
})
