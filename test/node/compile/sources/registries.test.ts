import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { arin } from '../../../../src/compile/sources/arin.ts'
import { delegated } from '../../../../src/compile/sources/delegated.ts'
import { rpsl } from '../../../../src/compile/sources/rpsl.ts'
import { madeFiles, networksOf, problemOf, rowsOf } from './made-files.ts'

const file = madeFiles('registries')
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

const ORGANISATIONS = `% This is the RIPE Database. %
% Remarks of the dump itself begin with a percent sign.

organisation:   ORG-BW1-RIPE
org-name:       Böhler & Söhne
                Werkzeugbau GmbH
country:        DE
org-type:       OTHER
address:        Straße 1
phone:          +49 000
source:         RIPE # Filtered

organisation:   ORG-XX2-RIPE
org-name:       Example Holding S.A. # formerly Sample
country:        EU
source:         RIPE
`

const INETNUM = `# a comment of the file
inetnum:        193.0.0.0 - 193.0.7.255
netname:        BOEHLER-NET
descr:          Head office
descr:          Plant 2
+
                and 3
country:        AT
org:            org-bw1-ripe
admin-c:        AA1-RIPE
status:         ASSIGNED PI
remarks:        inetnum: 1.2.3.4 - 1.2.3.5
mnt-by:         X-MNT
source:         RIPE # Filtered

inetnum:        193.0.4.0 - 193.0.4.255
netname:        KUNDE-14
descr:          Müller Feinmechanik KG
country:        DE
status:         ASSIGNED PA
source:         RIPE


inetnum:        193.0.9.255 - 193.0.9.0
netname:        INVERTED
country:        DE
source:         RIPE

inetnum:        not a range
netname:        BROKEN
source:         RIPE

person:         Jane Roe
address:        inetnum: 9.9.9.9 - 9.9.9.9
nic-hdl:        AA1-RIPE
source:         RIPE

inetnum:        193.0.10.0 - 193.0.10.127
netname:        NO-ORG-NO-DESCR
country:        ZZ
org:            ORG-MISSING-RIPE
status:         ALLOCATED PA
source:         RIPE
`

const INET6NUM = `inet6num:       2001:db8::/32
netname:        EXAMPLE-V6
org:            ORG-XX2-RIPE
country:        FR
status:         ALLOCATED-BY-RIR
source:         RIPE`

const AUT_NUM = `aut-num:        AS64500
as-name:        BOEHLER-AS
descr:          Boehler
org:            ORG-BW1-RIPE
import:         from AS1 accept ANY
source:         RIPE

aut-num:        AS0
as-name:        NOBODY
source:         RIPE
`

const files = [
  file('ripe.db.organisation.gz', gzipSync(latin1(ORGANISATIONS))),
  file('ripe.db.inetnum.gz', gzipSync(latin1(INETNUM))),
  file('ripe.db.inet6num', latin1(INET6NUM)),
  file('ripe.db.aut-num', latin1(AUT_NUM.replaceAll('\n', '\r\n'))),
]
const ripe = (paths: readonly string[] = files) => rpsl({ files: paths, registry: 'ripe', acceptedTerms: ['ripe'] })

describe('RPSL', () => {
  const ROWS = [
    {
      first: '193.0.0.0',
      last: '193.0.7.255',
      asn: 0,
      name: 'Böhler & Söhne Werkzeugbau GmbH',
      country: 'DE',
      organisation: 'Böhler & Söhne Werkzeugbau GmbH',
      handle: 'BOEHLER-NET',
      description: 'Head office | Plant 2 and 3',
      status: 'assigned',
      file: 'ripe.db.inetnum.gz',
      line: 2,
    },
    {
      first: '193.0.4.0',
      last: '193.0.4.255',
      asn: 0,
      name: 'Müller Feinmechanik KG',
      country: 'DE',
      organisation: null,
      handle: 'KUNDE-14',
      description: 'Müller Feinmechanik KG',
      status: 'assigned',
      file: 'ripe.db.inetnum.gz',
      line: 16,
    },
    {
      first: '193.0.10.0',
      last: '193.0.10.127',
      asn: 0,
      name: 'NO-ORG-NO-DESCR',
      country: null,
      organisation: null,
      handle: 'NO-ORG-NO-DESCR',
      description: '',
      status: 'allocated',
      file: 'ripe.db.inetnum.gz',
      line: 38,
    },
    {
      first: '2001:db8::',
      last: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
      asn: 0,
      name: 'Example Holding S.A.',
      country: 'FR',
      organisation: 'Example Holding S.A.',
      handle: 'EXAMPLE-V6',
      description: '',
      status: 'allocated',
      file: 'ripe.db.inet6num',
      line: 1,
    },
  ]

  test('split files, packed and plain: continuation lines, comments, remarks, latin-1, a missing organisation, nested ranges', async () => {
    const source = ripe()
    expect(await rowsOf(source)).toEqual(ROWS)
    expect(source.role).toBe('register')
  })

  test('what means nothing is left out and counted, with the place of the first', async () => {
    const source = ripe()
    await rowsOf(source)
    expect(source.skipped?.()).toEqual([
      { problem: 'ends before it begins', rows: 1, file: 'ripe.db.inetnum.gz', line: 24 },
      { problem: 'is no range', rows: 1, file: 'ripe.db.inetnum.gz', line: 29 },
    ])
  })

  test('AS numbers, with Windows line ends', async () => {
    expect(await networksOf(ripe())).toEqual([
      {
        asn: 64500,
        name: 'Böhler & Söhne Werkzeugbau GmbH',
        country: 'DE',
        organisation: 'Böhler & Söhne Werkzeugbau GmbH',
        handle: 'BOEHLER-AS',
        description: 'Boehler',
        file: 'ripe.db.aut-num',
        line: 1,
      },
    ])
  })

  test('one dump with everything says the same', async () => {
    const all = file('ripe.db', latin1([ORGANISATIONS, INETNUM, INET6NUM, '', AUT_NUM].join('\n')))
    const plain = (rows: readonly object[]) => rows.map((row) => ({ ...row, file: '', line: 0 }))
    expect(plain(await rowsOf(ripe([all])))).toEqual(plain(ROWS))
    expect(await networksOf(ripe([all]))).toHaveLength(1)
  })

  test('persons are never read: no row holds a name, mail or telephone number of one', async () => {
    const text = JSON.stringify([await rowsOf(ripe()), await networksOf(ripe())])
    for (const word of ['Jane', 'Roe', 'AA1-RIPE', '+49', 'X-MNT', 'Straße']) expect(text).not.toContain(word)
  })

  test('an object that falls on the border of two chunks is read whole', async () => {
    const object = (index: number) =>
      `inetnum:        10.${index >> 8}.${index & 255}.0 - 10.${index >> 8}.${index & 255}.255\nnetname:        NET-${index}\ndescr:          ${'ä'.repeat(index % 90)}\nremarks:        ${'x'.repeat(60)}\nsource:         RIPE\n\n`
    const path = file('large.db.inetnum', latin1(Array.from({ length: 20_000 }, (_, index) => object(index)).join('')))
    const rows = await rowsOf(ripe([path]))
    expect(rows.map(({ handle, line, description }) => [handle, line, description?.length])).toEqual(
      rows.map((_, index) => [`NET-${index}`, index * 6 + 1, index % 90]),
    )
    expect(rows).toHaveLength(20_000)
  })
})

const ARIN = `# ARIN bulk Whois

ASHandle:       AS701
OrgID:          MCICS
ASName:         UUNET
ASNumber:       701 - 703
Source:         ARIN



NetHandle:      NET-198-51-100-0-1
OrgID:          ACME-1
Parent:         NET-198-0-0-0-0
NetName:        ACME #1
NetRange:       198.51.100.0 - 198.51.100.255
NetType:        assignment
RegDate:        1993-06-23
Source:         ARIN

V6NetHandle:    NET6-2001-DB8-1
OrgID:          MCICS
NetName:        V6
NetRange:       2001:DB8:: - 2001:DB8:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF
NetType:        allocation
Source:         ARIN

NetHandle:      NET-198-51-101-0-1
OrgID:          GONE-1
NetName:        NOBODYS
NetRange:       198.51.101.255 - 198.51.101.0
NetType:        reassignment
Source:         ARIN

NetHandle:      NET-198-51-102-0-1
OrgID:          GONE-1
NetName:        NO-ORG
NetRange:       198.51.102.0 - 198.51.102.7
NetType:        reassignment
Source:         ARIN

POCHandle:      SN34-ARIN
IsRole:         N
LastName:       Roe
FirstName:      Jane
OfficePhone:    +1-000
Mailbox:        jane@example.com
Source:         ARIN

OrgID:          ACME-1
OrgName:        Acme Works, Inc.
CanAllocate:
Street:         1 Main Street
City:           Springfield
State/Prov:     IL
Country:        US
PostalCode:     62701
Source:         ARIN

OrgID:          MCICS
OrgName:        MCI Communications Services
Country:        US
Source:         ARIN
`

describe('ARIN bulk text', () => {
  const open = () => arin({ files: [file('arin_db.txt', ARIN)], acceptedTerms: ['arin'] })

  test('nets joined with organisations that stand behind them; a missing one; an inverted range', async () => {
    const source = open()
    const acme = { country: 'US', organisation: 'Acme Works, Inc.', city: 'Springfield', postcode: '62701' }
    const place = { file: 'arin_db.txt' }
    expect(await rowsOf(source)).toEqual([
      {
        first: '198.51.100.0',
        last: '198.51.100.255',
        asn: 0,
        name: 'Acme Works, Inc.',
        handle: 'ACME #1',
        status: 'assigned',
        ...acme,
        ...place,
        line: 11,
      },
      {
        first: '2001:DB8::',
        last: '2001:DB8:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF',
        asn: 0,
        name: 'MCI Communications Services',
        handle: 'V6',
        status: 'allocated',
        country: 'US',
        organisation: 'MCI Communications Services',
        city: '',
        postcode: '',
        ...place,
        line: 20,
      },
      {
        first: '198.51.102.0',
        last: '198.51.102.7',
        asn: 0,
        name: 'NO-ORG',
        handle: 'NO-ORG',
        status: 'assigned',
        country: null,
        organisation: null,
        city: null,
        postcode: null,
        ...place,
        line: 34,
      },
    ])
    expect(source.skipped?.()).toEqual([{ problem: 'ends before it begins', rows: 1, file: 'arin_db.txt', line: 27 }])
  })

  test('a range of AS numbers is each of them; persons are never read', async () => {
    const networks = await networksOf(open())
    expect(networks.map(({ asn, name }) => [asn, name])).toEqual([701, 702, 703].map((asn) => [asn, 'MCI Communications Services']))
    expect(JSON.stringify([networks, await rowsOf(open())])).not.toMatch(/Jane|Roe|SN34|Main Street/)
  })
})

describe('terms', () => {
  const path = file('x.db.inetnum', latin1(INETNUM))
  test.each([
    ['ripe', () => rpsl({ files: [path], registry: 'ripe', acceptedTerms: [] }), 'Article 4.4 of RIPE NCC says "Users may not use'],
    [
      'apnic',
      () => rpsl({ files: [path], registry: 'apnic', acceptedTerms: ['ripe', 'arin'] }),
      'Any use of this material to target advertising',
    ],
    ['afrinic', () => rpsl({ files: [path], registry: 'afrinic', acceptedTerms: [] }), 'should not be used for advertising'],
    ['arin', () => arin({ files: [path], acceptedTerms: ['ripe'] }), 'may not be used for advertising'],
  ] as const)('files of %s are refused until they are accepted, and the refusal names the term', async (registry, open, term) => {
    const problem = await problemOf(open)
    expect(problem).toContain('x.db.inetnum: is refused: ')
    expect(problem).toContain(term)
    expect(problem).toContain(`--accept-terms ${registry}`)
  })

  test('the manifest says what was accepted', async () => {
    expect(await ripe().facts()).toMatchObject({
      name: 'RIPE NCC database',
      acceptedTerms: 'RIPE Database Terms and Conditions, Article 4.4: accepted by the operator with --accept-terms ripe',
    })
  })
})

describe('delegated-extended statistics', () => {
  const TEXT = `2|ripencc|1763679600|5|19830705|20261120|+0100
ripencc|*|ipv4|*|3|summary
# a comment
ripencc|DE|ipv4|193.0.0.0|768|20010101|allocated|aaaa-1
ripencc||ipv4|193.0.3.0|256||available|
ripencc|FR|ipv6|2001:db8::|32|20040101|assigned|bbbb-2
ripencc|DE|asn|64500|2|20010101|allocated|aaaa-1
`
  const open = (text = TEXT) => delegated({ files: [file('delegated-ripencc-extended-latest', text)] })
  const place = { file: 'delegated-ripencc-extended-latest' }

  test('ranges by number of addresses or by prefix, AS numbers, holders without a name; the date is the file’s own', async () => {
    expect(open().role).toBe('statistics')
    expect(await rowsOf(open())).toEqual([
      {
        first: '193.0.0.0',
        last: '193.0.2.255',
        asn: 0,
        name: '',
        country: 'DE',
        status: 'allocated',
        handle: 'ripencc:aaaa-1',
        ...place,
        line: 4,
      },
      {
        first: '2001:db8::',
        last: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
        asn: 0,
        name: '',
        country: 'FR',
        status: 'assigned',
        handle: 'ripencc:bbbb-2',
        ...place,
        line: 6,
      },
    ])
    expect((await networksOf(open())).map(({ asn, handle }) => [asn, handle])).toEqual([
      [64500, 'ripencc:aaaa-1'],
      [64501, 'ripencc:aaaa-1'],
    ])
    expect(await open().facts()).toMatchObject({ date: '2026-11-20' })
  })

  test.each([
    ['ripencc|DE|ipv4|193.0.0.0\n', ':1: has 4 columns instead of 7 or more'],
    ['ripencc|DE|ipv4|193.0.0|256|20010101|allocated|a\n', ':1: "193.0.0" and "256" are no range'],
    ['ripencc|DE|ipv6|2001:db8::|x|20010101|allocated|a\n', ':1: "2001:db8::" and "x" are no range'],
  ])('%j is refused', async (text, problem) => expect(await problemOf(() => open(text))).toContain(problem))
})
