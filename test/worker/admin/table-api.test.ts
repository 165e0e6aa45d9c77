import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { AdminHouse } from '../../../src/admin/house.ts'
import { openHouse } from '../../../src/collect/house.ts'
import { lookUpTyped } from '../../../src/collect/typed-address.ts'
import { saveObjection } from '../../../src/ledger/objections.ts'
import { POINTER_KEY, type TablePointer, valueKey } from '../../../src/ranges/pointer.ts'
import { COMPANY_KINDS, type CompanyKey } from '../../../src/words.ts'
import { ADDRESSES } from '../../addresses.ts'
import { addSite, BALANCING, NOW, publishTable } from '../fixtures.ts'
import { type Ask, api, emptyDesk, makeToken } from './desk.ts'

beforeEach(async () => {
  await emptyDesk()
  await env.DB.prepare('DELETE FROM company_objections').run()
  await addSite()
  await publishTable()
})

/** The real look-up and the real health of one isolate. */
function isolate(): Partial<AdminHouse> {
  const house = openHouse(env, () => NOW)
  return {
    lookUp: (_env, address, site) => lookUpTyped(address, site, house),
    tableHealth: () => house.ranges.health(),
  }
}

const json = async <T>(path: string, options: Ask = {}): Promise<T> => (await api(path, { house: isolate(), ...options })).json<T>()
const lookUp = (address: string, site = 'shop') => json<Record<string, unknown>>(`/ranges/look-up?site=${site}`, { json: { address } })

describe('the range table', () => {
  test('says version, age, organisations per kind, sources with their licences, and what was left out', async () => {
    const pointer = await env.RANGES.get<TablePointer>(POINTER_KEY, 'json')
    const { table } = await json<{ table: Record<string, unknown> }>('/ranges')
    expect(table).toMatchObject({
      version: pointer?.version,
      published: '2026-11-01T00:00:00.000Z',
      previous: null,
      age: { oldest: '2026-06-17', days: 157, state: 'old' },
      kinds: { business: 2, education: 1 },
      sources: [{ name: 'documentation networks', licence: 'CC0-1.0', credits: [{ text: 'RFC 5737' }] }],
      report: { rows: 4, evidence: { curated: 3 }, rejected: {}, diff: null },
      health: { missing: 0, faults: { missing: 0, broken: 0, unreachable: 0 } },
    })
  })

  test.each([
    ['2026-08-24', { days: 89, state: 'fresh' }],
    ['2026-08-23', { days: 90, state: 'old' }],
    ['2026-05-26', { days: 179, state: 'old' }],
    ['2026-05-25', { days: 180, state: 'very-old' }],
  ])('with an oldest source of %s is %j', async (date, age) => {
    const pointer = await env.RANGES.get<TablePointer>(POINTER_KEY, 'json')
    const sources = pointer?.sources.flatMap((source) => [
      { ...source, date: '2026-11-20' },
      { ...source, date },
    ])
    await env.RANGES.put(POINTER_KEY, JSON.stringify({ ...pointer, sources }))
    expect(await json('/ranges')).toMatchObject({ table: { age: { oldest: date, ...age } } })
  })

  test('counts values that KV does not have, and has no report where none was published', async () => {
    const pointer = await env.RANGES.get<TablePointer>(POINTER_KEY, 'json')
    for (const name of ['c:00', 'report']) await env.RANGES.delete(valueKey(pointer?.version ?? '', name))
    const { table } = await json<{ table: { health: { values: number; missing: number }; report: unknown } }>('/ranges')
    expect(table.health).toMatchObject({ missing: 1, values: Object.keys(pointer?.files ?? {}).length })
    expect(table.report).toBeNull()
  })

  test('is null while none is published', async () => {
    await env.RANGES.delete(POINTER_KEY)
    expect(await json('/ranges')).toEqual({ table: null })
  })
})

describe('an address that an operator typed', () => {
  test.each([
    [ADDRESSES.acme, { why: 'table', company: { name: 'Acme', receipt: { source: 'documentation networks', confidence: 75 } } }],
    [` ${ADDRESSES.acme6} `, { why: 'table', company: { key: 'dom:acme.example' } }],
    [ADDRESSES.university, { why: 'kind', company: { kind: 'education' } }],
    [ADDRESSES.nobody, { why: 'unlisted', company: null }],
  ])('%j', async (address, answer) => {
    expect(await lookUp(address)).toMatchObject({ site: 'shop', ...answer })
  })

  test('is nobody’s where a rule blocks it or the company objected, and a rule’s company where one assigns it', async () => {
    const acme = {
      key: 'own:branch',
      kind: 'business',
      name: 'Branch',
      domain: null,
      country: 'DE',
      city: null,
      industry: null,
      employees: '51-200',
    }
    await json('/rules?site=shop', { json: { range: '100.64.0.0/24', action: 'assign', company: acme } })
    await json('/rules?site=shop', { json: { range: '192.0.2.0/24', action: 'block' } })
    const acmes = { key: 'dom:acme.example' as CompanyKey, names: [], domains: [], created: '2026-11-21', why: 'asked', proof: null }
    await saveObjection(env.DB, acmes)
    expect(await lookUp(ADDRESSES.nobody)).toMatchObject({ why: 'rule', company: { name: 'Branch' } })
    expect(await lookUp(ADDRESSES.small)).toMatchObject({ why: 'block', company: null })
    expect(await lookUp(ADDRESSES.acme)).toMatchObject({ why: 'objection', company: null })
  })

  test('is asked as the site sees it: kinds and rules of another do not count', async () => {
    await addSite({ id: 'campus', settings: { balancing: BALANCING, kinds: [...COMPANY_KINDS] } })
    expect(await lookUp(ADDRESSES.university, 'campus')).toMatchObject({ why: 'table', company: { kind: 'education' } })
  })

  test('a table that cannot be read is a reason of its own', async () => {
    const pointer = await env.RANGES.get<TablePointer>(POINTER_KEY, 'json')
    for (const name of Object.keys(pointer?.files ?? {})) await env.RANGES.delete(valueKey(pointer?.version ?? '', name))
    expect(await lookUp(ADDRESSES.acme)).toMatchObject({ why: 'table-fault', company: null })
  })

  test.each(['', '203.0.113', '203.0.113.20, 203.0.113.21', 'x'.repeat(65), 'acme.example'])(
    '%j is a 400 that names the field and repeats nothing',
    async (address) => {
      const response = await api('/ranges/look-up?site=shop', { house: isolate(), json: { address } })
      expect(response.status).toBe(400)
      const text = await response.text()
      expect(JSON.parse(text)).toMatchObject({ field: 'address' })
      if (address !== '') expect(text).not.toContain(address)
    },
  )

  test('P2 rests nowhere: no table, no value of KV and no answer holds it; that somebody asked is in the audit log', async () => {
    const answer = await api('/ranges/look-up?site=shop', { house: isolate(), json: { address: ADDRESSES.acme } })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).not.toContain(ADDRESSES.acme)
    const tables = await env.DB.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'").all<{
      name: string
    }>()
    expect(tables.results.length).toBeGreaterThan(10)
    for (const { name } of tables.results) {
      const rows = JSON.stringify((await env.DB.prepare(`SELECT * FROM ${name}`).all()).results)
      expect(rows, name).not.toMatch(/203\.0\.113/)
    }
    expect((await env.RANGES.list()).keys.filter(({ name }) => name.includes('203.0'))).toEqual([])
    expect(await json('/audit?of=shop')).toMatchObject({ entries: [{ action: 'address.look-up', detail: '', rows: 1 }] })
  })

  test('needs the role analyst, on this site', async () => {
    const { token: viewer } = await makeToken('viewer', ['shop'])
    const { token: other } = await makeToken('analyst', ['other'])
    expect((await api('/ranges/look-up?site=shop', { token: viewer, json: { address: ADDRESSES.acme } })).status).toBe(403)
    expect((await api('/ranges/look-up?site=shop', { token: other, json: { address: ADDRESSES.acme } })).status).toBe(404)
  })
})
