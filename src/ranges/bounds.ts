import { type Family, parseAddress, parsed } from './address.ts'

/**
 * A range of addresses as an operator writes it (`203.0.113.0/24`, `203.0.113.5`, `2001:db8::/32`,
 * `203.0.113.0 - 203.0.113.9`) and as 16 bytes a bound, IPv4 in its mapped form, so that both families compare alike.
 */
export interface Bounds {
  readonly family: Family
  readonly first: Uint8Array
  readonly last: Uint8Array
}

/** The bounds of what was written, or the sentence that says what is wrong with it. */
export function readBounds(text: string): Bounds | string {
  const range = /^\s*(\S+)\s*-\s*(\S+)\s*$/.exec(text)
  if (range !== null) return between(bytesOf(range[1] ?? ''), bytesOf(range[2] ?? ''), text)
  const [address = '', prefix, ...rest] = text.trim().split('/')
  const start = bytesOf(address)
  if (start === null || rest.length > 0) return wrong(text)
  if (prefix === undefined) return between(start, start, text)
  const longest = start.family === 4 ? 32 : 128
  const length = /^(?:0|[1-9]\d{0,2})$/.test(prefix) ? Number(prefix) : -1
  if (length < 0 || length > longest) return `"${text}": the prefix length goes from 0 to ${longest}.`
  const fixed = 128 - longest + length
  const last = start.bytes.map((byte, at) => byte | (0xff >> Math.min(8, Math.max(0, fixed - at * 8))))
  const first = start.bytes.map((byte, at) => byte & ~(0xff >> Math.min(8, Math.max(0, fixed - at * 8))))
  if (first.some((byte, at) => byte !== start.bytes[at]))
    return `"${text}" has bits behind its prefix: write the first address of the range.`
  return { family: start.family, first, last }
}

/** Bounds as they rest in the database: 16 bytes each, IPv4 in its mapped form. */
export function storedBounds(first: Uint8Array, last: Uint8Array): Bounds {
  const mapped = first.subarray(0, 10).every((byte) => byte === 0) && first[10] === 0xff && first[11] === 0xff
  return { family: mapped ? 4 : 6, first, last }
}

const wrong = (text: string): string => `"${text}" is no address, no CIDR like 203.0.113.0/24 and no range like 203.0.113.0 - 203.0.113.9.`

interface AddressBytes {
  readonly family: Family
  readonly bytes: Uint8Array
}

function between(first: AddressBytes | null, last: AddressBytes | null, text: string): Bounds | string {
  if (first === null || last === null) return wrong(text)
  if (first.family !== last.family) return `"${text}" begins in one family and ends in the other.`
  if (compareBytes(first.bytes, last.bytes) > 0) return `"${text}" ends before it begins.`
  return { family: first.family, first: first.bytes, last: last.bytes }
}

/** 16 bytes of an address; null when it is none. */
function bytesOf(text: string): AddressBytes | null {
  const family = parseAddress(text)
  if (family === 0) return null
  return { family, bytes: parsedBytes(family) }
}

/** The 16 bytes of the address parsed last. */
export function parsedBytes(family: Family): Uint8Array {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  if (family === 4) {
    view.setUint16(10, 0xffff)
    view.setUint32(12, parsed[0] ?? 0)
  } else {
    for (let word = 0; word < 4; word += 1) view.setUint32(word * 4, parsed[word] ?? 0)
  }
  return bytes
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < 16; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** How many addresses less one, as a number to compare sizes by (a float: exact enough to order ranges, never stored). */
export function sizeOf({ first, last }: Bounds): number {
  let size = 0
  for (let at = 0; at < 16; at += 1) size = size * 256 + ((last[at] ?? 0) - (first[at] ?? 0))
  return size
}

/** `203.0.113.0/24`, or `first - last` where the range is no single prefix. */
export function writeBounds({ family, first, last }: Bounds): string {
  const longest = family === 4 ? 32 : 128
  let same = 0
  while (same < 128 && bit(first, same) === bit(last, same)) same += 1
  let whole = true
  for (let at = same; at < 128 && whole; at += 1) whole = bit(first, at) === 0 && bit(last, at) === 1
  const prefix = same - (128 - longest)
  if (!whole) return `${writeAddress(family, first)} - ${writeAddress(family, last)}`
  return prefix === longest ? writeAddress(family, first) : `${writeAddress(family, first)}/${prefix}`
}

const bit = (bytes: Uint8Array, at: number): number => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1

/** Dotted quad, or RFC 5952: lower case, the longest run of two or more zero groups shortened. */
function writeAddress(family: Family, bytes: Uint8Array): string {
  if (family === 4) return [...bytes.subarray(12)].join('.')
  const groups = Array.from({ length: 8 }, (_, at) => (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16))
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map((match) => match[0])
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return groups.join(':')
  const [before = '', after = ''] = splitOnce(groups.join(':'), longest)
  return `${before}::${after.replace(/^:/, '')}`
}

function splitOnce(text: string, part: string): [string, string] {
  const at = text.indexOf(part)
  return [text.slice(0, at), text.slice(at + part.length)]
}
