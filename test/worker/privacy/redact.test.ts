import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redactName } from '../../../src/privacy/name.ts'
import { inspected, redactPath } from '../../../src/privacy/redact.ts'
import { redactSource } from '../../../src/privacy/source.ts'

describe('P2 redaction of paths', () => {
  test.each([
    ['/', '/'],
    ['/pricing', '/pricing'],
    ['/blog/karriereplanung-2026', '/blog/karriereplanung-2026'],
    ['/produkte/türen', '/produkte/türen'],
    ['/produkte/t%C3%BCren', '/produkte/türen'],
    ['/a?email=a@b.de', '/a'],
    ['/a?next=/anna-x', '/a'],
    ['/a#/anna-x', '/a'],
    ['/a#token', '/a'],
    ['/a;jsessionid=1A530637289A03B07199A44E8D531427', '/a'],
    ['/a%3Fmail=anna', '/a'],
    ['/u/anna@example.com', '/u/:redacted'],
    ['/u/anna%40example.com', '/u/:redacted'],
    ['/u/anna%2540example.com/x', '/u/:redacted/x'],
    ['/u/anna%252540example.com', '/u/:redacted'],
    ['/u/anna(at)example.com', '/u/:redacted'],
    ['/u/anna-at-example-dot-com', '/u/:redacted'],
    ['/ip/198.51.100.77', '/ip/:redacted'],
    ['/ip/198-51-100-77.example', '/ip/:redacted'],
    ['/ip/2001:db8::1', '/ip/:redacted'],
    ['/ip/2001%3Adb8%3A%3A1', '/ip/:redacted'],
    ['/ip/2001-db8-85a3-1234-5678-8a2e-370-7334', '/ip/:redacted'],
    ['/ip/2001-db8--1', '/ip/:redacted'],
    ['/ip/--1', '/ip/:redacted'],
    ['/ip/2001-db8--1.ipv6-literal.net', '/ip/:redacted'],
    ['/host-2001-db8--1-x', '/:redacted'],
    ['/ip/198/51/100/77', '/ip/:redacted'],
    ['/ip/2a01/db8/85a3/1234/0/8a2e/370/7334/x', '/ip/:redacted/x'],
    ['/ip/2a01/db8/85a3//7334', '/ip/:redacted'],
    ['/ip/c6/33/64/4d', '/ip/:redacted'],
    ['/blog/2026/11/21/5', '/blog/2026/11/21/5'],
    ['/a/b/c/d', '/a/b/c/d'],
    ['/list/12/5/10', '/list/12/5/10'],
    ['/add-face-bed', '/add-face-bed'],
    ['/cafe--bad', '/cafe--bad'],
    ['/a-b-c-d-e', '/a-b-c-d-e'],
    ['/call/+49-30-1234567', '/call/:redacted'],
    ['/pay/DE89370400440532013000', '/pay/:redacted'],
    ['/order/1234567', '/order/:id'],
    ['/k/550e8400-e29b-41d4-a716-446655440000', '/k/:id'],
    ['/k/5f4dcc3b5aa765d61d8327deb882cf99', '/k/:id'],
    ['/t/dBjftJeZ4CVP-mB92K27uhbU', '/t/:id'],
    ['/a\u0000b\u202Ec', '/abc'],
    ['/%00x', '/x'],
    ['/%E0%A4%A', '/%E0%A4%A'],
    ['/2026/11', '/2026/11'],
    ['/v1.2.3', '/v1.2.3'],
  ])('P2 %j → %j', (raw, path) => {
    expect(redactPath(raw)).toBe(path)
  })

  test.each([
    // IPv4, however its parts are joined and whatever alphabet its digits are of
    ...['198_51_100_77', '198 51 100 77', '198,51,100,77', '198+51+100+77', '198·51·100·77', '198..51..100..77', '198[.]51[.]100[.]77'],
    ...['198x51x100x77', '198dot51dot100dot77', '198(51)100(77)', '0306.063.0144.0115', '0xC6.0x33.0x64.0x4D', '3325256781', 'c633644d'],
    ...['c6 33 64 4d', 'C6-33-64-4D', '198.51.100', '198.51.100.x', '77.100.51.198.in-addr.arpa', 'ip-198-51-100-77.eu', 'p5B2A1C4D.dip0'],
    ...['１９８.５１.１００.７７', '198。51。100。77', '١٩٨.٥١.١٠٠.٧٧', '198\u200b.51\u200b.100\u200b.77', '198%252E51%252E100%252E77'],
    // IPv6
    ...['fe80::1%25eth0', '[2001:db8::1]', '2001：db8：：1', '2001_db8__1', '2001 db8 85a3 0 0 8a2e 370 7334', '2001-db8-1-2'],
    ...['2001-0db8-0000-0000', '42540766411282592856903984951653826561', '1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa', '::ffff:198.51.100.77'],
    // devices, sessions and records
    ...['00:1A:2B:3C:4D:5E', '00-1A-2B-3C-4D-5E', '001A.2B3C.4D5E', '001a-2b3c-4d5e', '{550e8400-e29b-41d4-a716-446655440000}'],
    ...['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'clh3j2x0q0000mh08y1r2z9k4', 'GE4TQLRVGEXDCMBQFY3TO', 'gezdgnbvgy3tqojq', 'xjNkTQ==', 'deadbeef'],
    ...[
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVPmB92K27uhbU',
      '1234 5678',
      '1234-5678-9012-3456',
      '４７１１２３４５',
      '4711\u00ad2345',
    ],
    // accounts and telephones
    ...['DE89 3704 0044 0532 0130 00', 'DE89-3704-0044-0532-0130-00', 'GB29 NWBK 6016 1331 9268 19', 'konto_DE89370400440532013000'],
    ...['030 12 34 56 7', '(202) 555-0143', '202.555.0143', '0171.23.45.678', '+49 (0)30 123 45 67', '＋49 30 1234567'],
    // e-mail addresses
    ...[
      'anna.schmidt%2Bshop%40example.com',
      'anna＠example.com',
      'anna﹫example.com',
      'anna(a)example.com',
      'anna⒜example',
      'anna(ät)example.de',
    ],
    ...[
      'anna-at-example.com',
      'anna.at.example.com',
      'annaATexampleDOTcom',
      'anna(аt)example.com',
      'anna<at>example.com',
      'anna%252525252540example',
    ],
    ...['anna=40example.com', 'anna%u0040example.com', 'anna\\u0040example.com', '%FFanna%40example.com'],
  ])('P2 %j does not stay', (segment) => {
    expect(redactPath(`/x/${segment}/y`)).toMatch(/^\/x\/:(?:id|redacted)\/y$/)
  })

  test.each([
    ...['iso-9001-2015', 'iso-27001', 'din-en-12464-1', 'strategie-2025-2026', '2026-11-21', 'q3-2026', '24-7-service', 'industrie-4-0'],
    ...['datenblatt-x200', 'model-3000-series', '10-tipps-fuer-bessere-pumpen', 'windows-11-24h2', 'en-1090-2', 'co2-2030', 'rgb-255-0-0'],
    ...['look-at-this', 'care-at-home.html', 'how-to-get-there-at-night', 'feedback', 'facade', 'c-64', 'pump-100-200', 'was-ist-ipv6'],
    ...[
      'kubernetes-1-29-release',
      'meet-us-at-hannover-messe-2026',
      'Release-2024-Overview-Final',
      'cad-cae',
      'iphone-15-pro',
      'angstschweiß',
    ],
  ])('%j is a word and stays', (segment) => {
    expect(redactPath(`/x/${segment}/y`)).toBe(`/x/${segment}/y`)
  })

  test('P2 an address that is cut into segments does not stay', () => {
    expect(redactPath('/ip/198/51/100/77/x')).toBe('/ip/:redacted/x')
    expect(redactPath('/2026/11/21/14')).toBe('/2026/11/21/14')
  })

  test('P2 what is not found: a short number or a name is a word to everybody', () => {
    expect(redactPath('/kunden/anna-schmidt/4711')).toBe('/kunden/anna-schmidt/4711')
    expect(redactPath('/kunden/anna-schmidt/4711', ['/kunden/:name/:number'])).toBe('/kunden/:name/:number')
  })

  test.each(['', 'pricing', '//evil.example/x', 'https://a.b/c', '?x'])('%j is no path', (raw) => {
    expect(redactPath(raw)).toBeNull()
  })

  test('a path never grows past its limit', () => {
    expect((redactPath(`/${'a'.repeat(500)}`) ?? '').length).toBeLessThanOrEqual(81)
    expect((redactPath('/abc'.repeat(120)) ?? '').length).toBeLessThanOrEqual(256)
  })
})

describe('P3 sources and names come from closed vocabularies', () => {
  test.each([
    [{ referrer: 'www.google.com' }, 'google.com'],
    [{ referrer: 'alice.github.io' }, 'github.io'],
    [{ referrer: 'news.example.co.uk' }, 'example.co.uk'],
    [{ referrer: '198.51.100.77' }, '(other)'],
    [{ referrer: 'not a host' }, '(other)'],
    [{}, ''],
    [{ campaignSource: 'Newsletter', campaignMedium: 'email' }, 'newsletter / email'],
    [{ campaignSource: 'anna.schmidt', campaignMedium: 'email' }, '(other) / email'],
    [{ campaignSource: 'google' }, 'google / (other)'],
    [{ referrer: 'www.bing.com', campaignMedium: 'cpc' }, '(other) / cpc'],
  ])('P3 %j → %j', (input, source) => {
    const all = { referrer: undefined, campaignSource: undefined, campaignMedium: undefined }
    expect(redactSource({ ...all, ...input })).toBe(source)
  })

  test.each([
    ['datasheet.pdf', ['datasheet.pdf'], 'datasheet.pdf'],
    ['DataSheet.PDF', ['datasheet.pdf'], 'DataSheet.PDF'],
    ['Offer_Anna_Schmidt.pdf', ['datasheet.pdf'], '(other)'],
    ['guide-2026.pdf', ['guide-*.pdf'], 'guide-2026.pdf'],
    ['guide.pdf', ['guide-*.pdf'], '(other)'],
    ['aXbXb', ['a*b*b'], 'aXbXb'],
    ['ab', ['a*b*b'], '(other)'],
    ['', ['*'], ''],
    ['198.51.100.77.pdf', ['*.pdf'], '(other)'],
    ['2001:db8::1', ['*'], '(other)'],
    ['anna@example.com', ['*'], '(other)'],
    ['offer-1234567.pdf', ['offer-*.pdf'], '(other)'],
    ['offer-1234567.pdf', ['offer-1234567.pdf'], 'offer-1234567.pdf'],
  ])('P3 name %j with %j → %j', (raw, listed, name) => {
    expect(redactName(raw, listed)).toBe(name)
  })
})

describe('P2 plain segments are not inspected', () => {
  // Letters and words of which the detectors are made: hexadecimal, `at`, `dot`, `x`, `punkt`, prefixes of networks and accounts.
  const word = fc.oneof(
    fc.constantFrom('at', 'dot', 'punkt', 'x', 'de', 'fe', 'fd', 'fc', 'ab', 'ff', 'dead', 'beef', 'cafe', 'iso', 'gb', 'products'),
    fc.string({ unit: fc.constantFrom(...'abcdefx'), minLength: 1, maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 1, maxLength: 20 }),
  )
  const number = fc.integer({ min: 0, max: 999 }).map(String)
  const segment = fc.oneof(fc.array(word, { minLength: 1, maxLength: 3 }), fc.tuple(word, number), fc.tuple(word, word, number))

  test('because no detector would find anything in them', () => {
    fc.assert(
      fc.property(segment, (parts) => {
        const text = parts.join('-')
        expect(redactPath(`/${text}`)).toBe(`/${inspected(text)}`)
      }),
      { numRuns: 20_000, seed: 9 },
    )
  })

  test.each(['deadbeef', 'x-abcdefab', 'ab-cd-ef-12', 'abcd-ef01-2345', 'a-at-b-dot-de', 'anna-1234567'])('and %s is none', (text) => {
    expect(redactPath(`/${text}`)).toBe(`/${inspected(text)}`)
    expect(redactPath(`/${text}`)).toMatch(/:(?:id|redacted)/)
  })
})
