import { describe, expect, test } from 'vitest'
import { PROMISES } from '../../../src/privacy/promises.ts'
import { blankForm, TEXTS, type TextKind } from '../../../src/privacy/texts/catalogue.ts'
import { LIMITS } from '../../../src/privacy/texts/limits.ts'
import { VISITOR_TEXTS } from '../../../src/privacy/texts/visitor.ts'
import { WELL_KNOWN_NOTE } from '../../../src/privacy/texts/well-known.ts'
import { BASES } from '../../../src/words.ts'
import { emptyPromises } from '../../empty-promises.ts'
import { source } from './sources.ts'

describe('the lint itself', () => {
  test.each([
    '100 % GDPR compliant',
    '100% DSGVO-konform',
    'Fully GDPR compliant analytics',
    'a GDPR-compliant tool',
    'DSGVO-konforme Unternehmenserkennung',
    'rechtssicher einsetzen',
    'No consent needed!',
    'no cookie banner required',
    'without a consent banner',
    'Keine Einwilligung erforderlich',
    'einwilligungsfrei',
    'ohne Cookie-Banner',
    'No data is collected',
    'no personal data are processed',
    'We collect no personal data.',
    'Es werden keine personenbezogenen Daten erhoben',
    'identifies anonymous visitors',
    'anonyme Besucher erkennen',
    'vollständig anonym',
    'This is outside the GDPR',
  ])('finds: %s', (claim) => {
    expect(emptyPromises(claim)).not.toEqual([])
  })

  test.each([
    'Legal basis: Art. 6(1)(a) GDPR',
    'daily counts that name nobody',
    'anonymous daily counts of page and source',
    'Consent is required on this basis.',
    'ob eine Einwilligung erforderlich ist',
    'Without your consent a visit leaves nothing',
    'nothing is stored that identifies a person',
    'Verarbeitung personenbezogener Daten',
  ])('lets pass: %s', (sentence) => {
    expect(emptyPromises(sentence)).toEqual([])
  })
})

describe.each(['de', 'en'] as const)('no text in %s promises what nobody can', (language) => {
  test.each(Object.keys(TEXTS) as TextKind[])('%s, on every basis', (kind) => {
    for (const basis of BASES) expect(emptyPromises(blankForm(kind, source({ basis }), language))).toEqual([])
  })

  test('the visitor’s pages, the promises, the limits and the notes', () => {
    const words = [VISITOR_TEXTS[language], PROMISES, LIMITS, WELL_KNOWN_NOTE[language]]
    expect(emptyPromises(JSON.stringify(words))).toEqual([])
  })
})
