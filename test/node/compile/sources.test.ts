import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CURATED_LIST, readCuratedList } from '../../../src/compile/curated.ts'
import { ownersByAsn } from '../../../src/compile/evidence.ts'
import { ipLocationDb } from '../../../src/compile/sources/ip-location-db.ts'
import { type RangeSource, SourceError, type SourceRow } from '../../../src/compile/sources/source.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { factsOf } from './made-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function rowsOf(source: RangeSource): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const row of source.rows()) rows.push(row)
  return rows
}

/** What the build says about these rows. */
const problemOf = (text: string): Promise<string> =>
  compileTable({ sources: [ipLocationDb(file('rows.csv', text))], organisations: [], facts: [factsOf('rows.csv')] }).then(
    () => 'none',
    (error: unknown) => (error instanceof SourceError ? error.message : `${error}`),
  )

describe('ip-location-db', () => {
  test('names with commas, quotes and other alphabets; empty lines; CRLF; a byte order mark', async () => {
    const text =
      '\ufeff1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."\r\n\r\n2001:db8::,2001:db8::ff,64500,"The ""Good"" Company"\r\n8.0.0.0,8.0.0.7,1,Müller Ω\r\n'
    expect(await rowsOf(ipLocationDb(file('odd.csv', text)))).toEqual([
      { first: '1.0.0.0', last: '1.0.0.255', asn: 13335, name: 'Cloudflare, Inc.', file: 'odd.csv', line: 1 },
      { first: '2001:db8::', last: '2001:db8::ff', asn: 64500, name: 'The "Good" Company', file: 'odd.csv', line: 3 },
      { first: '8.0.0.0', last: '8.0.0.7', asn: 1, name: 'Müller Ω', file: 'odd.csv', line: 4 },
    ])
  })

  const GOOD = '1.0.0.0,1.0.0.255,1,One\n'
  test.each([
    ['1.0.0.0,1.0.0.255,1\n', 'rows.csv:2: has 3 columns instead of 4 (first address, last address, AS number, AS name)'],
    ['1.0.0.0,1.0.0.255,1,One,DE\n', 'rows.csv:2: has 5 columns instead of 4 (first address, last address, AS number, AS name)'],
    ['1.0.0.0,1.0.0.255,AS1,One\n', 'rows.csv:2: "AS1" is no AS number'],
    ['1.0.0.0,1.0.0.255,,One\n', 'rows.csv:2: "" is no AS number'],
    ['1.0.0.0,1.0.0.255,4294967296,One\n', 'rows.csv:2: "4294967296" is no AS number'],
    ['1.0.0,1.0.0.255,1,One\n', 'rows.csv:2: "1.0.0" is no address'],
    ['1.0.0.0,1.0.0.256,1,One\n', 'rows.csv:2: "1.0.0.256" is no address'],
    ['16777216,16777471,1,One\n', 'rows.csv:2: "16777216" is no address'],
    ['1.0.0.9,1.0.0.0,1,One\n', 'rows.csv:2: 1.0.0.9 comes after 1.0.0.0'],
    ['1.0.0.0,2001:db8::,1,One\n', 'rows.csv:2: begins in one address family and ends in the other'],
    ['\n\n1.0.0.0,1.0.0.255,x,One\n', 'rows.csv:4: "x" is no AS number'],
    ['1.0.0.0,1.0.0.255,1,"One\n', 'rows.csv:2: a quote is opened and never closed'],
    ['1.0.0.0,1.0.0.255,1,One"s\n', 'rows.csv:2: '],
  ])('%j is refused: %s', async (row, problem) => {
    expect(await problemOf(GOOD + row)).toContain(problem)
  })

  test('a quote that is never closed does not swallow the rest of the file', async () => {
    const text = `${GOOD.repeat(5)}1.0.0.0,1.0.0.255,1,"One\n${GOOD.repeat(3000)}`
    expect(await problemOf(text)).toContain('rows.csv:6: a quote is opened and never closed')
  })

  test('a row that falls on the border of two chunks is read whole', async () => {
    const text = Array.from({ length: 9000 }, (_, index) => `10.0.0.0,10.0.0.255,${index},"Zürich, ${'x'.repeat(index % 60)}"\n`).join('')
    const rows = await rowsOf(ipLocationDb(file('long.csv', text)))
    expect(rows.map(({ asn, line, name }) => [asn, line, name.length])).toEqual(
      rows.map((_, index) => [index, index + 1, 8 + (index % 60)]),
    )
    expect(rows).toHaveLength(9000)
  })

  test('the file without an end of line is refused before it fills the memory', async () => {
    expect(await problemOf('x'.repeat(200_000))).toBe('rows.csv:1: is longer than 65536 characters')
  })

  test('what is not there is named, with what to do', () => {
    expect(() => ipLocationDb('@nobody/nothing')).toThrow('@nobody/nothing: is neither a file nor an installed npm package; run "npm ci"')
    const half = join(folder, 'half')
    mkdirSync(half)
    expect(() => ipLocationDb(half)).toThrow('asn-ipv4.csv: is missing; run "npm ci"')
  })

  test('the installed package: licence, owners with the link DB-IP asks for, date and hash of its files', async () => {
    const facts = await ipLocationDb().facts()
    expect(facts).toMatchObject({ name: '@ip-location-db/asn', licence: 'CC BY 4.0', files: ['asn-ipv4.csv', 'asn-ipv6.csv'] })
    expect(facts.credits.map(({ url }) => url)).toContain('https://db-ip.com')
    expect(facts.attribution).toMatch(/RouteViews.*DB-IP.*NRO/)
    expect(facts.date).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(facts.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('the curated list', () => {
  const HEADER = 'name,domain,country,city,industry,employees,asns\n'
  const list = (rows: string): Promise<unknown> => readCuratedList(file('list.csv', HEADER + rows))

  test('that ships: 396 organisations, each with a kind, no AS claimed twice', async () => {
    const { organisations, facts } = await readCuratedList()
    expect(organisations).toHaveLength(396)
    expect(facts).toMatchObject({ licence: 'CC0 1.0', files: ['known-organisations.csv'] })
    const kindOf = (domain: string) => organisations.find((organisation) => organisation.domain === domain)?.kind
    expect(['fraunhofer.de', 'cern.ch', 'nasa.gov', 'ecb.europa.eu', 'usps.com', 'capgemini.com', 'dhl.com'].map(kindOf)).toEqual([
      'research',
      'research',
      'government',
      'government',
      'government',
      'it-service',
      'business',
    ])
    expect(CURATED_LIST).toMatch(/data\/known-organisations\.csv$/)
  })

  test('quoted commas, empty facts, several AS numbers', async () => {
    const { organisations } = (await list('"Smith, Jones & Co",,GB,,Consulting,,AS1 AS2\n')) as { organisations: unknown[] }
    expect(organisations).toEqual([
      {
        key: 'own:smith-jones-co-gb',
        kind: 'business',
        name: 'Smith, Jones & Co',
        domain: null,
        country: 'GB',
        city: null,
        industry: 'Consulting',
        employees: null,
        asns: [1, 2],
        file: 'list.csv',
        line: 2,
      },
    ])
  })

  const A = 'A,a.example,DE,Ulm,Retail,10-20,AS1\n'
  test.each([
    [`${A}B,b.example,DE,Ulm,Retail,10-20,1\n`, 'list.csv:3: asns is no list of AS numbers'],
    [`${A}B,b.example,DE,Ulm,Retail,10-20,\n`, 'list.csv:3: asns is no list of AS numbers'],
    [`${A}B,b.example,Germany,Ulm,Retail,10-20,AS2\n`, 'list.csv:3: country is no ISO 3166-1 code'],
    [`${A}B,B.example,DE,Ulm,Retail,10-20,AS2\n`, 'list.csv:3: domain is no domain in lower case'],
    [`${A}B,b.example,DE,Ulm,Alchemy,10-20,AS2\n`, 'list.csv:3: industry "Alchemy" has no kind yet'],
    [`${A}B,b.example,DE,Ulm,Retail,some,AS2\n`, 'list.csv:3: employees is no size band'],
    [`${A}B,b.example,DE,Ulm,Retail,10-20,AS1\n`, 'list.csv:3: AS1 is claimed by A already'],
    [`${A}B,a.example,DE,Ulm,Retail,10-20,AS2\n`, 'list.csv:3: dom:a.example is claimed by A already'],
    [`${A}B,b.example,DE\n`, 'list.csv:3: '],
  ])('%j is refused: %s', async (rows, problem) => {
    await expect(list(rows)).rejects.toThrow(problem)
  })

  test('a file without the right columns, and no file', async () => {
    await expect(readCuratedList(file('other.csv', 'a,b\n1,2\n'))).rejects.toThrow('other.csv:1: has no column name, domain')
    await expect(readCuratedList(join(folder, 'none.csv'))).rejects.toThrow('none.csv: cannot be read')
  })

  test('P4 a vetoed AS lists nobody, the others of the same organisation do', async () => {
    const { organisations } = await readCuratedList()
    const owners = ownersByAsn(organisations)
    const nameOf = (asn: number) => organisations[owners.get(asn) ?? -1]?.name
    expect([nameOf(31399), nameOf(55095), nameOf(2906), nameOf(64294)]).toEqual(['Mercedes-Benz Group', 'Netflix', undefined, undefined])
  })
})
