import { describe, expect, test } from 'vitest'
import { mmdb } from '../../../../src/compile/sources/mmdb.ts'
import { MMDB_PRESETS, type MmdbPresetName } from '../../../../src/compile/sources/mmdb-presets.ts'
import { madeFiles, mmdbOf, type Network, problemOf, rowsOf } from './made-files.ts'

const file = madeFiles('mmdb')
/** 21 November 2026. */
const EPOCH = 1_795_219_200

interface Vendor {
  readonly preset: MmdbPresetName
  readonly databaseType: string
  readonly role: string
  /** Records as the vendor's documentation shows them, and the rows they must give. */
  readonly networks: readonly Network[]
  readonly rows: readonly object[]
}

const VENDORS: readonly Vendor[] = [
  {
    preset: 'geolite2-asn',
    databaseType: 'GeoLite2-ASN',
    role: 'routing',
    networks: [
      { first: '1.0.0.0', last: '1.0.0.255', record: { autonomous_system_number: 13335, autonomous_system_organization: 'CLOUDFLARENET' } },
      { first: '2001:db8::', last: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', record: { autonomous_system_number: 64500 } },
    ],
    rows: [
      { first: '1.0.0.0', last: '1.0.0.255', asn: 13335, name: 'CLOUDFLARENET' },
      { first: '2001:db8::', last: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', asn: 64500, name: '' },
    ],
  },
  {
    preset: 'geoip2-isp',
    databaseType: 'GeoIP2-ISP',
    role: 'vendor',
    networks: [
      {
        first: '12.87.118.0',
        last: '12.87.118.255',
        record: {
          autonomous_system_number: 7018,
          autonomous_system_organization: 'AT&T Services',
          isp: 'AT&T Services',
          organization: 'Acme Works Inc',
        },
      },
    ],
    rows: [
      {
        first: '12.87.118.0',
        last: '12.87.118.255',
        asn: 7018,
        name: 'Acme Works Inc',
        organisation: 'Acme Works Inc',
        description: 'AT&T Services',
      },
    ],
  },
  {
    preset: 'geoip2-enterprise',
    databaseType: 'GeoIP2-Enterprise',
    role: 'vendor',
    networks: [
      {
        first: '198.51.100.0',
        last: '198.51.100.127',
        record: {
          country: { iso_code: 'FR' },
          registered_country: { iso_code: 'DE' },
          traits: {
            autonomous_system_number: 64501,
            organization: 'Beispiel Werke AG',
            isp: 'Telekom',
            domain: 'beispiel.example',
            user_type: 'business',
          },
        },
      },
      {
        first: '198.51.100.128',
        last: '198.51.100.255',
        record: { traits: { autonomous_system_number: 64501, isp: 'Telekom', user_type: 'cellular' } },
      },
      { first: '198.51.101.0', last: '198.51.101.255', record: { country: { iso_code: 'FR' } } },
    ],
    rows: [
      {
        first: '198.51.100.0',
        last: '198.51.100.127',
        asn: 64501,
        name: 'Beispiel Werke AG',
        organisation: 'Beispiel Werke AG',
        description: 'Telekom',
        domain: 'beispiel.example',
        country: 'DE',
        type: 'business',
        typeAsSaid: 'business',
      },
      {
        first: '198.51.100.128',
        last: '198.51.100.255',
        asn: 64501,
        name: '',
        description: 'Telekom',
        type: 'mobile',
        typeAsSaid: 'cellular',
      },
    ],
  },
  {
    preset: 'ipinfo-lite',
    databaseType: 'ipinfo bundle_lite.mmdb',
    role: 'routing',
    networks: [
      {
        first: '203.0.113.0',
        last: '203.0.113.255',
        record: {
          asn: 'AS64502',
          as_name: 'Example Oy',
          as_domain: 'example.fi',
          country: 'Sweden',
          country_code: 'SE',
          continent: 'Europe',
        },
      },
    ],
    rows: [{ first: '203.0.113.0', last: '203.0.113.255', asn: 64502, name: 'Example Oy', domain: 'example.fi' }],
  },
  {
    preset: 'ipinfo-company',
    databaseType: 'ipinfo standard_company.mmdb',
    role: 'vendor',
    networks: [
      {
        first: '107.136.106.168',
        last: '107.136.106.175',
        record: { name: 'ZSPEC FLOW', domain: 'zspec.com', type: 'business', asn: 'AS7018', country: 'US' },
      },
      {
        first: '107.136.106.176',
        last: '107.136.106.183',
        record: { name: 'Some Host', domain: 'host.example', type: 'hosting', country: 'US' },
      },
    ],
    rows: [
      {
        first: '107.136.106.168',
        last: '107.136.106.175',
        asn: 7018,
        name: 'ZSPEC FLOW',
        domain: 'zspec.com',
        type: 'business',
        typeAsSaid: 'business',
        country: 'US',
      },
      {
        first: '107.136.106.176',
        last: '107.136.106.183',
        asn: 0,
        name: 'Some Host',
        domain: 'host.example',
        type: 'hosting',
        typeAsSaid: 'hosting',
        country: 'US',
      },
    ],
  },
  {
    preset: 'dbip-asn',
    databaseType: 'DBIP-ASN-Lite (compat=GeoLite2-ASN)',
    role: 'routing',
    networks: [
      {
        first: '192.0.2.0',
        last: '192.0.2.255',
        record: { autonomous_system_number: 64503, autonomous_system_organization: 'Example B.V.' },
      },
    ],
    rows: [{ first: '192.0.2.0', last: '192.0.2.255', asn: 64503, name: 'Example B.V.' }],
  },
  {
    preset: 'iplocate-asn',
    databaseType: 'iplocate-ip-to-asn',
    role: 'routing',
    networks: [
      {
        first: '1.0.4.0',
        last: '1.0.7.255',
        record: { asn: 38803, country_code: 'AU', name: 'GTELECOM-AS-AP', org: 'Gtelecom Pty Ltd', domain: 'gtelecom.com.au' },
      },
    ],
    rows: [
      {
        first: '1.0.4.0',
        last: '1.0.7.255',
        asn: 38803,
        name: 'Gtelecom Pty Ltd',
        handle: 'GTELECOM-AS-AP',
        domain: 'gtelecom.com.au',
        country: 'AU',
      },
    ],
  },
]

describe('each preset reads what its vendor writes', () => {
  test('there is a case for every preset', () => {
    expect(VENDORS.map(({ preset }) => preset).sort()).toEqual(Object.keys(MMDB_PRESETS).sort())
  })

  test.each(VENDORS)('$preset', async ({ preset, databaseType, role, networks, rows }) => {
    const path = file(`${preset}.mmdb`, mmdbOf(networks, { databaseType, buildEpoch: EPOCH }))
    const expected = rows.map((row, index) => ({ ...row, file: `${preset}.mmdb`, line: index + 1 }))
    const named = mmdb({ file: path, preset: MMDB_PRESETS[preset] })
    expect(named.role).toBe(role)
    expect(await rowsOf(named)).toEqual(expected)
    expect(await named.facts()).toMatchObject({
      date: '2026-11-21',
      files: [`${preset}.mmdb`],
      licence: MMDB_PRESETS[preset].label.licence,
    })
    // And without naming it, by what the file calls itself.
    const detected = mmdb({ file: path })
    expect(detected.role).toBe(role)
    expect(await rowsOf(detected)).toEqual(expected)
  })
})

test('own mapping: field → path, lists and numbers inside', async () => {
  const record = { org: { names: ['Acme', 'Acme Inc.'], size: 250 }, net: { asn: 64504 } }
  const path = file('own.mmdb', mmdbOf([{ first: '192.0.2.0', last: '192.0.2.63', record }], { databaseType: 'Own', buildEpoch: 0 }))
  const rows = await rowsOf(mmdb({ file: path, fields: { name: ['org.legal', 'org.names.1'], employees: 'org.size', asn: 'net.asn' } }))
  expect(rows).toEqual([
    { first: '192.0.2.0', last: '192.0.2.63', asn: 64504, name: 'Acme Inc.', employees: '250', file: 'own.mmdb', line: 1 },
  ])
})

test('a range that is no prefix is one row again; neighbours that differ are two; IPv4 is not told twice', async () => {
  const networks = [
    { first: '0.0.0.0', last: '0.0.0.8', record: { autonomous_system_number: 1 } },
    { first: '9.9.9.3', last: '10.0.0.17', record: { autonomous_system_number: 2 } },
    { first: '10.0.0.18', last: '10.0.0.18', record: { autonomous_system_number: 3 } },
    { first: '255.255.255.255', last: '255.255.255.255', record: { autonomous_system_number: 4 } },
    { first: '2001:db8::3', last: '2001:db8::1:0', record: { autonomous_system_number: 5 } },
    // The whole of 6to4 and Teredo: names for IPv4, which is not read a second time.
    { first: '2002::', last: '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', record: { autonomous_system_number: 6 } },
    { first: '2001::', last: '2001:0:ffff:ffff:ffff:ffff:ffff:ffff', record: { autonomous_system_number: 7 } },
    {
      first: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      record: { autonomous_system_number: 8 },
    },
  ]
  const path = file('odd.mmdb', mmdbOf(networks, { databaseType: 'GeoLite2-ASN', buildEpoch: 0 }))
  const rows = await rowsOf(mmdb({ file: path }))
  expect(rows.map(({ first, last, asn }) => [first, last, asn])).toEqual(
    networks.map(({ first, last, record }) => [first, last, record.autonomous_system_number]).filter(([, , asn]) => asn !== 6 && asn !== 7),
  )
})

describe('what is refused', () => {
  test('a file that no preset knows says what it calls itself', async () => {
    const path = file('unknown.mmdb', mmdbOf([], { databaseType: 'Vendor-X', buildEpoch: 0 }))
    expect(await problemOf(() => mmdb({ file: path }))).toContain(
      'unknown.mmdb: calls itself "Vendor-X", which no preset knows: name one (geolite2-asn',
    )
  })
  test('a file that is something else, and one that is not there', async () => {
    expect(await problemOf(() => mmdb({ file: file('text.mmdb', 'no database') }))).toBe('text.mmdb: is no MMDB file')
    expect(await problemOf(() => mmdb({ file: '/nowhere/x.mmdb' }))).toBe('/nowhere/x.mmdb: cannot be read')
  })
})
