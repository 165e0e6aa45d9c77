/**
 * The spellings of a range that sources use, as the first and the last address in text: `10.0.0.0/8`, a single
 * address, `10.0.0.0 - 10.0.0.7`, IP2Location's decimal numbers, and the short `200.0/13` of old registers.
 *
 * Only prefixes that end where a prefix may end are read: `10.0.0.1/8` names one address and a network at once, and
 * whoever wrote it meant one of them.
 */
import { type Family, parseAddress, parsed } from '../../ranges/address.ts'
import { addressText } from './address-text.ts'

export interface RangeText {
  readonly first: string
  readonly last: string
}

const PREFIX = /^(\d{1,3})$/

/** `spelling` as a range, or null when it is none. Whether the first address comes before the last is not asked here. */
export function readRange(spelling: string): RangeText | null {
  const text = spelling.trim()
  const slash = text.indexOf('/')
  if (slash >= 0) return readPrefix(text.slice(0, slash).trim(), text.slice(slash + 1).trim())
  const dash = text.indexOf('-')
  if (dash < 0) return parseAddress(text) === 0 ? null : { first: text, last: text }
  const first = text.slice(0, dash).trim()
  const last = text.slice(dash + 1).trim()
  const family = parseAddress(first)
  return family !== 0 && parseAddress(last) === family ? { first, last } : null
}

function readPrefix(address: string, length: string): RangeText | null {
  const full = isShortQuad(address) ? padQuad(address) : address
  const family = parseAddress(full)
  if (family === 0 || !PREFIX.test(length)) return null
  // A mapped address is an IPv4 address with a prefix that counts 96 bits more.
  const bits = Number(length) - (family === 4 && full.includes(':') ? 96 : 0)
  if (bits < 0 || bits > (family === 4 ? 32 : 128)) return null
  const words = parsed.slice(0, family === 4 ? 1 : 4)
  const last = fillHost(words, bits)
  return last === null ? null : { first: addressText(family, words), last: addressText(family, last) }
}

/** The last address of the network, or null when bits behind the prefix are set. */
function fillHost(words: Uint32Array, bits: number): Uint32Array | null {
  const last = words.slice()
  for (const [word, value] of words.entries()) {
    const kept = Math.min(32, Math.max(0, bits - word * 32))
    const host = kept === 32 ? 0 : 0xffffffff >>> kept
    if ((value & host) !== 0) return null
    last[word] = (value | host) >>> 0
  }
  return last
}

const isShortQuad = (address: string): boolean => /^\d{1,3}(\.\d{1,3}){0,2}$/.test(address)
const padQuad = (address: string): string => address + '.0'.repeat(4 - address.split('.').length)

const HIGHEST_V4 = 0xffffffffn
/** Where `::ffff:0:0/96` begins: IP2Location's IPv6 files hold IPv4 there. */
const MAPPED = 0xffff00000000n

/**
 * A decimal number of up to 39 digits as an address, or null.
 * @param family of the file; a number that fits IPv4 says nothing about it by itself.
 */
export function readDecimal(digits: string, family: Family): string | null {
  if (!/^\d{1,39}$/.test(digits)) return null
  const value = BigInt(digits)
  if (family === 4) return value > HIGHEST_V4 ? null : addressText(4, Uint32Array.of(Number(value)))
  if (value >> 128n !== 0n) return null
  if (value >= MAPPED && value <= MAPPED + HIGHEST_V4) return addressText(4, Uint32Array.of(Number(value - MAPPED)))
  return addressText(
    6,
    Uint32Array.from([96n, 64n, 32n, 0n], (shift) => Number((value >> shift) & HIGHEST_V4)),
  )
}

/** The address `count - 1` behind `first`, for statistics that tell a number of addresses; null beyond the end. IPv4 only. */
export function lastOf(first: string, count: number): string | null {
  if (parseAddress(first) !== 4 || !Number.isInteger(count) || count < 1) return null
  const last = (parsed[0] ?? 0) + count - 1
  return last > 0xffffffff ? null : addressText(4, Uint32Array.of(last))
}

/** Whether a range runs forwards: `null` when it is no range at all. */
export function isForwards(first: string, last: string): boolean | null {
  const family = parseAddress(first)
  if (family === 0) return null
  const [a, b, c, d] = [parsed[0] ?? 0, parsed[1] ?? 0, parsed[2] ?? 0, parsed[3] ?? 0]
  if (parseAddress(last) !== family) return null
  const e = parsed[0] ?? 0
  if (family === 4 || a !== e) return a <= e
  const [f, g, h] = [parsed[1] ?? 0, parsed[2] ?? 0, parsed[3] ?? 0]
  return b !== f ? b < f : c !== g ? c < g : d <= h
}
