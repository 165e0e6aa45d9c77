import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { openHouse } from '../../../src/collect/house.ts'
import { lookUpTyped } from '../../../src/collect/typed-address.ts'
import { POINTER_KEY, type TablePointer, valueKey } from '../../../src/ranges/pointer.ts'
import { ADDRESSES } from '../../addresses.ts'
import { addSite, NOW, publishTable } from '../fixtures.ts'
import { type Ask, ask, emptyDesk, makeToken } from './desk.ts'
import { submit, wrongIn } from './forms.ts'

beforeEach(async () => {
  await emptyDesk()
  await addSite()
  await publishTable()
})

const page = async (options: Ask = {}): Promise<string> => (await ask('/admin/ranges?site=shop', options)).text()
const pointer = async (): Promise<TablePointer> => (await env.RANGES.get(POINTER_KEY, 'json')) as TablePointer
const publish = (changed: object): Promise<void> => env.RANGES.put(POINTER_KEY, JSON.stringify(changed))

/** Cells of the row that begins with this heading. */
function row(html: string, heading: string): string[] {
  const found = new RegExp(`<th scope="row">${heading}</th>(.*?)</tr>`, 's').exec(html)?.[1] ?? ''
  return [...found.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell ?? '')
}

describe('the range table', () => {
  test('says how old it is, what is in it kind by kind, and where it comes from', async () => {
    const html = await page()
    expect(html).toContain((await pointer()).version.slice(0, 12))
    expect(html).toContain('The oldest source is 157 days old')
    expect(html).toContain('class="warning"')
    expect([row(html, 'Business'), row(html, 'Education')]).toEqual([
      ['2', 'shown'],
      ['1', 'only counted'],
    ])
    expect(html).toMatch(/documentation networks<\/a>.*CC0-1\.0.*RFC 5737/s)
    expect(html).toContain('This is the first table that was published.')
    expect(html).toContain('Nothing: everything that something spoke for is in it.')
  })

  test.each([
    ['2026-11-20', ''],
    ['2026-08-20', 'warning'],
    ['2026-05-01', 'wrong'],
  ])('sources of %s: %j', async (date, tone) => {
    const now = await pointer()
    await publish({ ...now, sources: now.sources.map((source) => ({ ...source, date })) })
    expect(/<p class="(warning|wrong)">The oldest source/.exec(await page())?.[1] ?? '').toBe(tone)
  })

  test('says what was left out and what changed, as long as the version before is the one that was compared', async () => {
    const now = await pointer()
    const before = 'b'.repeat(64)
    await publish({ ...now, previous: { ...now, version: before } })
    const amount = (v4Addresses: number) => ({ v4Addresses, v6Networks: 0 })
    const report = {
      rows: 9,
      claimedRows: 5,
      evidence: {},
      rejected: {
        'too-small': { organisations: 3, ranges: 4, v4Addresses: 12 },
        denied: { organisations: 7, ranges: 9, v4Addresses: 2304 },
      },
      diff: {
        before,
        gained: { companies: 60, keys: ['dom:new.example', 'own:new-too'] },
        lost: { companies: 1, keys: ['dom:gone.example'] },
        addresses: { gained: amount(512), lost: amount(16), moved: amount(8) },
      },
    }
    await env.RANGES.put(valueKey(now.version, 'report'), JSON.stringify(report))
    const html = await page()
    expect([row(html, 'On a deny list'), row(html, 'Network too small')]).toEqual([
      ['7', '9', '2,304'],
      ['3', '4', '12'],
    ])
    expect([row(html, 'New'), row(html, 'Gone'), row(html, 'Now another’s')]).toEqual([
      ['60', '512', '0'],
      ['1', '16', '0'],
      ['', '8', '0'],
    ])
    expect(html).toContain('new.example, new-too and 58 more')
    await publish({ ...now, previous: { ...now, version: 'c'.repeat(64) } })
    expect(await page()).not.toContain('gone.example')
  })

  test('says what is missing, and what to do', async () => {
    await env.RANGES.delete(valueKey((await pointer()).version, 'c:00'))
    expect(await page()).toMatch(/1 of \d+ values are missing.*publish --remote/s)
  })

  test('while none is published it lists reasons, each with its check', async () => {
    await env.RANGES.delete(POINTER_KEY)
    const html = await page()
    expect(html).toContain('No range table is published')
    expect(/<section class="empty">.*?<\/section>/s.exec(html)?.[0].match(/<dt>/g)).toHaveLength(3)
  })
})

describe('looking up an address', () => {
  const house = () => {
    const opened = openHouse(env, () => NOW)
    return { lookUp: (_: Env, address: string, site: Parameters<typeof lookUpTyped>[1]) => lookUpTyped(address, site, opened) }
  }
  const lookUp = async (address: string, options: Ask = {}) => submit('/ranges', 'lookUp', { address }, { house: house(), ...options })

  test.each([
    [ADDRESSES.acme, ['Acme', 'Munich, Germany', 'documentation networks', '75 of 100']],
    [ADDRESSES.university, ['Beispieluniversitaet', 'Not shown on this site']],
    [ADDRESSES.nobody, ['Nobody', 'no listed organisation']],
  ])('P2 %s is answered with its receipt or why not, and stands nowhere on the page', async (address, texts) => {
    const response = await lookUp(address)
    expect([response.status, response.headers.get('cache-control'), response.headers.get('location')]).toEqual([200, 'no-store', null])
    const html = await response.text()
    for (const text of texts) expect(html).toContain(text)
    expect(html).not.toContain(address)
  })

  test('P2 what is no address is refused, named and not repeated either', async () => {
    const response = await lookUp('203.0.113.300', { headers: { 'Accept-Language': 'de' } })
    const html = await response.text()
    expect([response.status, wrongIn(html)]).toEqual([400, expect.stringContaining('keine IP-Adresse')])
    expect(html).not.toContain('203.0.113.300')
  })

  test('readers have no such form', async () => {
    const { token } = await makeToken('viewer', ['shop'])
    expect(await page({ token })).not.toContain('lookUp')
    expect((await lookUp(ADDRESSES.acme, { token })).status).toBe(403)
  })
})
