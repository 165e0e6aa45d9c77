import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { countryCode } from '../../../src/compile/firmographics/countries.ts'
import { companyDomain } from '../../../src/compile/firmographics/domains.ts'
import { type Facts, type JoinTarget, joinFirmographics } from '../../../src/compile/firmographics/join.ts'
import type { FirmographicsFormat } from '../../../src/compile/firmographics/presets.ts'
import { openFirmographics } from '../../../src/compile/firmographics/read.ts'
import { sizeBand } from '../../../src/compile/firmographics/size-bands.ts'
import { all } from './sources/made-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-firmographics-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function source(format: FirmographicsFormat, text: string, name = `${format}.csv`) {
  writeFileSync(join(folder, name), text)
  return openFirmographics({ name: 'own-facts', format, files: [name], date: '2026-11-01' }, folder)
}
const said = async (format: FirmographicsFormat, text: string, name?: string) =>
  (await all(source(format, text, name).records())).map((record) => record.said)

const LEI_A = '529900AAAAAAAAAAAA11'
const LEI_B = '529900BBBBBBBBBBBB22'

describe('registers of facts', () => {
  test('GLEIF’s golden copy: the headquarters’ seat, the registered one where it is missing', async () => {
    const header =
      'LEI,Entity.LegalName,Entity.LegalAddress.City,Entity.LegalAddress.Country,Entity.LegalAddress.PostalCode,Entity.HeadquartersAddress.City,Entity.HeadquartersAddress.Country,Entity.HeadquartersAddress.PostalCode,Entity.RegistrationAuthority.RegistrationAuthorityEntityID,Entity.EntityCategory,Entity.LegalForm.OtherLegalForm,Entity.EntityStatus\n'
    expect(
      await said(
        'gleif',
        `${header}${LEI_A},"Beispiel ""Werke"" AG",Ulm,DE,89073,Berlin,DE,10115,HRB 1,GENERAL,,ACTIVE\nno-lei,Rest Ltd,London,GB,,,,,,,,ACTIVE\n${LEI_B},Jane Roe,Ulm,DE,,,,,,SOLE_PROPRIETOR,,ACTIVE\n${LEI_B},Gone AG,Ulm,DE,,,,,,GENERAL,,INACTIVE\n`,
      ),
    ).toEqual([
      { lei: LEI_A, name: 'Beispiel "Werke" AG', country: 'DE', city: 'Berlin', postcode: '10115', registerId: 'HRB 1' },
      { name: 'Rest Ltd', country: 'GB', city: 'London' },
      { lei: LEI_B, name: 'Jane Roe', country: 'DE', city: 'Ulm', legalForm: 'sole proprietor' },
    ])
  })

  test('People Data Labs: quotes escaped by a backslash, websites with paths, countries in words; JSON lines say the same', async () => {
    const csv =
      'country,founded,id,industry,linkedin_url,locality,name,region,size,website\ngermany,1990,a,automotive,linkedin.com/company/a,ulm,"the \\"good\\" company",,51-200,good.example/de\nunited states,,b,,linkedin.com/company/b,,page only,,1-10,facebook.com/page\n'
    const json =
      '{"country":"germany","founded":1990,"industry":"automotive","locality":"ulm","name":"the \\"good\\" company","size":"51-200","website":"good.example/de"}\n{"country":"united states","name":"page only","size":"1-10","website":"facebook.com/page","industry":null}\n'
    const expected = [
      { domain: 'good.example', name: 'the "good" company', country: 'DE', city: 'ulm', industry: 'automotive', employees: '51-200' },
      { name: 'page only', country: 'US', employees: '1-10' },
    ]
    expect(await said('people-data-labs', csv)).toEqual(expected)
    expect(await said('people-data-labs', json, 'pdl.jsonl')).toEqual(expected)
  })

  test('Wikidata’s CSV and an own list with own columns', async () => {
    expect(
      await said(
        'wikidata',
        `item,itemLabel,website,lei,country,cityLabel,industryLabel,employees\nhttp://www.wikidata.org/entity/Q1,Beispiel,https://www.beispiel.example/,${LEI_A},DE,Ulm,steel,8500\n`,
      ),
    ).toEqual([
      { lei: LEI_A, domain: 'beispiel.example', name: 'Beispiel', country: 'DE', city: 'Ulm', industry: 'steel', employees: '5001-10000' },
    ])
    expect(await said('csv', 'name,country,employees\nAcme,AT,12\n')).toEqual([{ name: 'Acme', country: 'AT', employees: '11-50' }])
  })

  test('a line that cannot be read is counted and left out; a file that joins nothing is refused', async () => {
    const broken = source('csv', 'name,country\nAcme,AT\n"never closed,DE\nBeta,DE,too,many\nGamma,FR\n')
    expect(await all(broken.records())).toHaveLength(2)
    expect(broken.broken()).toBe(2)
    await expect(said('csv', 'city,employees\nUlm,12\n')).rejects.toThrow(
      'csv.csv:1: has none of the columns lei, domain, register_id, name',
    )
  })
})

describe('joining: LEI, domain, register number, name and country', () => {
  const join1 = async (targets: readonly JoinTarget[], ...csv: readonly string[]): Promise<Record<string, Facts>> =>
    Object.fromEntries(
      await joinFirmographics(
        targets,
        csv.map((text, index) => source('csv', `lei,domain,register_id,name,country,city,employees\n${text}`, `join-${index}.csv`)),
      ),
    )
  const brief = (facts: Facts | undefined) => facts && [facts.city?.value, facts.city?.by]

  const MERCK_KGAA: JoinTarget = { key: 'kgaa', name: 'Merck KGaA', country: 'DE' }
  const MERCK_CO: JoinTarget = { key: 'co', name: 'Merck & Co., Inc.', country: 'US' }

  test('never by name alone: Merck KGaA is not Merck & Co.', async () => {
    const joined = await join1(
      [MERCK_KGAA, MERCK_CO],
      ',,,"Merck & Co., Inc.",US,Rahway,\n,,,MERCK Kommanditgesellschaft auf Aktien,DE,Darmstadt,\n,,,Merck,,Nowhere,\n',
    )
    expect([brief(joined.kgaa), brief(joined.co)]).toEqual([
      ['Darmstadt', 'name-and-country'],
      ['Rahway', 'name-and-country'],
    ])
  })

  test('the stronger key wins, whatever the order of the rows', async () => {
    const target: JoinTarget = { key: 'a', name: 'Acme AG', country: 'DE', domain: 'acme.example', lei: LEI_A, registerId: 'DE:HRB 42' }
    const rows = [`,,,Acme AG,DE,ByName,`, `,,HRB42,Other,DE,ByNumber,`, `,acme.example,,Other,DE,ByDomain,`, `${LEI_A},,,Other,FR,ByLei,`]
    for (let count = 1; count <= rows.length; count++) {
      for (const order of [rows.slice(0, count), rows.slice(0, count).reverse()]) {
        const joined = await join1([target], `${order.join('\n')}\n`)
        expect(brief(joined.a)).toEqual(
          [
            ['ByName', 'name-and-country'],
            ['ByNumber', 'registerId'],
            ['ByDomain', 'domain'],
            ['ByLei', 'lei'],
          ][count - 1],
        )
      }
    }
  })

  test.each([
    ['two records of one name', ',,,Acme AG,DE,One,\n,,,ACME A.G.,DE,Two,\n'],
    ['another legal form', ',,,Acme GmbH,DE,Other,\n'],
    ['another country', ',,,Acme AG,AT,Other,\n'],
    ['another LEI on the same domain', `${LEI_B},acme.example,,Acme AG,DE,Other,\n`],
    ['the same register number of another country', ',,HRB 42,X,AT,Other,\n'],
  ])('%s joins nobody', async (_what, rows) => {
    const joined = await join1(
      [{ key: 'a', name: 'Acme AG', country: 'DE', domain: 'acme.example', lei: LEI_A, registerId: 'DE:HRB 42' }],
      rows,
    )
    expect(joined.a).toBeUndefined()
  })

  test('two organisations of one name in one country: neither', async () => {
    const joined = await join1(
      [
        { key: 'a', name: 'Acme', country: 'DE' },
        { key: 'b', name: 'ACME', country: 'DE' },
      ],
      ',,,Acme,DE,Ulm,\n',
    )
    expect(joined).toEqual({})
  })

  test('freemail domains are never a company’s domain', async () => {
    const targets: JoinTarget[] = [
      { key: 'a', name: 'A', country: 'DE', domain: 'gmail.com' },
      { key: 'b', name: 'B', country: 'DE', domain: 't-online.de' },
    ]
    expect(await join1(targets, ',gmail.com,,X,DE,Ulm,\n,t-online.de,,Y,DE,Ulm,\n')).toEqual({})
  })

  test('what one register says joins the next: domain → LEI → seat; the earlier register’s field stays', async () => {
    const joined = await join1(
      [{ key: 'a', name: 'Acme', country: '', domain: 'acme.example' }],
      `${LEI_A},acme.example,,,DE,,201-500\n`,
      `${LEI_A},,,Acme Holding AG,DE,Ulm,11-50\n`,
    )
    expect(joined.a?.city).toEqual({ value: 'Ulm', source: 'own-facts', date: '2026-11-01', by: 'lei' })
    expect(joined.a?.employees).toEqual({ value: '201-500', source: 'own-facts', date: '2026-11-01', by: 'domain' })
  })
})

describe('words of registers', () => {
  test.each([
    ['https://www.Example.com/en/', 'example.com'],
    ['example.co.uk', 'example.co.uk'],
    ['http://shop.example.com:8080', 'shop.example.com'],
    ['facebook.com', 'facebook.com'],
    ['facebook.com/acme', null],
    ['acme.wordpress.com', null],
    ['info@gmail.com', null],
    ['GMX.de', null],
    ['n/a', null],
    ['', null],
  ])('website %j is %j', (text, domain) => expect(companyDomain(text)).toBe(domain))

  test.each([
    ['8500', '5001-10000'],
    ['8,500', '5001-10000'],
    ['10001+', '10001+'],
    ['10001', '10001+'],
    ['51-200', '51-200'],
    ['1-10', '1-10'],
    ['4', '1-4'],
    ['5', '5-10'],
    ['many', null],
  ])('size %j is %j', (text, band) => expect(sizeBand(text)).toBe(band))

  test.each([
    ['DE', 'DE'],
    ['germany', 'DE'],
    ['united states', 'US'],
    ['Czech Republic', 'CZ'],
    ['turkey', 'TR'],
    ['United Kingdom', 'GB'],
    ['EU', null],
    ['XX', null],
    ['Atlantis', null],
  ])('country %j is %j', (text, code) => expect(countryCode(text)).toBe(code))
})
