import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packSizeFor } from '../../../src/compile/company-packs.ts'
import { openDenyBook } from '../../../src/compile/deny/deny-list.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { resolve } from '../../../src/ranges/resolve.ts'
import { storeOfBuild } from '../../../src/tools/ranges/lookup.ts'
import type { CompanyKey } from '../../../src/words.ts'
import { factsOf, letters, organisation, type RowText, sourceOf, tableOf } from './made-table.ts'

async function ask(table: Awaited<ReturnType<typeof tableOf>>, address: string): Promise<string> {
  const answer = await resolve(address, storeOfBuild(table))
  return answer.found ? answer.company.name : answer.why
}

describe('who is at an address', () => {
  test('the most specific row; a stranger inside a listed range is a hole in it', async () => {
    const table = await tableOf([
      ['10.0.0.0', '10.0.255.255', 1],
      ['10.0.1.0', '10.0.1.255', 2],
      ['10.0.2.0', '10.0.2.255', 0],
    ])
    const answers = ['10.0.0.255', '10.0.1.0', '10.0.1.255', '10.0.2.7', '10.0.3.0', '10.1.0.0'].map((address) => ask(table, address))
    expect(await Promise.all(answers)).toEqual(['A', 'B', 'B', 'unlisted', 'A', 'unlisted'])
    expect(table.report).toMatchObject({ rows: 3, claimedRows: 2, overlaps: 2, duplicates: 0 })
  })

  test('of two rows of the same size the one of the earlier source', async () => {
    const rows: RowText[] = [['10.0.0.0', '10.0.0.255', 1]]
    const others: RowText[] = [['10.0.0.0', '10.0.0.255', 2]]
    const facts = [factsOf('first.csv'), factsOf('second.csv')]
    const table = await compileTable({
      sources: [sourceOf(rows, 'first.csv'), sourceOf(others, 'second.csv')],
      organisations: letters([...rows, ...others]),
      facts,
    })
    expect(await ask(table, '10.0.0.9')).toBe('A')
    expect(table.companies[0]?.receipt).toMatchObject({ source: 'first.csv', sourceDate: '2026-06-17', confidence: 75 })
  })

  test('a repeated row changes nothing and is counted', async () => {
    const row: RowText = ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 1]
    const table = await tableOf([row, row])
    expect(await ask(table, '2001:db8::1')).toBe('A')
    expect(table.report).toMatchObject({ duplicates: 1, overlaps: 1, listed: 1 })
  })

  test.each([
    ['nothing at all', []],
    ['one family', [['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 1]] satisfies RowText[]],
    ['strangers only', [['10.0.0.0', '10.255.255.255', 0]] satisfies RowText[]],
  ])('a table of %s answers nobody elsewhere', async (_, rows: RowText[]) => {
    const table = await tableOf(rows)
    expect(await Promise.all(['10.0.0.1', '0.0.0.0', '255.255.255.255', '::', 'ffff::1'].map((address) => ask(table, address)))).toEqual(
      Array.from({ length: 5 }, () => 'unlisted'),
    )
  })
})

describe('P4 who is left out, and why', () => {
  const WIDE = ['10.0.0.0', '10.0.0.255', 1] as const

  test.each([
    ['7 IPv4 addresses', [['10.0.0.0', '10.0.0.6', 1]] satisfies RowText[], 'too-small'],
    ['8 IPv4 addresses', [['10.0.0.0', '10.0.0.7', 1]] satisfies RowText[], null],
    [
      '8 IPv4 addresses in two places',
      [
        ['10.0.0.0', '10.0.0.3', 1],
        ['10.9.0.0', '10.9.0.3', 1],
      ] satisfies RowText[],
      null,
    ],
    ['7 IPv6 /56', [['2001:db8::', '2001:db8:0:06ff:ffff:ffff:ffff:ffff', 1]] satisfies RowText[], 'too-small'],
    ['8 IPv6 /56', [['2001:db8::', '2001:db8:0:07ff:ffff:ffff:ffff:ffff', 1]] satisfies RowText[], null],
    ['one IPv6 /64', [['2001:db8::', '2001:db8::ffff:ffff:ffff:ffff', 1]] satisfies RowText[], 'too-small'],
    [
      '4 IPv4 addresses and 4 /56',
      [
        ['10.0.0.0', '10.0.0.3', 1],
        ['2001:db8::', '2001:db8:0:03ff:ffff:ffff:ffff:ffff', 1],
      ] satisfies RowText[],
      'too-small',
    ],
    [
      '8 IPv4 addresses of which a stranger holds one',
      [
        ['10.0.0.0', '10.0.0.7', 1],
        ['10.0.0.3', '10.0.0.3', 0],
      ] satisfies RowText[],
      'too-small',
    ],
  ])('%s: %s', async (_, rows: RowText[], reason) => {
    const table = await tableOf(rows, [organisation('A', 1)])
    expect(table.rejected.map((rejected) => rejected.reason)).toEqual(reason === null ? [] : [reason])
    expect(await ask(table, rows[0]?.[0] ?? '')).toBe(reason === null ? 'A' : 'unlisted')
  })

  test.each([
    ['no name', { name: '' }, 'incomplete'],
    ['no country', { country: '' }, 'incomplete'],
    ['fewer than 5 people', { employees: '1-4' }, 'too-few-people'],
    ['perhaps fewer than 5 people', { employees: '2-10' }, 'too-few-people'],
    ['5 people', { employees: '5-9' }, null],
    ['an unknown size, but an AS of its own', { employees: null }, null],
    ['a hospital', { name: 'Mercy Hospital' }, 'never-listed'],
    ['no range', { asns: [77] }, 'no-network'],
  ])('%s: %s', async (_, over, reason) => {
    const table = await tableOf([WIDE], [organisation('A', 1, over)])
    expect(table.rejected.map((rejected) => rejected.reason)).toEqual(reason === null ? [] : [reason])
    expect(table.report.rejected).toEqual(reason === null ? {} : { [reason]: 1 })
  })

  test.each([
    ['passengers on board', 64294, 'guests'],
    ['film streaming', 2906, 'product-egress'],
    ["what a product sends for its customers (Salesforce's)", 14340, 'product-egress'],
    ["what a product sends for its customers (SAP's)", 35039, 'product-egress'],
    ["a gateway of the company's customers", 16417, 'gateways'],
    ['a namesake', 59785, 'other-owner'],
  ])('an AS of the list that carries %s', async (_, asn, list) => {
    const table = await tableOf([['10.0.0.0', '10.0.0.255', asn]], [organisation('A', 1, { asns: [1, asn] })])
    expect(table.report).toMatchObject({ refused: { denied: { ranges: 1, v4Addresses: 256 } }, listed: 0, rejected: { denied: 1 } })
    expect(openDenyBook().network(asn)?.list).toBe(list)
  })

  test('ranges of somebody left out are gaps, merged with the gaps around them', async () => {
    const rows: RowText[] = [
      ['10.0.0.0', '10.0.0.255', 1],
      ['10.0.1.0', '10.0.1.3', 2],
      ['10.0.1.4', '10.0.1.255', 0],
    ]
    const [v4] = (await tableOf(rows)).segments
    expect([...(v4?.ids ?? [])]).toEqual([0, 1, 0])
  })
})

describe('P10 the same sources give the same bytes', () => {
  const rows: RowText[] = [
    ['10.0.0.0', '10.0.0.255', 1],
    ['10.0.4.0', '10.0.4.255', 2],
    ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 2],
  ]

  test('twice, and in another order of rows', async () => {
    const first = await tableOf(rows)
    const again = await tableOf(rows.toReversed(), letters(rows))
    expect(again.description).toEqual(first.description)
    expect([...again.files]).toEqual([...first.files])
  })

  test.each([
    ['an address', [['10.0.0.0', '10.0.0.254', 1], ...rows.slice(1)] as RowText[], letters(rows)],
    ['a city', rows, letters(rows).map((one) => ({ ...one, city: 'Ulm' }))],
  ])('another %s is another version', async (_, changed, organisations) => {
    expect((await tableOf(changed, organisations)).description.version).not.toBe((await tableOf(rows)).description.version)
  })

  test('a description is made of content: no clock, no path', async () => {
    const text = JSON.stringify((await tableOf(rows)).description)
    expect(text).not.toMatch(/T\d\d:|created/)
    expect(text).not.toContain(process.cwd())
  })
})

test('counts', async () => {
  const table = await tableOf(
    [
      ['10.0.0.0', '10.0.0.255', 1],
      ['2001:db8::', '2001:db8::ffff:ffff:ffff:ffff:ffff', 2],
    ],
    [organisation('A', 1), organisation('B', 2, { kind: 'research' })],
  )
  expect(table.description.counts).toMatchObject({
    companies: 2,
    kinds: { business: 1, research: 1 },
    ranges: 2,
    v4Addresses: 256,
    v6Networks: 256,
  })
  expect(table.companies.map(({ key }) => key)).toEqual(['dom:a.example', 'dom:b.example'] as CompanyKey[])
})

test('packs: under 360 of them however many companies there are', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 24 }), (companies) => companies / packSizeFor(companies) <= 360))
})
