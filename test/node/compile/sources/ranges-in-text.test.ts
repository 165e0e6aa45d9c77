import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { addressText } from '../../../../src/compile/sources/address-text.ts'
import { isForwards, lastOf, readDecimal, readRange } from '../../../../src/compile/sources/range-text.ts'

describe('a range in text', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['192.0.2.7/32', '192.0.2.7', '192.0.2.7'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    [' 192.0.2.1 ', '192.0.2.1', '192.0.2.1'],
    ['193.0.0.0 - 193.0.7.255', '193.0.0.0', '193.0.7.255'],
    ['193.0.0.0-193.0.7.255', '193.0.0.0', '193.0.7.255'],
    ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db8::1', '2001:db8::1', '2001:db8::1'],
    ['::ffff:192.0.2.0/120', '192.0.2.0', '192.0.2.255'],
    ['200.0/13', '200.0.0.0', '200.7.255.255'],
    ['41/8', '41.0.0.0', '41.255.255.255'],
  ])('%s', (text, first, last) => expect(readRange(text)).toEqual({ first, last }))

  test.each([
    '', '10.0.0.1/8', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/08x', '2001:db8::1/32', '2001:db8::/129', '1.2.3', '1.2.3.4 - ', '1.2.3.4 - ::1', 'AS1', '256/8', '1.2.3.0/24/24',
  ])('%j is none', (text) => expect(readRange(text)).toBeNull()) // biome-ignore format: a list

  test('decimals, as IP2Location writes them', () => {
    expect(readDecimal('16777216', 4)).toBe('1.0.0.0')
    expect(readDecimal('4294967295', 4)).toBe('255.255.255.255')
    expect(readDecimal('4294967296', 4)).toBeNull()
    expect(readDecimal('281470698520832', 6)).toBe('1.0.1.0')
    expect(readDecimal('42540528726795050063891204319802818560', 6)).toBe('2001:200::')
    expect(readDecimal('340282366920938463463374607431768211455', 6)).toBe('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
    expect(readDecimal('340282366920938463463374607431768211456', 6)).toBeNull()
    expect(readDecimal('1.5', 4)).toBeNull()
  })

  test('statistics tell a number of addresses, which need be no prefix', () => {
    expect(lastOf('193.0.0.0', 768)).toBe('193.0.2.255')
    expect(lastOf('255.255.255.0', 257)).toBeNull()
    expect(lastOf('193.0.0.0', 0)).toBeNull()
  })

  test.each([
    ['1.0.0.0', '1.0.0.0', true],
    ['1.0.0.1', '1.0.0.0', false],
    ['200.0.0.0', '1.0.0.0', false],
    ['2001:db8::', '2001:db8:0:0:0:0:0:1', true],
    ['2001:db8::1:0:0', '2001:db8::ffff:ffff', false],
    ['::1', '1.0.0.0', null],
    ['x', '1.0.0.0', null],
  ])('%s - %s runs forwards: %s', (first, last, answer) => expect(isForwards(first, last)).toBe(answer))
})

test('addresses are written as ipaddr.js writes them (RFC 5952)', () => {
  const words = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 4,
    maxLength: 4,
  })
  fc.assert(
    fc.property(words, (four) => {
      const bytes = four.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
      expect(addressText(6, four)).toBe(new ipaddr.IPv6(bytes).toRFC5952String())
      expect(addressText(4, four)).toBe(new ipaddr.IPv4(bytes.slice(0, 4)).toString())
    }),
    { seed: 20261121 },
  )
})
