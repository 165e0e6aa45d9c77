import { describe, expect, test } from 'vitest'
import { type ConsentWord, decide } from '../../../src/privacy/gate.ts'
import { type Objection, readObjection } from '../../../src/privacy/objection.ts'
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

/** Everything a browser can say, by header; the first of each row says nothing. */
const OPT_OUTS = [{}, { Cookie: 'a=b; doorplate_optout=1' }, { Cookie: 'optout=1' }, { 'X-Opt-Out': '1' }, { 'X-Opt-Out': '0' }]
const DNTS = [{}, { DNT: '1' }, { DNT: '1xyz' }, { DNT: '0' }, { DNT: '01' }, { 'X-Do-Not-Track': '1' }, { 'X-Do-Not-Track': '0' }]
const GPCS = [{}, { 'Sec-GPC': '1' }, { 'Sec-GPC': '0, 1' }, { 'Sec-GPC': '0' }, { 'Sec-GPC': 'true' }]
const OBJECTS: ReadonlySet<string> = new Set(['a=b; doorplate_optout=1', 'optout=1', '1', '1xyz', '0, 1'])

test('P1 over everything a browser can say, on every basis, an objection is never open and DNT: 0 opens nothing', () => {
  let asked = 0
  for (const optOut of OPT_OUTS)
    for (const dnt of DNTS)
      for (const gpc of GPCS)
        for (const basis of BASES)
          for (const consent of consents) {
            const first = [optOut, dnt, gpc].findIndex((said) => Object.values(said).some((value) => OBJECTS.has(value)))
            const decision = decide(readObjection(new Headers({ ...optOut, ...dnt, ...gpc })), basis, consent)
            const wanted =
              first === -1 ? decide(null, basis, consent) : { open: false, reason: (['opt-out', 'dnt', 'gpc'] as const)[first] }
            expect([optOut, dnt, gpc, basis, consent, decision]).toEqual([optOut, dnt, gpc, basis, consent, wanted])
            asked += 1
          }
  expect(asked).toBe(5 * 7 * 5 * 3 * 3)
})
