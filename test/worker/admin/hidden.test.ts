import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { forgetHidden, isHidden } from '../../../src/ledger/hidden.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { readSites } from '../../../src/ledger/sites.ts'
import type { CompanyKey } from '../../../src/words.ts'
import { addSite, SHOP, stored } from '../fixtures.ts'
import { api, ask, emptyDesk, fill } from './desk.ts'

const BMW = 'dom:bmw.example' as CompanyKey

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
  await fill([{}, { key: 'dom:siemens.example' }, { site: 'other' }])
})

const hiddenOn = async (site: string): Promise<string[]> => {
  const { settings } = await (await api(`/sites/${site}`)).json<{ settings: { hidden: { key: string }[] } }>()
  return settings.hidden.map(({ key }) => key)
}

describe('a company that a site never names', () => {
  test('is erased there and there alone, and stands on the list', async () => {
    const response = await api('/companies/dom:bmw.example/hide?site=shop', { json: { why: 'wrong' } })
    expect([response.status, await response.json()]).toMatchObject([200, { erased: { companies: 1, company_activity: 1 } }])
    expect((await api('/companies/dom:bmw.example?site=shop')).status).toBe(404)
    expect((await api('/companies/dom:siemens.example?site=shop')).status).toBe(200)
    expect((await api('/companies/dom:bmw.example?site=other')).status).toBe(200)
    expect([await hiddenOn('shop'), await hiddenOn('other')]).toEqual([[BMW], []])
  })

  test('is known by its domain and its name too, and others are not', async () => {
    await api('/companies/dom:bmw.example/hide?site=shop', { json: { why: 'unwanted' } })
    const { settings } = (await readSites(env.DB)).byId.get(SHOP) ?? {}
    const hidden = settings?.hidden ?? []
    const named = (key: string, name: string, domain: string | null) => isHidden(hidden, { key: key as CompanyKey, name, domain })
    expect([named(BMW, 'x', null), named('lei:5299', 'Other', 'shop.bmw.example'), named('lei:5299', 'BMW.EXAMPLE', null)]).toEqual([
      true,
      true,
      true,
    ])
    expect([named('dom:bmw2.example', 'BMW 2', 'bmw2.example'), named('dom:siemens.example', 'Siemens', null)]).toEqual([false, false])
  })

  test('what an isolate still counted in the minute before goes with the hourly work', async () => {
    await api('/companies/dom:bmw.example/hide?site=shop', { json: { why: 'wrong' } })
    await fill([{}])
    expect(await forgetHidden(shardsOver([env.DB], env.DB))).toBe(1)
    const { company_activity } = await stored()
    expect(company_activity).toMatchObject([{ site_id: 'other' }, { company_key: 'dom:siemens.example' }])
  })

  test('may have a name of any length', async () => {
    await env.DB.prepare('UPDATE companies SET name = ?1 WHERE company_key = ?2').bind('x'.repeat(1000), BMW).run()
    expect((await api('/companies/dom:bmw.example/hide?site=shop', { json: { why: 'wrong' } })).status).toBe(200)
    expect(await hiddenOn('shop')).toEqual([BMW])
  })

  test('may be named again; the rows stay gone', async () => {
    await api('/companies/dom:bmw.example/hide?site=shop', { json: { why: 'wrong' } })
    expect((await api('/hidden/remove?site=shop', { json: { key: BMW } })).status).toBe(200)
    expect((await api('/hidden/remove?site=shop', { json: { key: BMW } })).status).toBe(404)
    expect(await hiddenOn('shop')).toEqual([])
  })

  test('its page hides it and leads to the list, which says so', async () => {
    const response = await ask('/admin/companies/dom:bmw.example?site=shop', {
      method: 'POST',
      body: new URLSearchParams({ form: 'neverShow', sure: 'yes' }),
    })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin?site=shop&done=hidden'])
    expect(await (await ask('/admin/rules?site=shop')).text()).toContain('Bmw.example')
    const { results } = await env.DB.prepare('SELECT action, detail, rows FROM audit').all()
    expect(results).toMatchObject([{ action: 'company.hide', detail: 'unwanted', rows: 3 }])
  })
})
