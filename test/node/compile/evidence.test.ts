import { describe, expect, test } from 'vitest'
import { NO_DENY, openDenyBook } from '../../../src/compile/deny/deny-list.ts'
import { openInstitutions } from '../../../src/compile/evidence/institutions.ts'
import { cleanName } from '../../../src/compile/names/clean.ts'
import { build, judged, register } from './judged.ts'
import { organisation } from './made-table.ts'

const ACME = organisation('Acme', 64500, { name: 'Acme', employees: null })

describe('each kind of evidence, and what it is worth', () => {
  test.each([
    [
      'operator 100',
      { role: 'operator', row: { asn: 0, name: 'Acme GmbH', country: 'DE', employees: '51-200' } },
      'Acme GmbH (business, 100)',
    ],
    [
      "the operator's word on a whole AS",
      { row: { name: 'Whoever' }, says: { role: 'operator', name: 'Acme GmbH', country: 'DE', employees: '51-200' } },
      'Acme GmbH (business, 100)',
    ],
    [
      'vendor type 80',
      { role: 'vendor', row: { name: 'Acme GmbH', country: 'DE', type: 'business', employees: '51-200' } },
      'Acme GmbH (business, 80)',
    ],
    ['curated list 75', { row: { name: 'ACME-AS Acme Inc' }, organisations: [ACME] }, 'Acme (business, 75)'],
    [
      'a register of names 70',
      { row: { name: 'Beispiel Kolleg' }, rules: { institutions: register({ 'Beispiel Kolleg, DE': 'kolleg.example' }) } },
      'Beispiel Kolleg (education, 70)',
    ],
    ['education wording 60', { row: { name: 'Universitaet Musterstadt' } }, 'Universitaet Musterstadt (education, 60)'],
    ['research wording 60', { row: { name: 'Max-Planck-Institut fuer Beispiele' } }, 'Max-Planck-Institut fuer Beispiele (research, 60)'],
    ['government wording 60', { row: { name: 'Ministerium fuer Beispiele' } }, 'Ministerium fuer Beispiele (government, 60)'],
    ['a category alone, 55', { row: { name: 'Beispiel' }, says: { role: 'categories', type: 'business' } }, 'too-weak'],
    [
      'a category and a legal form',
      { row: { name: 'Beispiel GmbH' }, says: { role: 'categories', type: 'business' } },
      'Beispiel GmbH (business, 65)',
    ],
    [
      'a research institute that is a GmbH',
      { row: { name: 'GSI Helmholtzzentrum fuer Beispielforschung GmbH' } },
      'GSI Helmholtzzentrum fuer Beispielforschung GmbH (research, 60)',
    ],
    ['a trade that borrows the word', { row: { name: 'Helmholtz Immobilien GmbH' } }, 'nobody'],
    [
      'a provider that a list of AS takes for a business',
      { row: { name: 'Musterstadt Telekom GmbH' }, says: { role: 'categories', type: 'business' } },
      'nobody',
    ],
    [
      'a host that a list of AS takes for a business',
      { row: { name: 'Beispiel Cloudservers Ltd' }, says: { role: 'categories', type: 'business' } },
      'nobody',
    ],
    ['a legal form alone', { row: { name: 'Beispiel GmbH' } }, 'nobody'],
    ['any other wording alone', { row: { name: 'Beispiel Versicherung AG' } }, 'nobody'],
    ['nothing at all', { row: { name: 'Beispiel' } }, 'nobody'],
  ] as const)('%s', async (_, given, verdict) => expect(await judged(given)).toBe(verdict))

  test.each([
    ['a content network', { row: { name: 'Acme' }, organisations: [ACME], says: { role: 'categories', type: 'content' } }, 'too-weak'],
    [
      'an IT house that egresses for others',
      { row: { name: 'Acme IT Services GmbH' }, says: { role: 'categories', type: 'business' } },
      'too-weak',
    ],
    ['a very large block', { row: { name: 'Universitaet Musterstadt', last: '10.31.255.255' } }, 'too-weak'],
    ['a town with a /17', { row: { name: 'City of Sample', last: '10.0.127.255' } }, 'too-weak'],
    [
      'a very large block of the curated list',
      { row: { name: 'Acme', last: '10.255.255.255' }, organisations: [ACME] },
      'Acme (business, 75)',
    ],
    ['an AS that changed its name', { row: { name: 'Somebody Else Ltd' }, organisations: [ACME] }, 'too-weak'],
    [
      'a source half a year older than the newest',
      { row: { name: 'Universitaet Musterstadt' }, facts: [{ date: '2026-01-01' }, { date: '2026-12-01' }] },
      'too-weak',
    ],
    ['a provider by its category', { row: { name: 'Universitaet Musterstadt' }, says: { role: 'categories', type: 'isp' } }, 'provider'],
    ['a wording without a country', { row: { name: 'Universitaet Musterstadt' }, rules: { countries: new Map() } }, 'nobody'],
    ['a business that borrows the word', { row: { name: 'The Ministry of Compute Inc.' } }, 'nobody'],
    ['a credit union of a university', { row: { name: 'University Federal Credit Union' } }, 'nobody'],
    ["a registry's placeholder", { row: { name: 'RIPE Network Coordination Centre' } }, 'nobody'],
  ] as const)('against: %s', async (_, given, verdict) => expect(await judged(given)).toBe(verdict))

  test('the country of a source beats the file’s; the receipt says the evidence', async () => {
    const { companies } = await build({ row: { name: 'Universitaet Musterstadt', country: 'AT' } })
    expect(companies[0]).toMatchObject({ key: 'own:universitaet-musterstadt-at', country: 'AT', receipt: { confidence: 60 } })
  })

  test.each([
    [
      'the only institution of its name',
      'Universitaet Einzig',
      { 'Universitaet Einzig, AT': 'einzig.example' },
      'Universitaet Einzig (education, 60)',
    ],
    [
      'one of two countries',
      'Universitaet Einzig',
      { 'Universitaet Einzig, AT': 'a.example', 'Universitaet Einzig, CH': 'b.example' },
      'nobody',
    ],
    ['a name that says nothing', 'Einzig Werke', { 'Einzig Werke, AT': 'einzig.example' }, 'nobody'],
  ] as const)('without a country: %s', async (_, name, entries, verdict) => {
    const rules = { institutions: register(entries), countries: new Map() }
    expect(await judged({ row: { name }, rules })).toBe(verdict)
  })

  test('two domains under one name: one institution where one of them is short for the name', () => {
    const institutions = openInstitutions()
    expect(institutions.find('University of Washington', 'US')).toMatchObject({ domain: 'uw.edu' })
    expect(institutions.find('Radford University', 'US')).toBe('ambiguous')
    expect(institutions.only('University of Delaware')).toMatchObject({ domain: 'udel.edu', country: 'US' })
    expect(institutions.only('Radford University')).toBeNull()
  })

  test('a name that two institutions of the country have', async () => {
    const rules = { institutions: register({ 'Lincoln University, US': 'ambiguous' }), countries: new Map([[64500, 'US']]) }
    expect(await judged({ row: { name: 'Lincoln University' }, rules })).toBe('Lincoln University (education, 60)')
  })
})

/** AS numbers and the names they carry in the sources. None may be called the institution it is named like. */
const TRAPS: readonly (readonly [number, string, string])[] = [
  [553, 'Universitaet Stuttgart', 'DE'],
  [378, 'IUCC - Israel InterUniversity Computation Center', 'IL'],
  [13041, 'Consorci de Serveis Universitaris de Catalunya', 'ES'],
  [1741, 'CSC - Tieteen tietotekniikan keskus Oy', 'FI'],
  [8365, 'Man-da.de GmbH', 'DE'],
  [12816, 'Leibniz-Rechenzentrum', 'DE'],
  [766, 'Entidad Publica Empresarial Red.es', 'ES'],
  [1161, 'SURF B.V.', 'NL'],
  [1128, 'Technische Universiteit Delft', 'NL'],
  [1133, 'University of Twente', 'NL'],
  [23719, 'Australian Academic and Research Network', 'AU'],
  [24436, 'Australian Academic and Research Network', 'AU'],
  [7575, 'Australian Academic and Research Network', 'AU'],
  [680, 'Verein zur Foerderung eines Deutschen Forschungsnetzes e.V.', 'DE'],
  [786, 'Jisc Services Limited', 'GB'],
  [559, 'SWITCH', 'CH'],
  [1103, 'SURF B.V.', 'NL'],
  [137, 'Consortium GARR', 'IT'],
  [2200, 'Renater', 'FR'],
  [22616, 'ZSCALER, INC.', 'US'],
  [53813, 'ZSCALER, INC.', 'US'],
  [62044, 'Zscaler Switzerland GmbH', 'CH'],
  [55256, 'Netskope Inc', 'US'],
  [36692, 'Cisco OpenDNS, LLC', 'US'],
  [14340, 'Salesforce.com, Inc.', 'US'],
  [2906, 'Netflix Streaming Services Inc.', 'US'],
  [35039, 'SAP SE', 'DE'],
]

describe('known traps', () => {
  const institutions = openInstitutions()

  test.each(TRAPS)('AS%i %s is nobody', async (asn, name, country) => {
    const given = { row: { asn, name }, rules: { institutions, countries: new Map([[asn, country]]) } }
    expect(await judged(given)).toMatch(/^(denied|nobody)$/)
    expect(openDenyBook().network(asn)).not.toBeNull()
  })

  test.each(TRAPS.filter(([asn]) => ![553, 1128, 1133].includes(asn)))(
    'AS%i %s is nobody without any deny list too',
    async (asn, name, country) => {
      const given = { row: { asn, name }, rules: { institutions, countries: new Map([[asn, country]]), deny: NO_DENY } }
      expect(await judged(given)).toBe('nobody')
    },
  )

  test('AS553 without any deny list: its two million addresses are more than one university’s', async () => {
    const given = {
      row: { asn: 553, name: 'Universitaet Stuttgart', last: '10.32.0.255' },
      rules: { institutions, countries: new Map([[553, 'DE']]), deny: NO_DENY },
    }
    expect(await judged(given)).toBe('too-weak')
  })
})

describe('names that borrow a word are nobody by it', () => {
  test.each([
    ['a company whose town is a "město"', 'KRKA, d.d.Novo mesto'],
    ['a wine maker called Treasury', 'Treasury Wine Estates Americas'],
    ['a bank of a province', 'BANCO DE LA PROVINCIA DE BUENOS AIRES'],
    ['an alliance called a federal service', 'FEDERAL SERVICE GIE'],
    ['a city’s electricity works, which sell access', 'Elektrizitatswerk der Stadt Zurich'],
    ['a utility district, which sells access', 'JEFFERSON COUNTY PUD NO. 1'],
    ['a ministry that is the country’s provider', 'Ministry Of Communication'],
    ['an airport and its travellers', 'Halifax International Airport Authority'],
    ['buses and trains and their passengers', 'Metropolitan Transit Authority of Musterstadt'],
    ['an office that carries its schools', 'Sacramento County Office of Education'],
    ['a technology park and its tenants', 'Information Technology Park - Vietnam National University'],
    ['a club of students', 'Kyoto University Microcomputer Club'],
    ['a host beside a university', 'CloudVsp - NO.18 Building University of Technology'],
    ['a county council that runs hospitals', 'Skane Lans Landsting'],
  ])('%s: %s', async (_, name) => expect(await judged({ row: { name } })).toMatch(/^(?:nobody|never-listed)$/))

  test.each([
    ['a Czech town', 'Mesto Kralupy nad Vltavou', 'government'],
    ['a treasury', 'The Treasury', 'government'],
    ['a federal service for something', 'Federal Service for Transport Supervision', 'government'],
    ['a faculty of electrical engineering', 'University of Ljubljana, Faculty of Electrical Engineering', 'education'],
    ['a port', 'Nigerian Ports Authority', 'government'],
    ['a ministry', 'Ministry of Public Works', 'government'],
  ])('a near miss: %s: %s', async (_, name, kind) => expect(await judged({ row: { name } })).toBe(`${name} (${kind}, 60)`))
})

describe('names as sources write them', () => {
  test.each([
    ['NOVONORDISKAS-AS-AP - NOVO NORDISK A/S', 'NOVO NORDISK A/S', false],
    ['rh-as Rheinmetall AG', 'Rheinmetall AG', false],
    ['Valley View University - Valley View University', 'Valley View University', false],
    ['IUCC - Israel InterUniversity Computation Center', 'Israel InterUniversity Computation Center', false],
    ['Sie\u00admens\u200b AG', 'Siemens AG', false],
    ['UniversitÃ¤t WÃ¼rzburg', 'Universität Würzburg', false],
    ['Universität Würzburg', 'Universität Würzburg', false],
    ['Rolls-Royce plc', 'Rolls-Royce plc', false],
    ['KementerianPendidikanMalaysia-AS-AP - Ministry of Education Malaysia', 'Ministry of Education Malaysia', false],
    ['BergenKommune-AS Bergen kommune', 'Bergen kommune', false],
    ['Diputacion_DE_Malaga Excma. Diputacion Provincial', 'Excma. Diputacion Provincial', false],
    ['Rhein-Net GmbH', 'Rhein-Net GmbH', false],
    ['Bang & Olufsen A/S', 'Bang & Olufsen A/S', false],
    ['BALLARAT &amp amp CLARENDON COLLEGE', 'BALLARAT & CLARENDON COLLEGE', false],
    ['Ernst &amp; Young', 'Ernst & Young', false],
    [
      'University of Missouri - dba the Missouri Research and Education Network (MOREn',
      'University of Missouri - dba the Missouri Research and Education Network (MOREn',
      true,
    ],
    [
      'Federal State Budgetary Institution "Research Center for Information of the Min',
      'Federal State Budgetary Institution "Research Center for Information of the Min',
      true,
    ],
    ['Universitaet Musterst...', 'Universitaet Musterst...', true],
  ])('%j', (raw, text, truncated) => expect(cleanName(raw)).toEqual({ text, truncated }))

  test('a name that was cut off lists nobody', async () => {
    expect(await judged({ row: { name: 'University of Musterstadt (Campus No' } })).toBe('incomplete')
  })
})
