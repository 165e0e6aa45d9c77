import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ipLocationDb } from '../../../../src/compile/sources/ip-location-db.ts'
import { SourceError } from '../../../../src/compile/sources/source.ts'
import { compileTable } from '../../../../src/compile/table.ts'
import { factsOf } from '../made-table.ts'
import { madeFiles, rowsOf } from './made-files.ts'

const file = madeFiles('ip-location-db')

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
    const half = join(dirname(file('beside', '')), 'half')
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
