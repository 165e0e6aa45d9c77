import { describe, expect, test } from 'vitest'
import { COLLECTED, SITE_DEFAULTS } from '../../../src/ledger/settings.ts'
import type { Language } from '../../../src/privacy/language.ts'
import { TEXTS, type TextKind, writeText } from '../../../src/privacy/texts/catalogue.ts'
import { COLLECTIONS } from '../../../src/privacy/texts/phrases.ts'
import { BLANK, PARTIES as PARTY_NAMES, type TextSource } from '../../../src/privacy/texts/text.ts'
import { wellKnownFiles } from '../../../src/privacy/texts/well-known.ts'
import { RELEASE } from '../../../src/release.ts'
import { PARTIES, source } from './sources.ts'

const KINDS = Object.keys(TEXTS) as TextKind[]
const LANGUAGES = ['de', 'en'] as const

function written(kind: TextKind, language: Language, from: TextSource = source()): string {
  const made = writeText(kind, from, language)
  if (!('text' in made)) throw new Error(JSON.stringify(made))
  return made.text
}

const consentSite = () => source({ basis: 'consent' })
const fitting = (kind: TextKind) => (kind === 'consent-text' ? consentSite() : source())
const without = (what: string) =>
  source({ settings: { ...SITE_DEFAULTS, parties: PARTIES, collect: { ...SITE_DEFAULTS.collect, [what]: false } } })

describe.each(LANGUAGES)('every text in %s', (language) => {
  test.each(KINDS)('%s carries date, version, site and "not legal advice", and no hole', (kind) => {
    const text = written(kind, language, fitting(kind))
    expect(text).toContain(language === 'de' ? '21.11.2026' : '2026-11-21')
    expect(text).toContain(`Doorplate ${RELEASE.version}`)
    expect(text).toContain('Muster-Shop')
    expect(text).toContain(language === 'de' ? 'Keine Rechtsberatung' : 'Not legal advice')
    expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object/)
    for (const party of TEXTS[kind].needs) expect(text).toContain(PARTIES[party])
  })

  test.each(KINDS)('%s without a field is not written, and names the field', (kind) => {
    for (const party of TEXTS[kind].needs) {
      const from = { ...SITE_DEFAULTS, parties: { ...PARTIES, [party]: null } }
      const made = writeText(kind, source({ basis: kind === 'consent-text' ? 'consent' : 'legitimate-interest', settings: from }), language)
      expect(made).toEqual({ missing: [party] })
    }
  })

  test.each(COLLECTED)('the notice lists %s when it is on and says nothing of it when it is off', (what) => {
    const line = COLLECTIONS.find((each) => each.what === what)?.[language] ?? 'no words'
    for (const from of [source(), consentSite()]) expect(written('notice', language, from)).toContain(line)
    expect(written('notice', language, without(what))).not.toContain(line)
  })

  test('P3 the notice says that rows may describe one person’s walk, or pages where journeys are off', () => {
    expect(written('notice', language)).toContain(language === 'de' ? 'den Gang dieser Person' : "that person's walk")
    const off = written('notice', language, without('journeys'))
    expect(off).not.toContain(language === 'de' ? 'den Gang dieser Person' : "that person's walk")
    expect(off).toContain(language === 'de' ? 'welche Seiten diese Person geöffnet hat' : 'which pages that person opened')
  })

  test('the notice sets the right to object apart, before everything else', () => {
    const headings = [...written('notice', language).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(headings[0]).toMatch(/Art\. 21/)
    expect(written('notice', language)).toMatch(/^> \*\*.*(widersprechen|object)/m)
    expect(written('notice', language)).not.toContain(BLANK)
  })

  test('the notice says what the basis is, and only that', () => {
    const interest = written('notice', language)
    const consent = written('notice', language, consentSite())
    const [a, f] = language === 'de' ? ['lit. a DSGVO', 'lit. f DSGVO'] : ['6(1)(a) GDPR', '6(1)(f) GDPR']
    expect(interest).toContain(f)
    expect(interest).not.toContain(a)
    expect(consent).toContain(a)
    expect(consent).toContain('§ 25')
    expect(consent).not.toContain(f)
  })

  test.each([
    ['the transient processing of the address', /innerhalb derselben Anfrage|Within that one request/],
    ['that loading the file is a request', /d\.js.*(die die IP-Adresse trägt|carries the IP address)/],
    ['the recipient', /Cloudflare, Inc\./],
    ['the third country', /2023\/1795.*2021\/914/],
    ['retention', /90 (Tage|days)/],
    ['restore points', /7 (Tage|days).*30 (Tage|days)/],
    ['how to switch GPC on', /Firefox.*globalprivacycontrol\.org/],
    ['the contact for companies that object', /(schreibt an|writes to): datenschutz@muster\.example/],
    ['the authority', /Musterbehörde/],
    ['where to object', /https:\/\/t\.muster\.example\/opt-out/],
  ])('the notice names %s, on both bases', (_what, words) => {
    for (const from of [source(), consentSite()]) expect(written('notice', language, from)).toMatch(words)
  })

  test('the notice names every processor of the manifest', () => {
    for (const { name } of source().manifest.processors) expect(written('notice', language)).toContain(name)
  })

  test('the balancing test argues against itself', () => {
    const text = written('balancing', language)
    for (const words of [/2\/2023.*54–56/, /16 O 420\/19/, /bloße Reichweitenmessung|mere audience measurement/])
      expect(text).toMatch(words)
    expect(text).toContain(BLANK)
    expect(written('balancing', language, source({}, { confirmedBy: 'Erika Mustermann' }))).toContain('Erika Mustermann')
  })

  test('an officer who need not be appointed is said to be none', () => {
    const settings = { ...SITE_DEFAULTS, parties: { ...PARTIES, dataProtectionOfficer: 'none' } }
    expect(written('notice', language, source({ settings }))).toContain(language === 'de' ? 'nicht benannt' : 'none appointed')
  })

  test('where the opt-out cookie cannot reach, the text points to the website itself', () => {
    const text = written('notice', language, source({}, { endpointHosts: ['doorplate.account.workers.dev'] }))
    expect(text).toContain('#doorplate-opt-out')
    expect(text).not.toContain('workers.dev/opt-out')
  })
})

test('a text that does not fit the basis says so instead', () => {
  expect(writeText('notice', source({ basis: 'off' }), 'en')).toEqual({ unfit: expect.stringContaining('is off') })
  expect(writeText('consent-text', source(), 'en')).toEqual({ unfit: expect.stringContaining('legitimate-interest') })
})

test('the words cover exactly the switches and the fields that a site has', () => {
  expect(COLLECTIONS.map(({ what }) => what).sort()).toEqual([...COLLECTED].sort())
  expect([...PARTY_NAMES].sort()).toEqual(Object.keys(SITE_DEFAULTS.parties).sort())
})

test('well-known files: GPC with the day of the statement, tracking status N with policy and controller', () => {
  const [gpc, dnt] = wellKnownFiles(source()).map(({ text }) => JSON.parse(text))
  expect(gpc).toEqual({ gpc: true, lastUpdate: '2026-11-21' })
  expect(dnt).toEqual({ tracking: 'N', compliance: [], policy: PARTIES.policy, controller: [PARTIES.policy], contact: PARTIES.contact })
})
