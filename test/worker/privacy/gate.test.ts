import { describe, expect, test } from 'vitest'
import { type ConsentWord, decide } from '../../../src/privacy/gate.ts'
import type { Objection } from '../../../src/privacy/objection.ts'
import { BASES } from '../../../src/words.ts'

const objections: (Objection | null)[] = [null, 'opt-out', 'dnt', 'gpc']
const consents: ConsentWord[] = [undefined, 0, 1]
const everything = objections.flatMap((objection) => BASES.flatMap((basis) => consents.map((consent) => ({ objection, basis, consent }))))

describe('P1 the gate', () => {
  test.each(everything.filter((c) => c.objection !== null))('P1 $objection on $basis with ok=$consent is never open', (c) => {
    expect(decide(c.objection, c.basis, c.consent)).toEqual({ open: false, reason: c.objection })
  })

  test.each(BASES)('P1 a refusal blocks on basis %s', (basis) => {
    expect(decide(null, basis, 0)).toEqual({ open: false, reason: 'consent-denied' })
  })

  test('P1 opens only with consent, or on a recorded legitimate interest', () => {
    const open = everything.filter((c) => decide(c.objection, c.basis, c.consent).open)
    expect(open).toEqual([
      { objection: null, basis: 'consent', consent: 1 },
      { objection: null, basis: 'legitimate-interest', consent: undefined },
      { objection: null, basis: 'legitimate-interest', consent: 1 },
    ])
  })

  test('P1 a silent visitor on a consent site is blocked, and so is everybody on a site that is off', () => {
    expect(decide(null, 'consent', undefined)).toEqual({ open: false, reason: 'consent-missing' })
    expect(decide(null, 'off', 1)).toEqual({ open: false, reason: 'site-off' })
    expect(decide(null, 'off', undefined)).toEqual({ open: false, reason: 'site-off' })
  })
})
