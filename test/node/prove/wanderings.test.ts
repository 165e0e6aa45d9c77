import { describe, expect, test } from 'vitest'
import { redactName } from '../../../src/privacy/name.ts'
import { redactPath } from '../../../src/privacy/redact.ts'
import { redactSource } from '../../../src/privacy/source.ts'
import { CANARIES } from '../../../src/tools/prove/canaries.ts'
import { wandering } from '../../../src/tools/prove/wanderings.ts'

/** An address in every spelling the proof knows, handed over by the page: none may be stored as it came. */
const texts = CANARIES.flatMap(({ address, twin }) => [...wandering(address), ...wandering(twin)]).map(({ text }) => text)

describe('P2 an address that the page sends does not stay', () => {
  test.each<[string, (text: string) => string]>([
    ['as a segment', (text) => `/k/${text}`],
    ['with signs around it', (text) => `/k/kunde-(${text})`],
    ['encoded', (text) => `/k/${encodeURIComponent(text)}/r`],
    ['encoded twice', (text) => `/k/${encodeURIComponent(encodeURIComponent(text))}/r`],
    ['in full-width signs', (text) => `/k/${text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))}`],
  ])('P2 %s of a path', (_how, path) => {
    const kept = texts.map((text) => redactPath(path(text)) ?? '').filter((kept) => !/:(?:id|redacted)/.test(kept))
    expect(texts.length).toBeGreaterThan(800)
    expect(kept).toEqual([])
  })

  test('P2 as a name that a pattern of the site would let in', () => {
    expect(texts.map((text) => redactName(`${text}.pdf`, ['*.pdf'])).filter((name) => name !== '(other)')).toEqual([])
  })

  test('P2 as the outside source', () => {
    const source = (text: string) => redactSource({ referrer: text, campaignSource: undefined, campaignMedium: undefined })
    expect(texts.filter((text) => source(text).includes(text))).toEqual([])
  })
})
