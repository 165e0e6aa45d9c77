import { describe, expect, test } from 'vitest'
import { redactName } from '../../../src/privacy/name.ts'
import { redactPath } from '../../../src/privacy/redact.ts'
import { redactSource } from '../../../src/privacy/source.ts'

describe('P2 redaction of paths', () => {
  test.each([
    ['/', '/'],
    ['/pricing', '/pricing'],
    ['/blog/karriereplanung-2026', '/blog/karriereplanung-2026'],
    ['/produkte/türen', '/produkte/türen'],
    ['/produkte/t%C3%BCren', '/produkte/türen'],
    ['/a?email=a@b.de', '/a'],
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
