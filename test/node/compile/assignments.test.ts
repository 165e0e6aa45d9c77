import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { KNOWN_NETWORKS, readAssignments } from '../../../src/compile/assignments.ts'
import { openDenyBook } from '../../../src/compile/deny/deny-list.ts'
import type { JudgingRules } from '../../../src/compile/knowledge.ts'
import type { SourceRow } from '../../../src/compile/sources/source.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { lookUp, storeOfBuild } from '../../../src/tools/ranges/lookup.ts'
import { objecting, sourceOfRows } from './judged.ts'
import { factsOf } from './made-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-assignments-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEADER = 'network,asn,name,domain,country,city,kind,source\n'
function list(rows: string) {
  const path = join(folder, 'networks.csv')
  writeFileSync(path, HEADER + rows)
  return readAssignments(path)
}
const UNI = '10.1.0.0/16,AS680,Beispieluniversität,uni.example,DE,Ulm,education,RFC 1166\n'

/** Who answers for each address of a table in which the research network AS680 announces `rows`. */
async function answers(rows: readonly Partial<SourceRow>[], addresses: readonly string[], rules: JudgingRules = {}) {
  const network = { name: 'Research network of the country', asn: 680 }
  const { description, files } = await compileTable({
    sources: [sourceOfRows(rows.map((row) => ({ ...network, ...row })))],
    organisations: [],
    facts: [factsOf('routes'), factsOf('list')],
    rules: { deny: openDenyBook(), countries: new Map([[680, 'DE']]), assignments: list(UNI), ...rules },
  })
  const found = await lookUp(addresses, storeOfBuild({ description, files }))
  return found.map(({ answer }) => (answer.found ? `${answer.company.name} ${answer.company.receipt.confidence}` : 'nobody'))
}
const NAMED = 'Beispieluniversität 70'
const ALL = { first: '10.0.0.0', last: '10.255.255.255' }
const BLOCK = { first: '10.1.0.0', last: '10.1.255.255' }

describe('a block of an institution inside a research network', () => {
  test('is the institution’s; the rest of the network is nobody’s', async () =>
    expect(await answers([ALL], ['10.0.255.255', '10.1.0.0', '10.1.255.255', '10.2.0.0'])).toEqual(['nobody', NAMED, NAMED, 'nobody']))

  test('announced by itself', async () => expect(await answers([BLOCK], ['10.1.2.3'])).toEqual([NAMED]))

  test('announced in pieces, and not in one of them', async () => {
    const pieces = [
      { first: '10.1.0.0', last: '10.1.127.255' },
      { first: '10.1.192.0', last: '10.2.255.255' },
    ]
    expect(await answers(pieces, ['10.1.1.1', '10.1.129.1', '10.1.200.1'])).toEqual([NAMED, 'nobody', NAMED])
  })

  test('sold: somebody else announces it', async () => expect(await answers([{ ...BLOCK, asn: 64500 }], ['10.1.2.3'])).toEqual(['nobody']))

  test('a part of it sold', async () => {
    const sold = { first: '10.1.128.0', last: '10.1.255.255', asn: 64500 }
    expect(await answers([BLOCK, sold], ['10.1.2.3', '10.1.130.1'])).toEqual([NAMED, 'nobody'])
  })

  test('a more specific row inside it wins', async () => {
    const inside = { first: '10.1.2.0', last: '10.1.2.255', asn: 64500, name: 'Kiosk' }
    expect(await answers([ALL, inside], ['10.1.1.1', '10.1.2.1'])).toEqual([NAMED, 'nobody'])
  })

  test('the research network’s place on a deny list does not reach it; a denied range does', async () => {
    const path = join(folder, 'deny.txt')
    writeFileSync(path, '10.1.64.0/24 # guests\n')
    expect(await answers([ALL], ['10.1.1.1', '10.1.64.1'], { deny: openDenyBook([path]) })).toEqual([NAMED, 'nobody'])
  })

  test('an institution that objected', async () =>
    expect(await answers([ALL], ['10.1.1.1'], objecting('dom:uni.example'))).toEqual(['nobody']))
})

describe('the list', () => {
  test.each([
    [UNI + UNI, 'networks.csv:3: 10.1.0.0/16 overlaps'],
    ['10.1.0.0,AS680,U,uni.example,DE,Ulm,education,RFC 1166\n10.1.0.0/16,AS680,U,uni.example,DE,Ulm,education,x\n', 'networks.csv:3'],
    ['2001:db8::/32,AS680,U,uni.example,DE,Ulm,education,RFC 1166\n', 'networks.csv:2: 2001:db8::/32 is no IPv4 network'],
    ['10.1.0.0/8,AS680,U,uni.example,DE,Ulm,education,RFC 1166\n', 'networks.csv:2: 10.1.0.0/8 is no IPv4 network'],
    ['10.1.0.0/16,680,U,uni.example,DE,Ulm,education,RFC 1166\n', 'networks.csv:2: asn is no AS number'],
    ['10.1.0.0/16,AS680,U,gmail.com,DE,Ulm,education,RFC 1166\n', 'networks.csv:2: gmail.com is a mail provider’s domain'],
    ['10.1.0.0/16,AS680,U,uni.example,Germany,Ulm,education,RFC 1166\n', 'networks.csv:2: country'],
    ['10.1.0.0/16,AS680,U,uni.example,DE,Ulm,university,RFC 1166\n', 'networks.csv:2: kind'],
    ['10.1.0.0/16,AS680,U,uni.example,DE,Ulm,education,\n', 'networks.csv:2: source'],
  ])('%j is refused', (rows, problem) => expect(() => list(rows)).toThrow(problem))

  test('that ships: only networks that announce for others, only places of education and research', () => {
    const deny = openDenyBook()
    const rows = readFileSync(KNOWN_NETWORKS, 'utf8').trim().split('\n').slice(1)
    expect(rows.length).toBeGreaterThan(150)
    for (const row of rows) {
      const asn = Number(/AS(\d+)/.exec(row)?.[1])
      expect(deny.network(asn), row).not.toBeNull()
      expect(row).toMatch(/,(?:education|research),/)
    }
    const blocks = [...new Set(rows.map((row) => Number(/AS(\d+)/.exec(row)?.[1])))].flatMap((asn) => readAssignments().of(asn))
    expect(blocks).toHaveLength(rows.length)
  })
})
