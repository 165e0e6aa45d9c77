import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeFamily } from '../../../src/compile/encode.ts'
import { assignIds, flatten, Rows } from '../../../src/compile/flatten.ts'
import { type Family, parsed } from '../../../src/ranges/address.ts'
import { HEADER } from '../../../src/ranges/format.ts'
import { openShard } from '../../../src/ranges/shard.ts'
import { openFamily, rowsOf, type TextRow, tableOf, wordsOf } from './table.ts'

describe('lookup', () => {
  const v4: TextRow[] = [
    { first: '0.0.0.0', last: '0.0.0.0', company: 1 },
    { first: '10.0.0.0', last: '10.0.0.255', company: 2 },
    { first: '192.0.2.7', last: '192.0.2.7', company: 3 },
    { first: '255.255.255.255', last: '255.255.255.255', company: 4 },
  ]
  const v6: TextRow[] = [
    { first: '::', last: '::', company: 5 },
    { first: '2a00::', last: '2a00::ffff:ffff:ffff:ffff', company: 6 },
    { first: '2a00:0:0:1:8000::', last: '2a00:0:0:2:7fff:ffff:ffff:ffff', company: 7 },
    { first: '2a00:0:0:2:8000::', last: '2a00:0:0:2:8000::7', company: 8 },
    { first: '2a00:0:0:4::', last: '2a00:0:0:4::', company: 9 },
    { first: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', company: 10 },
  ]
  const lookup = tableOf(v4, v6)

  test.each([
    ['0.0.0.0', 1],
    ['0.0.0.1', 0],
    ['9.255.255.255', 0],
    ['10.0.0.0', 2],
    ['10.0.0.255', 2],
    ['10.0.1.0', 0],
    ['192.0.2.6', 0],
    ['192.0.2.7', 3],
    ['::ffff:192.0.2.7', 3],
    ['::ffff:c000:208', 0],
    ['255.255.255.254', 0],
    ['255.255.255.255', 4],
    ['::', 5],
    ['::1', 0],
    ['29ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 0],
    ['2a00::', 6],
    ['2a00::ffff:ffff:ffff:ffff', 6],
    ['2a00:0:0:1::', 0],
    ['2a00:0:0:1:7fff:ffff:ffff:ffff', 0],
    ['2a00:0:0:1:8000::', 7],
    ['2a00:0:0:2:7fff:ffff:ffff:ffff', 7],
    ['2a00:0:0:2:8000::', 8],
    ['2a00:0:0:2:8000::8', 0],
    ['2a00:0:0:3::', 0],
    ['2a00:0:0:4::', 9],
    ['2a00:0:0:4::1', 0],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe', 0],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 10],
    ['8.8.8', 0],
  ])('%s is %i', (text, company) => {
    // In this table companies are numbered by address already, so their ids are their numbers.
    expect(lookup(text)).toBe(company)
  })

  test('one company that has everything', () => {
    const everything = tableOf(
      [{ first: '0.0.0.0', last: '255.255.255.255', company: 1 }],
      [{ first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', company: 1 }],
    )
    for (const text of ['0.0.0.0', '255.255.255.255', '::', '2001:db8::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'])
      expect(everything(text)).toBe(1)
  })

  test('one family empty, and both', () => {
    expect(tableOf(v4, [])('2a00::')).toBe(0)
    expect(tableOf([], v6)('10.0.0.0')).toBe(0)
    expect(tableOf([], [])('10.0.0.0')).toBe(0)
  })
})

describe('a value that is no shard is refused', () => {
  const rows = Array.from({ length: 300 }, (_, index) => ({
    first: `2a00:${index.toString(16)}::`,
    last: `2a00:${index.toString(16)}::1:ffff`,
    company: 1 + (index % 90),
  }))
  const { shards } = encodeFamily(flatten(rowsOf(6, rows)).segments)
  const whole = shards[0] ?? new Uint8Array()

  test('the whole one opens', () => {
    expect(openShard(whole.buffer, 6, 0)).toMatchObject({ family: 6, highestId: 90 })
  })

  test('every truncation, and bytes too many', () => {
    const opened: number[] = []
    for (let length = 0; length < whole.length; length++)
      if (typeof openShard(whole.buffer.slice(0, length), 6, 0) !== 'string') opened.push(length)
    expect(opened).toEqual([])
    for (const more of [1, 2, 3, 4, 64]) {
      const longer = new Uint8Array(whole.length + more)
      longer.set(whole)
      expect(openShard(longer.buffer, 6, 0)).toMatch(/length|too-short/)
    }
  })

  test.each(Object.entries(HEADER))('a byte flipped in the header field %s', (_, offset) => {
    const damaged = whole.slice()
    const at = Math.min(offset, HEADER.bytes - 1)
    damaged[at] = (damaged[at] ?? 0) ^ 0xff
    expect(openShard(damaged.buffer, 6, 0)).toBeTypeOf('string')
  })

  test('a bit flipped in any byte at all', () => {
    const opened: number[] = []
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice()
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8))
      if (typeof openShard(damaged.buffer, 6, 0) !== 'string') opened.push(at)
    }
    expect(opened).toEqual([])
  })

  test.each([
    ['another family', 4, 0, 'family'],
    ['another slice', 6, 1, 'slice'],
  ] as const)('%s', (_, family, from, fault) => {
    expect(openShard(whole.buffer, family, from)).toBe(fault)
  })

  test.each([
    ['nothing', new Uint8Array(0), 'too-short'],
    ['a JSON text', new TextEncoder().encode(JSON.stringify({ error: 'no such key', hint: 'and a long enough text' })), 'magic'],
    ['zeros', new Uint8Array(4096), 'magic'],
  ])('%s', (_, bytes, fault) => {
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
    padded.set(bytes)
    expect(openShard(padded.buffer, 4, 0)).toBe(fault)
  })
})

/**
 * The real AS table, against a merge that shares no code with the product: the rows of the file in the order of their
 * addresses, and a finger that moves along them. (One row overlaps two others: the smallest row has an address.)
 */
describe('the real AS table', () => {
  const require = createRequire(import.meta.url)
  interface Row {
    readonly first: bigint
    readonly last: bigint
    readonly asn: number
  }
  const tables: Record<Family, Row[]> = { 4: [], 6: [] }
  let companies: Uint32Array = new Uint32Array()
  const opened: Partial<Record<Family, ReturnType<typeof openFamily>>> = {}

  beforeAll(async () => {
    const segments = []
    for (const family of [4, 6] as const) {
      const rows = new Rows(family)
      const file = require.resolve(`@ip-location-db/asn/asn-ipv${family}-num.csv`)
      for await (const line of createInterface({ input: createReadStream(file) })) {
        const [first = '', last = '', asn = ''] = line.split(',', 3)
        const row = { first: BigInt(first), last: BigInt(last), asn: Number(asn) }
        tables[family].push(row)
        rows.add(wordsOf(family, row.first), wordsOf(family, row.last), row.asn, 0)
      }
      segments.push(flatten(rows).segments)
    }
    companies = assignIds(segments)
    for (const family of segments) opened[family.family] = openFamily(family)
  })

  test.each([4, 6] as const)('answers at every boundary, one before and one after (IPv%i)', (family) => {
    const rows = tables[family].toSorted((a, b) => (a.first < b.first ? -1 : 1))
    const find = opened[family]?.find ?? (() => -1)
    const ownerAt = (index: number, address: bigint): number => {
      const near = rows.slice(Math.max(0, index - 2), index + 3).filter((row) => row.first <= address && address <= row.last)
      return near.sort((a, b) => Number(a.last - a.first - (b.last - b.first)))[0]?.asn ?? 0
    }
    const wrong: string[] = []
    const top = family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n
    for (const [index, { first, last }] of rows.entries()) {
      for (const address of [first - 1n, first, first + 1n, last - 1n, last, last + 1n]) {
        if (address < 0n || address > top) continue
        parsed.set(wordsOf(family, address))
        if (companies[find()] !== ownerAt(index, address)) wrong.push(`${address}`)
      }
    }
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test('is as small as it is said to be', () => {
    // Exact: a change of the format or of the pinned source must be seen. 7,352,892 bytes is the MaxMind DB search tree of the same.
    const bytes = (opened[4]?.bytes ?? 0) + (opened[6]?.bytes ?? 0)
    expect(bytes).toBe(2_046_276)
    expect(7_352_892 / bytes).toBeGreaterThan(3.5)
  })
})
