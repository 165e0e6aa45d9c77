import { describe, expect, test } from 'vitest'
import type { SourceRow } from '../../../src/compile/sources/source.ts'
import { legalFormOf } from '../../../src/compile/vetoes/legal-forms.ts'
import { networkNameVeto } from '../../../src/compile/vetoes/network-names.ts'
import { neverListedKind } from '../../../src/compile/vetoes/never-listed.ts'
import { isPersonName } from '../../../src/compile/vetoes/persons.ts'
import { type Case, judged, objecting } from './judged.ts'

/** A row of the operator's own list: the strongest evidence there is, so that what keeps it out is the veto. */
const own = (row: Partial<SourceRow>): Case => ({
  role: 'operator',
  row: { asn: 0, name: 'Acme GmbH', country: 'DE', domain: 'acme.example', employees: '51-200', ...row },
})

describe('P4 vetoes beat evidence', () => {
  test('without one the company is listed', async () => {
    expect(await judged(own({}))).toBe('Acme GmbH (business, 100)')
  })

  test.each([
    ['dynamic', 'ACME-DYNAMIC-DSL'],
    ['pool', 'acme-pool-3'],
    ['residential', 'ACME RESIDENTIAL'],
    ['broadband', 'Acme Broadband Customers'],
    ['NAT', 'ACME-CGNAT-01'],
    ['NAT', 'nat pool Ulm'],
    ['guest', 'ACME-GUEST-WLAN'],
    ['infrastructure', 'acme backbone infrastructure'],
    ['DSL', 'adsl-berlin'],
  ])('a network that says %s: %s', async (_, handle) => {
    expect(await judged(own({ handle }))).toBe('network-name')
    expect(await judged(own({ description: `Acme | ${handle}` }))).toBe('network-name')
  })

  test.each([
    'Liverpool Football',
    'Pool Corporation',
    'National Grid plc',
    'Natural History Museum',
    'Dynamics Research Inc',
    'Guesthouse Kit Ltd',
  ])('a near miss: %s', (name) => expect(networkNameVeto(name)).toBeNull())

  test.each([
    ['a party', 'Christlich Demokratische Union Deutschlands'],
    ['a party', 'Democratic National Committee'],
    ['a trade union', 'IG Metall'],
    ['a trade union', 'Vereinte Dienstleistungsgewerkschaft'],
    ['a church or community of faith', 'Evangelische Kirche in Deutschland'],
    ['a church or community of faith', 'Roman Catholic Diocese of Albany'],
    ['a clinic or practice', 'Universitaetsklinikum Ulm'],
    ['a clinic or practice', 'Mercy Hospital'],
    ['a clinic or practice', 'Praxis am Markt'],
    ['counselling', 'Suchtberatung Nord'],
    ['student housing', 'Studierendenwerk Ulm'],
    ['student housing', 'Campus Student Housing LLC'],
    ['police', 'Landespolizei Hessen'.replace('Landespolizei', 'Polizei')],
    ['police', "Monmouth County Sheriff's Office"],
    ['a court', 'Supreme Court of Korea'],
    ['a court', 'Bundesverfassungsgericht'],
    ['a prison', 'Department of Corrections'],
    ['a hotel', 'Omni Hotels Management Corporation'],
    ['a hotel', 'Grand Hotel Wien'],
    ['a guest network', 'City Internet Café'],
    ['a church or community of faith', 'The Salvation Army'],
    ['a clinic or practice', 'NorthShore University HealthSystem'],
    ['a clinic or practice', 'University of Connecticut Health Center'],
    ['a clinic or practice', 'University of Texas Health Science Center at Tyler'],
    ['a court', 'Ministry of Justice'],
    ['a court', 'Ministerio de Justicia de la Nacion Argentina'],
    ['a court', 'Ministerstwo Sprawiedliwosci'],
    ['a court', 'MINISTERIO PUBLICO DO ESTADO DO RIO DE JANEIRO'],
    ['a court', 'Ministério Público do Estado da Bahia'],
    ['a prison', 'Gefaengnisverwaltung Nord'],
    ['police', 'Ministry of Internal Affairs'],
    ['police', 'Ministarstvo unutarnjih poslova Republike Hrvatske'],
    ['police', 'Decatur County E911 Board'],
    ['a guest network', 'Edmonton Public Library'],
    ['a guest network', 'King County Library System'],
    ['a guest network', 'Stadtbibliothek Musterstadt'],
  ])('never listed, whatever the size: %s (%s)', async (kind, name) => {
    expect(neverListedKind(name)).toBe(kind)
    expect(await judged(own({ name, employees: '10001+' }))).toBe('never-listed')
  })

  test.each([
    'Stadt Gelsenkirchen',
    'Laakirchen Papier AG',
    'Courtaulds plc',
    'Policy Exchange',
    'Hotelplan'.slice(0, 4),
    'Partytent AG',
    'Siemens Healthineers',
    'Fair Justice Coffee Company',
    'Bundesministerium des Innern',
    'Ministry of Foreign Affairs',
    'Interior Design GmbH',
  ])('a near miss: %s', (name) => expect(neverListedKind(name)).toBeNull())

  test.each(['Conrado Cagnoli', 'Stefan Wild', 'Müller, Hans', 'Dr. Anna Weber', 'Ministerstwo IT - Michal Winkler'])(
    'a person: %s',
    async (name) => {
      expect(isPersonName(name)).toBe(true)
      expect(await judged(own({ name, employees: null, asn: 0 }))).toBe('person-name')
    },
  )

  test.each([
    'Otto (GmbH & Co KG)',
    'Robert Bosch GmbH',
    'Ernst & Young',
    'Thomas Jefferson University',
    'Los Angeles County',
    'Martin Luther Foundation',
    'Sofia Municipality',
    'Charlotte-Mecklenburg Schools',
    'University of Wisconsin - Eau Claire',
    'Lamar State College - Port Arthur',
  ])('no person: %s', (name) => expect(isPersonName(name)).toBe(false))

  test.each([
    ['Beispiel e.K.', 'one-person'],
    ['Beispiel e.U.', 'one-person'],
    ['Beispiel Einzelunternehmen', 'one-person'],
    ['Beispiel eenmanszaak', 'one-person'],
    ['Esempio ditta individuale', 'one-person'],
    ['Zeljko trading as 1337 Hosting', 'one-person'],
    ['ET Nikolay Petrov', 'one-person'],
    ['Beispiel GbR', 'partnership'],
    ['Beispiel OHG', 'partnership'],
    ['Beispiel & Cie. KG', 'partnership'],
    ['Beispiel PartG', 'partnership'],
    ['Beispiel UG (haftungsbeschränkt)', 'perhaps-one-person'],
    ['Exemple EURL', 'perhaps-one-person'],
    ['Beispiel GmbH & Co. KG', 'legal-person'],
    ['dm-drogerie markt GmbH + Co. KG', 'legal-person'],
    ['Henkel AG & Co KGaA', 'legal-person'],
    ['Beispiel GmbH', 'legal-person'],
    ['Novo Nordisk A/S', 'legal-person'],
    ['Intesa Sanpaolo S.p.A.', 'legal-person'],
    ['CEMEX Central, S.A. de C.V.', 'legal-person'],
    ['BNP PARIBAS S.A. trading as BNP PARIBAS', 'legal-person'],
    ['Fraunhofer-Gesellschaft e.V.', 'legal-person'],
  ])('%s is %s', (name, group) => expect(legalFormOf(name)?.group).toBe(group))

  test.each([
    ['a sole trader of any size', { name: 'Beispiel e.K.', employees: '51-200' }, 'one-person'],
    ['a UG of unknown size', { name: 'Beispiel UG', employees: null }, 'one-person'],
    ['a UG with 11 people', { name: 'Beispiel UG', employees: '11-50' }, 'Beispiel UG (business, 100)'],
    ['a KG, although its size is known', { name: 'Beispiel KG', employees: '51-200' }, 'partnership'],
    ['a GmbH & Co. KG', { name: 'Beispiel GmbH & Co. KG' }, 'Beispiel GmbH & Co. KG (business, 100)'],
    ['4 people', { employees: '4' }, 'too-few-people'],
    ['5 people', { employees: '5' }, 'Acme GmbH (business, 100)'],
    ['a business of unknown size without an AS of its own', { employees: null }, 'unknown-size'],
    ['a public body of unknown size', { name: 'Stadt Ulm', kind: 'government', employees: null } as const, 'Stadt Ulm (government, 100)'],
    ['7 addresses', { last: '10.0.0.6' }, 'too-small'],
    ['8 addresses', { last: '10.0.0.7' }, 'Acme GmbH (business, 100)'],
    ['no country', { country: '' }, 'incomplete'],
  ])('%s: %s', async (_, row, verdict) => expect(await judged(own(row))).toBe(verdict))

  test('a KG whose size is known, where the operator says so', async () => {
    const given = own({ name: 'Beispiel KG', employees: '51-200' })
    expect(await judged({ ...given, rules: { partnerships: true } })).toBe('Beispiel KG (business, 100)')
    expect(await judged({ ...own({ name: 'Beispiel KG', employees: null }), rules: { partnerships: true } })).toBe('partnership')
  })

  test('a company that objected', async () => {
    expect(await judged({ ...own({}), rules: objecting('dom:acme.example') })).toBe('objection')
    expect(await judged({ ...own({ domain: 'ulm.acme.example' }), rules: objecting('dom:acme.example') })).toBe('objection')
    expect(await judged({ ...own({ domain: 'notacme.example' }), rules: objecting('dom:acme.example') })).toBe('Acme GmbH (business, 100)')
  })
})
