import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SITE_DEFAULTS } from '../../../src/ledger/settings.ts'
import { manifestOf } from '../../../src/privacy/manifest.ts'
import { fillPaper } from '../../../src/privacy/papers.ts'
import { TEXTS, type TextKind, writeText } from '../../../src/privacy/texts/catalogue.ts'
import type { TextSource } from '../../../src/privacy/texts/text.ts'
import { packPaper } from '../../../src/tools/build/papers.ts'
import { BASES, COMPANY_KINDS } from '../../../src/words.ts'

/** A value as an operator types it, with what breaks tables, marks and replacements. */
const word = fc.oneof(
  fc.constantFrom('none', 'a | b', '$& $1', '⟦id⟧', 'two\nlines', '**bold** `code`', 'Müller & Söhne'),
  fc.string({ minLength: 1 }),
)
const orNone = fc.option(word, { freq: 8 })
const day = fc.constantFrom('2026-11-21', '2027-01-31')

const source: fc.Arbitrary<TextSource> = fc
  .record({
    basis: fc.constantFrom(...BASES),
    name: word,
    kinds: fc.subarray([...COMPANY_KINDS]),
    collect: fc.record(Object.fromEntries(Object.keys(SITE_DEFAULTS.collect).map((name) => [name, fc.boolean()]))),
    journeysFrom: fc.integer({ min: 20, max: 5000 }),
    balancing: fc.option(fc.record({ confirmedBy: word, date: day, reviewBy: day, template: word })),
    parties: fc.record({ controller: orNone, contact: orNone, dataProtectionOfficer: orNone, authority: orNone, policy: orNone }),
    retention: fc.record({ ledgerDays: fc.integer({ min: 1, max: 760 }), totalsDays: fc.integer({ min: 1, max: 760 }) }),
    table: fc.option(fc.constant({ version: 'f'.repeat(64), sources: [{ name: 'a | source', licence: 'CC0', date: '2026-06-01' }] })),
    hosts: fc.record({
      pageHosts: fc.subarray(['www.example.com', 'shop.example.com']),
      endpointHosts: fc.subarray(['t.example.com', 'elsewhere.test']),
    }),
    confirmedBy: orNone,
    date: day,
  })
  .map(({ basis, name, kinds, collect, journeysFrom, balancing, parties, retention, table, hosts, confirmedBy, date }) => ({
    manifest: manifestOf(
      {
        id: 'shop',
        name,
        basis,
        timeZone: 'Europe/Berlin',
        settings: { ...SITE_DEFAULTS, kinds, collect, journeysFrom, balancing, parties },
      },
      { retention, stated: { commit: null, bundle: null, proof: null }, table },
    ),
    ...hosts,
    confirmedBy,
    date,
  }))

describe.each(Object.keys(TEXTS) as TextKind[])('%s', (kind) => {
  test.each(['de', 'en'] as const)('in %s: what the dashboard fills in is the text, letter for letter, or the same refusal', (language) => {
    const packed = JSON.parse(JSON.stringify(packPaper(TEXTS[kind], language)))
    let texts = 0
    fc.assert(
      fc.property(source, (site) => {
        const expected = writeText(kind, site, language)
        if ('text' in expected) texts += 1
        expect(fillPaper(packed, site, language)).toEqual(expected)
      }),
      { numRuns: 120, seed: 8 },
    )
    expect(texts).toBeGreaterThan(10)
  })
})
