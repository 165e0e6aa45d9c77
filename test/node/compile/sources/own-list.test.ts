import { describe, expect, test } from 'vitest'
import { asMetadata } from '../../../../src/compile/sources/as-metadata.ts'
import { ownList } from '../../../../src/compile/sources/own-list.ts'
import { entriesOfWords } from '../../../../src/compile/sources/source-entry.ts'
import { madeFiles, networksOf, problemOf, rowsOf } from './made-files.ts'

const file = madeFiles('own')

describe('the operator’s own list', () => {
  const HEADER = 'network,first,last,asn,name,country,domain,employees,register_id,kind,type\n'
  const ROWS = `${HEADER}# a comment
203.0.113.0/24,,,,Example Werke AG,DE,example.com,201-500,DE:HRB 1,business,
,198.51.100.8,198.51.100.15,,"Acme, Inc.",US,,,,,business
192.0.2.7,,,,Public Body,FR,,,,government,
,,,AS64500,Example Labs,GB,labs.example,10001+,,research,
`
  const place = { file: 'own.csv' }
  const RANGES = [
    {
      first: '203.0.113.0',
      last: '203.0.113.255',
      asn: 0,
      name: 'Example Werke AG',
      country: 'DE',
      domain: 'example.com',
      employees: '201-500',
      registerId: 'DE:HRB 1',
      kind: 'business',
      ...place,
      line: 3,
    },
    {
      first: '198.51.100.8',
      last: '198.51.100.15',
      asn: 0,
      name: 'Acme, Inc.',
      country: 'US',
      type: 'business',
      typeAsSaid: 'business',
      ...place,
      line: 4,
    },
    { first: '192.0.2.7', last: '192.0.2.7', asn: 0, name: 'Public Body', country: 'FR', kind: 'government', ...place, line: 5 },
  ]
  const NUMBER = {
    asn: 64500,
    name: 'Example Labs',
    country: 'GB',
    domain: 'labs.example',
    employees: '10001+',
    kind: 'research',
    ...place,
    line: 6,
  }

  test('CSV: prefix, range, address and AS number', async () => {
    const source = ownList({ files: [file('own.csv', ROWS)] })
    expect(source.role).toBe('operator')
    expect(await rowsOf(source)).toEqual(RANGES)
    expect(await networksOf(source)).toEqual([NUMBER])
  })

  test('JSON: an array, and one object a line, say the same', async () => {
    const array =
      '[\n  {"network": "203.0.113.0/24", "name": "A } \\" {", "country": "DE"},\n  {"asn": 64500,\n   "name": "B", "country": "AT"}\n]'
    const lines = '{"network":"203.0.113.0/24","name":"A } \\" {","country":"DE"}\n{"asn":"AS64500","name":"B","country":"AT"}\n'
    for (const [name, text, line] of [
      ['own.json', array, 3],
      ['own.jsonl', lines, 2],
    ] as const) {
      const source = ownList({ files: [file(name, text)] })
      expect(await rowsOf(source)).toEqual([
        {
          first: '203.0.113.0',
          last: '203.0.113.255',
          asn: 0,
          name: 'A } " {',
          country: 'DE',
          file: name,
          line: name === 'own.json' ? 2 : 1,
        },
      ])
      expect(await networksOf(source)).toEqual([{ asn: 64500, name: 'B', country: 'AT', file: name, line }])
    }
  })

  test.each([
    ['192.0.2.0/24,,,,,DE,,,,,', 'own.csv:2: name is missing'],
    ['192.0.2.0/24,,,,A,Germany,,,,,', 'own.csv:2: country is no ISO 3166-1 code'],
    ['192.0.2.0/24,,,,A,DE,Example.com,,,,', 'own.csv:2: domain is no domain in lower case'],
    ['192.0.2.0/24,,,,A,DE,,many,,,', 'own.csv:2: employees is no size band'],
    ['192.0.2.0/24,,,,A,DE,,,,shop,', 'own.csv:2: kind is none of business'],
    ['192.0.2.0/24,,,,A,DE,,,,,palace', 'own.csv:2: type is no type of network'],
    ['192.0.2.1/24,,,,A,DE,,,,,', 'own.csv:2: "192.0.2.1/24" is no range, prefix or address'],
    [',192.0.2.9,192.0.2.1,,A,DE,,,,,', 'own.csv:2: 192.0.2.9 comes after 192.0.2.1'],
    [',,,,A,DE,,,,,', 'own.csv:2: needs one of network, first and last, or asn'],
    ['192.0.2.0/24,,,64500,A,DE,,,,,', 'own.csv:2: needs one of network, first and last, or asn'],
    [',,,AS-X,A,DE,,,,,', 'own.csv:2: "AS-X" is no AS number'],
    ['192.0.2.0/24,,,,A,DE,,,,,,more', 'own.csv:2: has 12 columns instead of 11'],
  ])('%j is refused: %s', async (row, problem) => {
    expect(await problemOf(() => ownList({ files: [file('own.csv', `${HEADER}${row}\n`)] }))).toContain(problem)
  })

  test('a column that nobody knows is named, with those there are', async () => {
    const path = file('own.csv', 'network,company\n192.0.2.0/24,A\n')
    expect(await problemOf(() => ownList({ files: [path] }))).toContain(
      'own.csv:2: has no column company; the columns are network, first, last, asn, name',
    )
  })

  test.each([
    ['[{"network":"192.0.2.0/24","name":"A"},\n{"name": nobody}]', 'own.json:2: is no JSON object'],
    ['[{"network":"192.0.2.0/24","name":"A"}', 'none'],
    ['[{"network":"192.0.2.0/24","name":"A"', 'own.json:1: begins an object that never ends'],
  ])('JSON %j: %s', async (text, problem) => {
    expect(await problemOf(() => ownList({ files: [file('own.json', text)] }))).toBe(problem)
  })
})

describe('AS metadata of the ipverse shape', () => {
  const entry = (asn: number, metadata: object) => ({
    asn,
    metadata,
    stats: { connectivity: { providerAsns: [174] } },
    lastAnnounced: null,
  })
  const JSON_FILE = JSON.stringify(
    [
      entry(4711, {
        handle: 'INTEC',
        description: 'INTEC Inc.',
        countryCode: 'JP',
        origin: 'authoritative',
        category: 'business',
        networkRole: 'stub',
      }),
      entry(4712, {
        handle: 'JT-NET',
        description: 'JAPAN TOBACCO INC.',
        countryCode: 'JP',
        origin: 'authoritative',
        category: null,
        networkRole: null,
      }),
      entry(4713, {
        handle: 'GUESS',
        description: 'Guessed',
        countryCode: 'JP',
        origin: 'inferred',
        category: 'business',
        networkRole: 'stub',
      }),
      entry(4714, {
        handle: 'FILM',
        description: 'Film',
        countryCode: 'XX',
        origin: 'authoritative',
        category: 'business',
        networkRole: 'content_network',
      }),
      { asn: 4715, handle: 'OLD', description: 'Old shape' },
      entry(4716, { handle: 'UNI', description: '', countryCode: 'DE', category: 'education_research' }),
    ],
    null,
    2,
  )

  test('categories; what was only inferred says nothing of company or country', async () => {
    const source = asMetadata({ files: [file('as.json', JSON_FILE)] })
    expect(source.role).toBe('categories')
    expect(await rowsOf(source)).toEqual([])
    expect((await networksOf(source)).map(({ asn, name, country, type, typeAsSaid }) => [asn, name, country, type, typeAsSaid])).toEqual([
      [4711, 'INTEC Inc.', 'JP', 'business', 'business'],
      [4712, 'JAPAN TOBACCO INC.', 'JP', null, null],
      [4713, 'Guessed', null, null, null],
      [4714, 'Film', null, 'content', 'business'],
      [4715, 'Old shape', null, null, null],
      [4716, 'UNI', 'DE', 'education', 'education_research'],
    ])
  })

  test('its CSV, which has no categories', async () => {
    const source = asMetadata({ files: [file('as.csv', 'asn,handle,description,country-code\n2,UDEL-DCN,University of Delaware,US\n')] })
    expect(await networksOf(source)).toMatchObject([{ asn: 2, name: 'University of Delaware', handle: 'UDEL-DCN', country: 'US', line: 2 }])
  })

  test('another shape is refused with its line', async () => {
    expect(await problemOf(() => asMetadata({ files: [file('as.json', '[\n{"asn":"AS1"}]')] }))).toBe(
      'as.json:2: asn is not as in as.json of ipverse',
    )
  })
})

describe('sources on the command line', () => {
  test('format:path, vendor’s preset, registry; files of one registry are one source', () => {
    expect(
      entriesOfWords([
        '@ip-location-db/asn',
        'own:mine.csv',
        'ripe:a.organisation.gz',
        'iptoasn:x.tsv',
        'ripe:a.inetnum.gz',
        'ipinfo-lite:x.mmdb',
        'mmdb:y.mmdb',
      ]),
    ).toEqual([
      { name: 'source-1', format: 'ip-location-db', files: ['@ip-location-db/asn'] },
      { name: 'own', format: 'own-list', files: ['mine.csv'] },
      { name: 'ripe', format: 'rpsl', registry: 'ripe', files: ['a.organisation.gz', 'a.inetnum.gz'] },
      { name: 'iptoasn', format: 'csv', preset: 'iptoasn', files: ['x.tsv'] },
      { name: 'ipinfo-lite', format: 'mmdb', preset: 'ipinfo-lite', files: ['x.mmdb'] },
      { name: 'mmdb', format: 'mmdb', files: ['y.mmdb'] },
    ])
  })

  test('what is no format is told, with those there are; a Windows path is a path', () => {
    expect(() => entriesOfWords(['excel:x.xls'])).toThrow('excel:x.xls: "excel" is no format; formats are ip-location-db, own-list')
    expect(entriesOfWords(['C:\\data\\rows.csv'])).toEqual([{ name: 'source-1', format: 'ip-location-db', files: ['C:\\data\\rows.csv'] }])
  })
})
