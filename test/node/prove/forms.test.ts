import { describe, expect, test } from 'vitest'
import { base64Around, base64Faces, OFFSETS } from '../../../src/tools/prove/base64.ts'
import { CANARIES } from '../../../src/tools/prove/canaries.ts'
import { Finder } from '../../../src/tools/prove/finder.ts'
import { LEAST_FORMS, secretsOfToday } from '../../../src/tools/prove/proof.ts'
import { prepareSearch } from '../../../src/tools/prove/search.ts'
import { SENTINELS } from '../../../src/tools/prove/sentinels.ts'
import { addressBytes, spellings } from '../../../src/tools/prove/spellings.ts'

const prepared = secretsOfToday(new Date('2026-11-21T12:00:00Z'))

/** Names of the forms under which `text` is found. */
function namesIn(text: string | Uint8Array): string[] {
  const finder = new Finder(prepared)
  finder.look({ place: 'files', where: 'here', bytes: Buffer.from(text) })
  return finder.finds().flatMap(({ secret, forms }) => forms.map((form) => `${secret}: ${form}`))
}

describe('canaries', () => {
  test.each(CANARIES.flatMap(({ address, twin }) => [address, twin]))(
    'P10 the bytes of %s occur nowhere in UTF-8 text, in either order',
    (address) => {
      const bytes = [...addressBytes(address)]
      const never = (byte: number): boolean => byte === 192 || byte === 193 || byte >= 245
      expect(bytes.filter(never).length).toBeGreaterThanOrEqual(bytes.length === 4 ? 4 : 8)
    },
  )

  test('P10 no two secrets share a form', () => {
    const tokens = [...CANARIES.flatMap(({ address, twin }) => [address, twin]), ...SENTINELS.map(({ token }) => token)]
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  test('P10 every canary is looked for in at least 200 forms', () => {
    for (const { kind, forms } of prepared.secrets) if (kind === 'canary') expect(forms.length).toBeGreaterThanOrEqual(LEAST_FORMS)
  })
})

describe('the search', () => {
  test('P10 finds every form, each planted alone among other bytes', () => {
    const missed = prepared.owners.filter(({ form }, number) => {
      let found = false
      prepared.search.scan(Buffer.concat([Buffer.from('row ~ '), form.plant, Buffer.from(' ~ end')]), (owner) => {
        found ||= owner === number
      })
      return !found
    })
    expect(missed.map(({ secret, form }) => `${secret.name}: ${form.name}`)).toEqual([])
  })

  test.each([
    ['dotted in a sentence', 'GET / from 193.251.246.253 took 3 ms'],
    ['number in JSON', '{"ip":3254515453}'],
    ['upper-case hex', 'key=C1FBF6FD;'],
    ['escaped by JSON', '{"log":"\\u00311\\n193.251.246.253\\u0000"}'],
    ['its network alone', '193.251.246.0/24'],
    ['packed into a string', Buffer.from('\xc1\xfb\xf6\xfd', 'latin1')],
    ['base64 of a longer text', Buffer.from('visitor 193.251.246.253 came').toString('base64')],
  ])('P2 finds an address as %s', (_how, text) => {
    expect(namesIn(text).filter((name) => name.startsWith('listed 193.251.246.253'))).not.toEqual([])
  })

  test.each([
    ['another address', '193.251.246.52 and 193.25.124.253'],
    ['a shorter number', '3254515 453'],
    ['a piece of a longer word', 'abc1fbf6fe and 9c1fbf69'],
    ['nothing', ''],
  ])('P2 is not misled by %s', (_what, text) => {
    expect(namesIn(text).filter((name) => !name.includes('/24 bare'))).toEqual([])
  })

  test('refuses patterns that chance would find', () => {
    expect(() => prepareSearch([[{ bytes: Uint8Array.of(1, 2, 3) }]])).toThrow('by chance')
  })
})

describe('base64 faces', () => {
  const secrets = ['ab', 'four', 'fifteen bytes..', '\xc1\xfb\xf6\xfd']
    .map((text) => Buffer.from(text, 'latin1'))
    .filter(({ length }) => length >= 4)
  test.each(secrets.flatMap((bytes) => OFFSETS.map((offset) => [bytes.toString('hex'), offset] as const)))(
    '%s at offset %d is found inside a longer text',
    (hex, offset) => {
      const bytes = Buffer.from(hex, 'hex')
      const text = base64Around(bytes, offset)
      expect(base64Faces(bytes, offset).some((face) => text.includes(face))).toBe(true)
    },
  )
})

test('P10 IPv6 is spelled short, long, reversed and cut to its network', () => {
  const texts = spellings('2a09:f5fb:c1f7:fdf9::f8ff:fbf5').map(({ text }) => text)
  expect(texts).toEqual(
    expect.arrayContaining([
      '2a09:f5fb:c1f7:fdf9::f8ff:fbf5',
      '2A09:F5FB:C1F7:FDF9:0000:0000:F8FF:FBF5',
      '5.f.b.f.f.f.8.f.0.0.0.0.0.0.0.0.9.f.d.f.7.f.1.c.b.f.5.f.9.0.a.2.ip6.arpa',
      '2a09:f5fb:c1f7:fdf9::/64',
      '55879295631345376775143126102964173813',
    ]),
  )
})
