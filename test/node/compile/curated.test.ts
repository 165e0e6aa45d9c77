import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CURATED_LIST, readCuratedList } from '../../../src/compile/curated.ts'
import { openDenyBook } from '../../../src/compile/deny/deny-list.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('the curated list', () => {
  const HEADER = 'name,domain,country,city,industry,employees,asns\n'
  const list = (rows: string): Promise<unknown> => readCuratedList(file('list.csv', HEADER + rows))

  test('that ships: more than 450 organisations, each with a kind, no AS claimed twice', async () => {
    const { organisations, facts } = await readCuratedList()
    expect(organisations.length).toBeGreaterThan(450)
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
        legalForm: null,
        postcode: null,
        lei: null,
        origins: expect.objectContaining({ name: { source: 'compiled by hand, June 2026, not verified', date: null } }),
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
    [`${A}B,gmail.com,DE,Ulm,Retail,10-20,AS2\n`, 'list.csv:3: gmail.com is a mail provider’s domain'],
    [`${A}B,b.example,DE\n`, 'list.csv:3: '],
  ])('%j is refused: %s', async (rows, problem) => {
    await expect(list(rows)).rejects.toThrow(problem)
  })

  test('a file without the right columns, and no file', async () => {
    await expect(readCuratedList(file('other.csv', 'a,b\n1,2\n'))).rejects.toThrow('other.csv:1: has no column name, domain')
    await expect(readCuratedList(join(folder, 'none.csv'))).rejects.toThrow('none.csv: cannot be read')
  })

  test('the further columns: legal form, postcode, LEI, source and day of the check', async () => {
    const header = 'name,domain,country,city,industry,employees,asns,legal_form,postcode,lei,source,checked\n'
    const row = 'A,a.example,DE,Ulm,Retail,10-20,AS1,GmbH & Co. KG,89073,529900ABCDEFGHIJKL12,imprint,2026-06-17\n'
    const { organisations } = await readCuratedList(file('wide.csv', header + row))
    expect(organisations[0]).toMatchObject({ legalForm: 'GmbH & Co. KG', postcode: '89073', lei: '529900ABCDEFGHIJKL12' })
    await expect(readCuratedList(file('bad.csv', header + row.replace('529900ABCDEFGHIJKL12', '1')))).rejects.toThrow(
      'bad.csv:2: lei is no LEI',
    )
    await expect(readCuratedList(file('bad.csv', header + row.replace('2026-06-17', 'June')))).rejects.toThrow(
      'bad.csv:2: checked is no day',
    )
  })

  test('P4 names no network that a deny list holds', async () => {
    const deny = openDenyBook()
    const { organisations } = await readCuratedList()
    expect(
      organisations.flatMap(({ name, asns }) => asns.filter((asn) => deny.network(asn) !== null).map((asn) => `${name} AS${asn}`)),
    ).toEqual([])
  })
})
