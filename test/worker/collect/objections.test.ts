import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHouse } from '../../../src/collect/house.ts'
import { collect } from '../../../src/collect/router.ts'
import { forgetObjecting, readObjections, saveObjection, withdrawObjection } from '../../../src/ledger/objections.ts'
import { saveRule } from '../../../src/ledger/rules.ts'
import { readBounds } from '../../../src/ranges/bounds.ts'
import type { CompanyKey } from '../../../src/words.ts'
import { addSite, emptyLedger, NOW, publishTable, stored } from '../fixtures.ts'
import { request, send } from './hit.ts'

const ACME = 'dom:acme.example' as CompanyKey
const objection = { key: ACME, names: ['Acme'], domains: ['acme.example'], created: '2026-11-21', why: 'letter', proof: null }
const shards = { all: [env.DB], primary: env.DB }

beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await env.DB.prepare('DELETE FROM rules').run()
  await env.DB.prepare('DELETE FROM company_objections').run()
  await addSite()
})

const totalsOf = async (): Promise<unknown[]> => ((await stored()).site_totals ?? []).map((row) => row)

describe('P4 a company that objected is nobody', () => {
  test('its visit leaves exactly what a company that was never listed leaves', async () => {
    await send({ from: 'nobody' })
    const never = await stored()
    await emptyLedger()
    await addSite()
    await saveObjection(env.DB, objection)
    await send()
    expect(await stored()).toEqual(never)
    expect(await totalsOf()).toContainEqual(expect.objectContaining({ dimension: 'outcome', value: 'unlisted' }))
  })

  test.each([
    ['by its domain, under another key', { ...objection, key: 'lei:529900ABCDEFGHIJKL12' as CompanyKey, names: [] }],
    ['by its name, under another key', { ...objection, key: 'own:acme-de' as CompanyKey, names: ['ACME'], domains: [] }],
  ])('%s', async (_, row) => {
    await saveObjection(env.DB, row)
    await send()
    expect((await stored()).companies).toEqual([])
  })

  test('also where an operator’s rule assigns a network to it', async () => {
    const bounds = readBounds('100.64.0.0/24')
    if (typeof bounds === 'string') throw new Error(bounds)
    const company = {
      key: ACME,
      kind: 'business',
      name: 'Acme',
      domain: 'acme.example',
      country: 'DE',
      city: null,
      industry: null,
      employees: '51-200',
    }
    await saveRule(env.DB, { siteId: '*', ...bounds, action: 'assign', company: JSON.stringify(company), why: '', created: '2026-11-21' })
    await saveObjection(env.DB, objection)
    await send({ from: 'nobody' })
    expect((await stored()).companies).toEqual([])
  })

  test('/you says the same as to a visitor from nowhere', async () => {
    const ask = async (from: 'acme' | 'nobody') =>
      (
        await collect(request({ from, method: 'GET', url: 'https://t.shop.example/you' }), () => openHouse(env, () => NOW), {
          waitUntil() {},
        } as unknown as ExecutionContext)
      ).text()
    await saveObjection(env.DB, objection)
    expect(await ask('acme')).toBe(await ask('nobody'))
  })

  test('within a minute, in an isolate that has been running; and again when it withdraws', async () => {
    let now = NOW
    const house = openHouse(env, () => now)
    await send({}, house)
    expect((await stored()).companies).toHaveLength(1)
    await saveObjection(env.DB, objection)
    await forgetObjecting(shards)
    now += 60_000
    await send({}, house)
    expect((await stored()).companies).toEqual([])
    expect(await withdrawObjection(env.DB, ACME)).toBe(true)
    now += 60_000
    await send({}, house)
    expect((await stored()).companies).toHaveLength(1)
  })

  test('while the database cannot say who objected nobody is named', async () => {
    const broken = {
      ...env,
      DB: {
        ...env.DB,
        prepare: (sql: string) => {
          if (/objections/.test(sql)) throw new Error('down')
          return env.DB.prepare(sql)
        },
        batch: (list: D1PreparedStatement[]) => env.DB.batch(list),
      },
    } as unknown as Env
    await send(
      {},
      openHouse(broken, () => NOW),
    )
    expect((await stored()).companies).toEqual([])
  })
})

describe('what the ledger held of it', () => {
  test('goes on all sites, and nobody else’s does', async () => {
    await addSite({ id: 'other' as never })
    await send()
    await send({ origin: 'https://other.example', url: 'https://t.other.example/e' })
    await send({ from: 'beta' as never }).catch(() => undefined)
    const before = (await stored()).companies ?? []
    expect(before.length).toBeGreaterThanOrEqual(2)
    await env.DB.prepare(`INSERT INTO tags VALUES ('shop', ?1, 'lead', '2026-11-21')`).bind(ACME).run()
    await env.DB.prepare(`INSERT INTO notes VALUES ('shop', ?1, 'n', 'call', 'me', '2026-11-21')`).bind(ACME).run()
    await saveObjection(env.DB, objection)
    expect(await forgetObjecting(shards)).toBe(2)
    expect(await forgetObjecting(shards)).toBe(0)
    const { companies, company_activity, company_day } = await stored()
    for (const rows of [companies, company_activity, company_day]) expect(JSON.stringify(rows)).not.toContain('acme')
    for (const table of ['tags', 'notes']) expect((await env.DB.prepare(`SELECT * FROM ${table}`).all()).results).toEqual([])
  })

  test('a row that cannot be read objects by its key alone', async () => {
    await env.DB.prepare(`INSERT INTO company_objections VALUES (?1, 'no json', '{}', '2026-11-21', '', NULL)`).bind(ACME).run()
    expect(await readObjections(env.DB)).toMatchObject([{ key: ACME, names: [], domains: [] }])
    await send()
    expect((await stored()).companies).toEqual([])
  })
})
