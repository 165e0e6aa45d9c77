import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { readBounds, sizeOf, writeBounds } from '../../../src/ranges/bounds.ts'

describe('ranges as an operator writes them', () => {
  test.each([
    ['203.0.113.0/24', '203.0.113.0/24', 255],
    ['203.0.113.7', '203.0.113.7', 0],
    ['0.0.0.0/0', '0.0.0.0/0', 2 ** 32 - 1],
    ['203.0.113.4/30', '203.0.113.4/30', 3],
    ['203.0.113.0 - 203.0.113.9', '203.0.113.0 - 203.0.113.9', 9],
    ['203.0.113.0-203.0.113.255', '203.0.113.0/24', 255],
    ['2001:DB8::/32', '2001:db8::/32', 2 ** 96],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', 0],
    ['::/0', '::/0', 2 ** 128],
    ['::1', '::1', 0],
    ['fe80::', 'fe80::', 0],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', 0],
    ['::ffff:203.0.113.0', '203.0.113.0', 0],
  ])('%s is %s', (text, written, size) => {
    const bounds = readBounds(text)
    if (typeof bounds === 'string') throw new Error(bounds)
    expect(writeBounds(bounds)).toBe(written)
    expect(sizeOf(bounds)).toBe(size)
  })

  test.each([
    '',
    'acme',
    '203.0.113',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/024',
    '203.0.113.0/24/8',
    '203.0.113.1/24',
    '2001:db8::1/64',
    '2001:db8::/129',
    '203.0.113.9 - 203.0.113.1',
    '203.0.113.0 - 2001:db8::',
    '010.0.0.0/8',
  ])('%j is refused with a sentence', (text) => {
    expect(readBounds(text)).toEqual(expect.stringContaining(text))
  })

  test('every prefix length agrees with ipaddr.js', () => {
    for (const [address, longest] of [
      ['203.0.113.201', 32],
      ['2001:db8:85a3:1234:5678:8a2e:370:7334', 128],
    ] as const) {
      for (let length = 0; length <= longest; length += 1) {
        const first = (longest === 32 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(`${address}/${length}`).toString()
        const bounds = readBounds(`${first}/${length}`)
        if (typeof bounds === 'string') throw new Error(bounds)
        const bytes = ipaddr.parse(address).toByteArray()
        const inside = longest === 32 ? bounds.last.subarray(12) : bounds.last
        expect([...inside]).toEqual(bytes.map((byte, at) => byte | (0xff >> Math.min(8, Math.max(0, length - at * 8)))))
      }
    }
  })
})
