/**
 * An address as text, in every spelling somebody might store: as people write it, as programs compute it, truncated
 * to a network, and as DNS turns it round.
 */
import { parseAddress, parsed } from '../../ranges/address.ts'

export interface Spelling {
  readonly name: string
  readonly text: string
  /** Short enough to be a piece of something else: counts only where no letter or digit stands beside it. */
  readonly alone?: true
}

/** @throws Error when `address` is none: canaries are constants. */
export function addressBytes(address: string): Uint8Array {
  const family = parseAddress(address)
  if (family === 0) throw new Error(`${address} is no address`)
  const words = parsed.subarray(0, family === 4 ? 1 : 4)
  return Uint8Array.from([...words].flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]))
}

export function spellings(address: string): readonly Spelling[] {
  const bytes = addressBytes(address)
  return bytes.length === 4 ? spellings4(bytes) : spellings6(bytes)
}

const hex = (bytes: Iterable<number>): string[] => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
const both = (name: string, text: string): Spelling[] => [
  { name, text },
  ...(text.toUpperCase() === text ? [] : [{ name: `${name}, upper case`, text: text.toUpperCase() }]),
]
const reversed = <T>(list: Iterable<T>): T[] => [...list].reverse()

function spellings4(bytes: Uint8Array): Spelling[] {
  const octets = [...bytes]
  const pairs = hex(bytes)
  const number = octets.reduce((sum, octet) => sum * 256 + octet, 0)
  const groups = `${pairs[0]}${pairs[1]}:${pairs[2]}${pairs[3]}`
  const net = octets.slice(0, 3)
  const netNumber = number - (octets[3] ?? 0)
  return [
    { name: 'dotted', text: octets.join('.') },
    { name: 'dotted, URL-encoded', text: octets.join('%2E') },
    { name: 'dashed', text: octets.join('-') },
    { name: 'underscored', text: octets.join('_') },
    { name: 'slashed', text: octets.join('/') },
    ...both('hex with slashes', pairs.join('/')),
    { name: 'list', text: octets.join(',') },
    { name: 'list with spaces', text: octets.join(', ') },
    { name: 'octal quad', text: octets.map((octet) => `0${octet.toString(8)}`).join('.') },
    { name: 'hex quad', text: pairs.map((pair) => `0x${pair}`).join('.') },
    { name: 'decimal', text: String(number) },
    { name: 'signed decimal', text: String(number | 0) },
    { name: 'octal', text: number.toString(8) },
    { name: 'base 36', text: number.toString(36), alone: true },
    { name: 'binary', text: number.toString(2) },
    ...both('hex', pairs.join('')),
    { name: '0x hex', text: `0x${pairs.join('')}` },
    { name: '0x hex, upper case', text: `0x${pairs.join('').toUpperCase()}` },
    ...both('hex, low byte first', reversed(pairs).join('')),
    { name: 'decimal, low byte first', text: String(reversed(octets).reduce((sum, octet) => sum * 256 + octet, 0)) },
    ...both('hex with colons', pairs.join(':')),
    ...both('hex with spaces', pairs.join(' ')),
    ...both('hex with dashes', pairs.join('-')),
    { name: 'mapped, dotted', text: `::ffff:${octets.join('.')}` },
    ...both('mapped', `::ffff:${groups}`),
    ...both('mapped, expanded', `0000:0000:0000:0000:0000:ffff:${groups}`),
    { name: 'mapped, full', text: `0:0:0:0:0:ffff:${groups}` },
    ...both('6to4', `2002:${groups}`),
    ...both('NAT64', `64:ff9b::${groups}`),
    { name: 'reversed', text: reversed(octets).join('.') },
    { name: 'in-addr.arpa', text: `${reversed(octets).join('.')}.in-addr.arpa` },
    { name: '/24', text: `${net.join('.')}.0` },
    { name: '/24 in CIDR', text: `${net.join('.')}.0/24` },
    { name: '/24 masked', text: `${net.join('.')}.x` },
    { name: '/24 starred', text: `${net.join('.')}.*` },
    { name: '/24 bare', text: net.join('.') },
    { name: '/24 dashed', text: net.join('-') },
    { name: '/24 in-addr.arpa', text: `${reversed(net).join('.')}.in-addr.arpa` },
    { name: '/24 decimal', text: String(netNumber) },
    { name: '/24 decimal, 24 bits', text: String(netNumber / 256), alone: true },
    ...both('/24 hex', `${pairs.slice(0, 3).join('')}00`),
    ...both('/24 hex, 24 bits', pairs.slice(0, 3).join('')).map((spelling) => ({ ...spelling, alone: true as const })),
    { name: '/16', text: `${octets[0]}.${octets[1]}.0.0` },
    { name: '/16 masked', text: `${octets[0]}.${octets[1]}.x.x` },
  ]
}

function spellings6(bytes: Uint8Array): Spelling[] {
  const pairs = hex(bytes)
  const all = pairs.join('')
  const expanded = Array.from({ length: 8 }, (_, index) => `${pairs[index * 2]}${pairs[index * 2 + 1]}`)
  const full = expanded.map((group) => group.replace(/^0{1,3}/, ''))
  const short = full.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::')
  const tail = [...bytes.subarray(12)].join('.')
  const nibbles = reversed(all).join('.')
  const net = full.slice(0, 4).join(':')
  return [
    ...both('compressed', short),
    ...both('expanded', expanded.join(':')),
    ...both('full', full.join(':')),
    ...both('URL-encoded', short.replaceAll(':', '%3A')),
    ...both('expanded, URL-encoded', expanded.join('%3A')),
    ...both('bracketed', `[${short}]`),
    {
      name: 'dotted tail',
      text: `${full
        .slice(0, 6)
        .join(':')
        .replace(/(?:^|:)0(?::0)+(?::|$)/, '::')}${tail}`,
    },
    { name: 'dotted tail, full', text: `${full.slice(0, 6).join(':')}:${tail}` },
    ...both('dashed', short.replaceAll(':', '-')),
    ...both('expanded, dashed', expanded.join('-')),
    ...both('expanded, slashed', expanded.join('/')),
    ...both('slashed', short.replaceAll(':', '/')),
    { name: 'ipv6-literal.net', text: `${short.replaceAll(':', '-')}.ipv6-literal.net` },
    ...both('hex', all),
    { name: '0x hex', text: `0x${all}` },
    ...both('hex, low byte first', reversed(pairs).join('')),
    ...both('hex with colons', pairs.join(':')),
    ...both('hex with spaces', pairs.join(' ')),
    { name: 'decimal', text: BigInt(`0x${all}`).toString() },
    { name: 'base 36', text: BigInt(`0x${all}`).toString(36) },
    { name: 'list', text: [...bytes].join(',') },
    { name: 'list of groups', text: expanded.map((group) => Number.parseInt(group, 16)).join(',') },
    { name: 'nibbles reversed', text: nibbles },
    { name: 'ip6.arpa', text: `${nibbles}.ip6.arpa` },
    ...both('/64', `${net}::`),
    { name: '/64 in CIDR', text: `${net}::/64` },
    ...both('/64 bare', net),
    ...both('/64 URL-encoded', net.replaceAll(':', '%3A')),
    ...both('/64 dashed', net.replaceAll(':', '-')),
    ...both('/64 hex', all.slice(0, 16)),
    { name: '/64 decimal', text: BigInt(`0x${all.slice(0, 16)}`).toString() },
    { name: '/64 ip6.arpa', text: `${reversed(all.slice(0, 16)).join('.')}.ip6.arpa` },
    { name: '/64 masked', text: `${net}:x` },
    { name: '/56', text: `${full.slice(0, 3).join(':')}:${expanded[3]?.slice(0, 2)}00::` },
    ...both('/48', `${full.slice(0, 3).join(':')}::`),
    { name: '/48 in CIDR', text: `${full.slice(0, 3).join(':')}::/48` },
    ...both('/48 hex', all.slice(0, 12)),
    ...both('interface identifier', all.slice(16)),
    ...both('interface identifier, groups', expanded.slice(4).join(':')),
  ]
}
