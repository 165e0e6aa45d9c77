import { expect, test } from 'vitest'
import { readCuratedList } from '../../../src/compile/curated.ts'
import { type Segments, WORDS } from '../../../src/compile/flatten.ts'
import { ASN_PACKAGE, ipLocationDb } from '../../../src/compile/sources/ip-location-db.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { STORED } from '../../../src/privacy/stored.ts'
import { readBounds } from '../../../src/ranges/bounds.ts'
import { whyNotAssign } from '../../../src/ranges/rules.ts'

/**
 * P4: somebody who holds every table of the database *and* the range table tries to find the addresses a stored row
 * can have come from. A row names a company and nothing narrower, so the candidates are all addresses of that company;
 * they are counted here with whole numbers of any size, independently of the compiler's own sums.
 */
interface Candidates {
  v4: bigint
  /** /56 networks that hold at least one of its addresses. */
  v6: bigint
}

function candidates(all: readonly Segments[]): Map<number, Candidates> {
  const found = new Map<number, Candidates>()
  for (const segments of all) {
    const width = WORDS[segments.family] * 32
    const start = (index: number): bigint => {
      if (index === segments.count) return 1n << BigInt(width)
      let value = 0n
      for (let word = 0; word < WORDS[segments.family]; word += 1) {
        value = (value << 32n) | BigInt(segments.starts[index * WORDS[segments.family] + word] ?? 0)
      }
      return value
    }
    for (let index = 0; index < segments.count; index += 1) {
      const id = segments.ids[index] ?? 0
      if (id === 0) continue
      const of = found.get(id) ?? { v4: 0n, v6: 0n }
      if (segments.family === 4) of.v4 += start(index + 1) - start(index)
      else of.v6 += ((start(index + 1) - 1n) >> 72n) - (start(index) >> 72n) + 1n
      found.set(id, of)
    }
  }
  return found
}

test('P4 no stored row can be narrowed to fewer than 8 IPv4 addresses or 8 IPv6 /56 networks', async () => {
  const source = ipLocationDb(ASN_PACKAGE)
  const list = await readCuratedList()
  const facts = [await source.facts(), list.facts]
  const { companies, segments } = await compileTable({ sources: [source], organisations: list.organisations, facts })
  const found = candidates(segments)
  expect(found.size).toBe(companies.length)
  expect(companies.length).toBeGreaterThan(380)
  const narrow = [...found].filter(([, { v4, v6 }]) => v4 < 8n && v6 < 8n).map(([id]) => companies[id - 1]?.name)
  expect(narrow).toEqual([])
})

test('P4 the database holds no range but in the rules, and a rule that names a company is large enough', () => {
  const columns = STORED.flatMap(({ table, columns: of }) => Object.keys(of).map((column) => `${table}.${column}`))
  const ranges = columns.filter((column) => /first$|last$|range|prefix|address|network/.test(column))
  expect(ranges).toEqual(['rules.first', 'rules.last'])
  const company = {
    key: 'dom:a.example',
    kind: 'business',
    name: 'A',
    domain: null,
    country: 'DE',
    city: null,
    industry: null,
    employees: '51-200',
  } as const
  for (let length = 0; length <= 32; length += 1) {
    const bounds = readBounds(`0.0.0.0/${length}`)
    if (typeof bounds === 'string') throw new Error(bounds)
    expect(whyNotAssign(bounds, company) === null).toBe(length >= 8 && length <= 29)
  }
})
