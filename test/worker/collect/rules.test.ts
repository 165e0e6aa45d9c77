import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHouse } from '../../../src/collect/house.ts'
import { readRules, removeRule, saveRule } from '../../../src/ledger/rules.ts'
import { readBounds } from '../../../src/ranges/bounds.ts'
import { addSite, BALANCING, emptyLedger, NOW, publishTable, stored } from '../fixtures.ts'
import { send } from './hit.ts'

function rule(range: string, company: object | null, siteId = 'shop') {
  const bounds = readBounds(range)
  if (typeof bounds === 'string') throw new Error(bounds)
  const { first, last } = bounds
  const action = company === null ? ('block' as const) : ('assign' as const)
  return { siteId, first, last, action, company: company === null ? null : JSON.stringify(company), why: '', created: '2026-11-21' }
}

const PARTNER = {
  key: 'dom:partner.example',
  kind: 'business',
  name: 'Partner',
  domain: 'partner.example',
  country: 'AT',
  city: null,
  industry: null,
  employees: '51-200',
}

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await env.DB.prepare('DELETE FROM rules').run()
  await addSite()
})

describe('rules in D1', () => {
  test('a blocked company is only counted, with the outcome "rule"', async () => {
    await saveRule(env.DB, rule('203.0.113.0/24', null))
    await send()
    const { company_activity, site_totals } = await stored()
    expect(company_activity).toEqual([])
    expect(site_totals).toContainEqual(expect.objectContaining({ dimension: 'outcome', value: 'rule', count: 1 }))
  })

  test('a company that the site hides is only counted, and named on no page of it', async () => {
    const hidden = { key: 'dom:acme.example', name: 'Acme', domain: null, why: 'wrong', since: '2026-11-21' } as const
    await addSite({ settings: { balancing: BALANCING, hidden: [hidden] } })
    await send()
    const { company_activity, companies, site_totals } = await stored()
    expect([company_activity, companies]).toEqual([[], []])
    expect(site_totals).toContainEqual(expect.objectContaining({ dimension: 'outcome', value: 'rule', count: 1 }))
  })

  test('an assigned network becomes that company, and beats the table', async () => {
    await saveRule(env.DB, rule('203.0.113.0/24', PARTNER))
    await saveRule(env.DB, rule('100.64.0.0/24', PARTNER, '*'))
    await send()
    await send({ from: 'nobody' })
    expect((await stored()).company_activity).toMatchObject([{ company_key: 'dom:partner.example', count: 2 }])
  })

  test('another site’s rule says nothing here', async () => {
    await saveRule(env.DB, rule('203.0.113.0/24', null, 'other'))
    await send()
    expect((await stored()).companies).toMatchObject([{ name: 'Acme' }])
  })

  test('a company that does not parse is blocked, not named', async () => {
    await saveRule(env.DB, rule('203.0.113.0/24', { name: 'half' }))
    await send()
    expect((await stored()).companies).toEqual([])
  })

  test('is effective within a minute, in an isolate that has been running', async () => {
    let now = NOW
    const house = openHouse(env, () => now)
    await send({}, house)
    await saveRule(env.DB, rule('203.0.113.0/24', null))
    now += 59_000
    await send({}, house)
    now += 1_000
    await send({}, house)
    const { company_activity, site_totals } = await stored()
    expect(company_activity).toMatchObject([{ count: 2 }])
    expect(site_totals).toContainEqual(expect.objectContaining({ dimension: 'outcome', value: 'rule', count: 1 }))
  })

  test('while the table of rules does not exist yet, the range table answers', async () => {
    await env.DB.prepare('ALTER TABLE rules RENAME TO rules_away').run()
    try {
      await send()
    } finally {
      await env.DB.prepare('ALTER TABLE rules_away RENAME TO rules').run()
    }
    expect((await stored()).companies).toMatchObject([{ name: 'Acme' }])
  })

  test('are listed with exact bounds and removed by them', async () => {
    const all = [rule('255.255.255.255', null), rule('ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe', null, '*'), rule('::/0', null)]
    for (const each of all) await saveRule(env.DB, each)
    const rows = await readRules(env.DB, 'shop')
    expect(rows).toHaveLength(3)
    for (const each of all) expect(rows).toContainEqual(each)
    const { first, last } = rule('::/0', null)
    expect(await removeRule(env.DB, 'shop', first, last)).toBe(true)
    expect(await removeRule(env.DB, 'shop', first, last)).toBe(false)
    expect(await readRules(env.DB)).toHaveLength(2)
  })
})
