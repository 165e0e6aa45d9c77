import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { CSV_PRESETS, type CsvPresetName } from '../../../../src/compile/sources/csv-presets.ts'
import { csvTable } from '../../../../src/compile/sources/csv-table.ts'
import { madeFiles, problemOf, rowsOf } from './made-files.ts'

const file = madeFiles('csv')

/** The vendor's file, its name where that matters, and the rows it must give. */
const VENDORS: readonly (readonly [CsvPresetName, string, string, readonly object[]])[] = [
  [
    'iptoasn',
    'ip2asn-v4.tsv.gz',
    '1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\n1.0.1.0\t1.0.3.255\t0\tNone\tNot routed\n1.0.4.0\t1.0.7.255\t38803\tAU\tSAYS "quote\r\n',
    [
      { first: '1.0.0.0', last: '1.0.0.255', asn: 13335, name: 'CLOUDFLARENET', country: 'US', line: 1 },
      { first: '1.0.4.0', last: '1.0.7.255', asn: 38803, name: 'SAYS "quote', country: 'AU', line: 3 },
    ],
  ],
  [
    'ipinfo-lite',
    'ipinfo_lite.csv',
    'network,country,country_code,continent,continent_code,asn,as_name,as_domain\n154.24.39.204/30,Canada,CA,North America,NA,AS174,"Cogent Communications, LLC",cogentco.com\n9.9.9.9,United States,US,North America,NA,AS19281,Quad9,quad9.net\n5.5.5.0/24,France,FR,Europe,EU,,,\n',
    [
      { first: '154.24.39.204', last: '154.24.39.207', asn: 174, name: 'Cogent Communications, LLC', domain: 'cogentco.com', line: 2 },
      { first: '9.9.9.9', last: '9.9.9.9', asn: 19281, name: 'Quad9', domain: 'quad9.net', line: 3 },
    ],
  ],
  [
    'ipinfo-company',
    'ip_company.csv',
    'start_ip,end_ip,join_key,name,domain,type,asn,as_name,as_domain,as_type,country\n107.136.106.168,107.136.106.175,107.136.0.0,ZSPEC FLOW,zspec.com,business,AS7018,"AT&T Services, Inc.",att.com,isp,US\n107.136.107.0,107.136.107.7,107.136.0.0,Some School,,education,,,,,ZZ\n',
    [
      {
        first: '107.136.106.168',
        last: '107.136.106.175',
        asn: 7018,
        name: 'ZSPEC FLOW',
        domain: 'zspec.com',
        type: 'business',
        typeAsSaid: 'business',
        country: 'US',
        line: 2,
      },
      { first: '107.136.107.0', last: '107.136.107.7', asn: 0, name: 'Some School', type: 'education', typeAsSaid: 'education', line: 3 },
    ],
  ],
  [
    'ip2location-asn',
    'IP2LOCATION-LITE-ASN.CSV',
    '"16777216","16777471","1.0.0.0/24","13335","CloudFlare, Inc."\n"16777472","16778239","1.0.1.0/24","-","-"\n',
    [{ first: '1.0.0.0', last: '1.0.0.255', asn: 13335, name: 'CloudFlare, Inc.', line: 1 }],
  ],
  [
    'ip2location-db23',
    'IPV6-COUNTRY-ISP-DOMAIN-USAGETYPE.CSV',
    '"281470698520576","281470698520831","US","United States of America","California","Los Angeles","34.05","-118.24","Acme Works","acme.example","-","-","-","COM"\n"42540528726795050063891204319802818560","42540528806023212578155541913346768895","JP","Japan","-","-","0","0","Mobile Co","mobile.example","440","10","M","ISP/MOB"\n',
    [
      {
        first: '1.0.0.0',
        last: '1.0.0.255',
        asn: 0,
        name: 'Acme Works',
        domain: 'acme.example',
        type: 'business',
        typeAsSaid: 'COM',
        line: 1,
      },
      {
        first: '2001:200::',
        last: '2001:200:ffff:ffff:ffff:ffff:ffff:ffff',
        asn: 0,
        name: 'Mobile Co',
        domain: 'mobile.example',
        type: 'mobile',
        typeAsSaid: 'ISP/MOB',
        line: 2,
      },
    ],
  ],
  [
    'iplocate-asn',
    'ip-to-asn.csv',
    'network,asn,country_code,name,org,domain\n1.0.4.0/22,38803,AU,GTELECOM-AS-AP,Gtelecom Pty Ltd,gtelecom.com.au\n',
    [
      {
        first: '1.0.4.0',
        last: '1.0.7.255',
        asn: 38803,
        name: 'Gtelecom Pty Ltd',
        handle: 'GTELECOM-AS-AP',
        domain: 'gtelecom.com.au',
        country: 'AU',
        line: 2,
      },
    ],
  ],
]

describe('each preset reads what its vendor writes', () => {
  test('there is a case for every preset', () => {
    expect(VENDORS.map(([preset]) => preset).sort()).toEqual(Object.keys(CSV_PRESETS).sort())
  })

  test.each(VENDORS)('%s', async (preset, name, text, rows) => {
    const path = file(name, name.endsWith('.gz') ? gzipSync(text) : text)
    const source = csvTable({ files: [path], preset: CSV_PRESETS[preset] })
    expect(await rowsOf(source)).toEqual(rows.map((row) => ({ ...row, file: name })))
    // Every line was counted, so the guess of how many there are has become the number of lines.
    expect(source.expectedRows).toBe(text.trimEnd().split('\n').length)
  })
})

describe('what is refused', () => {
  test.each([
    ['ipinfo-company', 'a,b\n1,2\n', 'x.csv:1: has no column start_ip, end_ip, asn, name, domain, type, country; its columns are a, b'],
    ['ip2location-asn', '"x","16777471","1.0.0.0/24","13335","C"\n', 'x.csv:1: "x,16777471,1.0.0.0/24" begins with no range'],
    ['iptoasn', '1.0.0.0\t1.0.0.255\tAS-X\tUS\tC\n', 'x.csv:1: "AS-X" is no AS number'],
  ] as const)('%s: %j', async (preset, text, problem) => {
    expect(await problemOf(() => csvTable({ files: [file('x.csv', text)], preset: CSV_PRESETS[preset] }))).toBe(problem)
  })

  test('a packed file that was cut short', async () => {
    const packed = gzipSync('1.0.0.0\t1.0.0.255\t13335\tUS\tC\n'.repeat(1000))
    const path = file('cut.tsv.gz', packed.subarray(0, packed.length - 20))
    expect(await problemOf(() => csvTable({ files: [path], preset: CSV_PRESETS.iptoasn }))).toContain(
      'cannot be read to its end (Z_BUF_ERROR)',
    )
  })
})
