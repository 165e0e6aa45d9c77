import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { parseAddress, parsed } from '../../../src/ranges/address.ts'

const words = (): string => [...parsed].map((word) => word.toString(16).padStart(8, '0')).join(' ')

describe('parseAddress', () => {
  test.each([
    ['0.0.0.0', '00000000'],
    ['255.255.255.255', 'ffffffff'],
    ['192.0.2.1', 'c0000201'],
    ['::ffff:192.0.2.1', 'c0000201'],
    ['::ffff:c000:201', 'c0000201'],
    ['::FFFF:C000:0201', 'c0000201'],
    ['0:0:0:0:0:ffff:192.0.2.1', 'c0000201'],
  ])('reads %s as IPv4', (text, word) => {
    expect(parseAddress(text)).toBe(4)
    expect(words().slice(0, 8)).toBe(word)
  })

  test.each([
    ['::', '00000000 00000000 00000000 00000000'],
    ['::1', '00000000 00000000 00000000 00000001'],
    ['1::', '00010000 00000000 00000000 00000000'],
    ['12::', '00120000 00000000 00000000 00000000'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffffffff ffffffff ffffffff ffffffff'],
    ['2001:db8:1:2:3:4:5:6', '20010db8 00010002 00030004 00050006'],
    ['1:2:3:4:5:6:7::', '00010002 00030004 00050006 00070000'],
    ['::2:3:4:5:6:7:8', '00000002 00030004 00050006 00070008'],
    ['1::8', '00010000 00000000 00000000 00000008'],
    ['64:ff9b::192.0.2.1', '0064ff9b 00000000 00000000 c0000201'],
    ['::ffff:0:192.0.2.1', '00000000 00000000 ffff0000 c0000201'],
    ['::192.0.2.1', '00000000 00000000 00000000 c0000201'],
    ['1:2:3:4:5:6:192.0.2.1', '00010002 00030004 00050006 c0000201'],
  ])('reads %s as IPv6', (text, expected) => {
    expect(parseAddress(text)).toBe(6)
    expect(words()).toBe(expected)
  })

  test.each([
    ...['', ' ', '8', '8.8.8', '8.8.8.8.8', '8.8.8.8.', '.8.8.8', '8..8.8', '256.1.1.1', '1.1.1.256', '010.1.1.1', '1.1.1.01', '0x8.8.8.8'],
    ...['8.8.8.8 ', ' 8.8.8.8', '8.8.8.8/32', '+8.8.8.8', '1.2.3.4:80', '134744072', '٨.8.8.8', '8.8.8.\u0138', '1.1.1.1\0'],
    ...[
      ':',
      ':::',
      '1:',
      ':1',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7:8::',
      '::1:2:3:4:5:6:7:8',
      '1::2::3',
      '12345::',
      'g::',
    ],
    ...[
      'fe80::1%eth0',
      '[::1]',
      '::1/128',
      '1:2:3:4:5:6:7:1.2.3.4',
      '::1.2.3',
      '::01.2.3.4',
      '::1.2.3.4:5',
      '1.2.3.4::',
      '\u0130::1',
      `${'0'.repeat(40)}::1`,
    ],
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBe(0)
  })

  test('agrees with net.isIP and ipaddr.js on a million spoiled strings', () => {
    const random = sequence(20_240_501)
    const wrong: string[] = []
    let accepted = 0
    for (let round = 0; round < 1_000_000 && wrong.length < 10; round++) {
      const text = spoiledAddress(random)
      const expected = text.includes('%') ? 0 : isIP(text)
      const family = parseAddress(text)
      if ((family === 0) !== (expected === 0)) wrong.push(text)
      // A sample for the words: ipaddr.js is slow. It takes `::1.2.3.4` for a mapped address, which RFC 4291 (2.5.5.1) says it isn't.
      if (family === 0 || round % 8 !== 0 || /^::\d+\./.test(text)) continue
      accepted++
      const bytes = ipaddr.process(text).toByteArray()
      if (bytes.length !== (family === 4 ? 4 : 16) || bytes.some((byte, index) => byteOfParsed(index) !== byte)) wrong.push(text)
    }
    expect(wrong).toEqual([])
    expect(accepted).toBeGreaterThan(20_000)
  })
})

const byteOfParsed = (index: number): number => ((parsed[index >> 2] ?? 0) >>> (24 - (index & 3) * 8)) & 0xff

/** Numbers that look random and are the same in every run: below a bound that the caller names. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Addresses, nearly addresses, and what is left of them after a character was lost, added or exchanged. */
function spoiledAddress(random: (below: number) => number): string {
  const pick = (choices: readonly string[]): string => choices[random(choices.length)] ?? ''
  const many = (count: number, part: () => string): string[] => Array.from({ length: count }, part)
  const hex = (): string => random(65536).toString(16)
  const group = (): string =>
    pick([hex(), hex(), '0', 'FFFF', 'ffff', `00${random(256).toString(16)}`, '', random(1 << 20).toString(16), 'g'])
  const octet = (): string => pick([`${random(256)}`, `${random(256)}`, `${random(256)}`, `${random(400)}`, `0${random(100)}`, '', '0'])
  const shapes = [
    () => many(4, () => `${random(256)}`).join('.'),
    () => many(1 + random(6), octet).join('.'),
    () => many(8, hex).join(':'),
    () => many(1 + random(9), group).join(':'),
    () => `${many(random(7), hex).join(':')}::${many(random(4), hex).join(':')}`,
    () => `${many(random(8), group).join(':')}${pick([':', '::', ''])}${many(4, octet).join('.')}`,
  ]
  const text = shapes[random(shapes.length)]?.() ?? ''
  if (random(4) !== 0) return text
  const at = random(text.length + 1)
  return text.slice(0, at) + pick(['', ':', '.', ' ', '0', 'f', 'é', 'İ', '%', '-', 'x', '\0', ':f']) + text.slice(at + random(2))
}
