/**
 * Reads an IP address from text, strictly: what RFC 4291 and the dotted quad allow and nothing else.
 *
 * Lenient parsers turn `8.8.8` or `010.1.1.1` into somebody else's address, so this one agrees with Node's
 * `net.isIP`, except that zone ids (`fe80::1%eth0`) are refused: they mean something only on one machine.
 *
 * It is half of a lookup's time. Hence no regular expression, no split and no BigInt, and the result is left
 * in one small array of words that belongs to this module instead of in a new object (P2: nothing that holds
 * an address is handed around; the next parse overwrites it). Read it before the next `await`.
 */

export type Family = 4 | 6

/**
 * The words of the address parsed last, each 0 … 2^32 - 1, high to low.
 * IPv4: word 0. IPv6: words 0 to 3. Meaningless after a parse that answered 0.
 */
export const parsed = new Uint32Array(4)
/** The same words as signed ones, for arithmetic that V8 need not check. */
export const signed = new Int32Array(parsed.buffer)

/** Value of a hexadecimal digit by its character code (below 128), -1 for every other character. */
const HEX = new Int8Array(128).fill(-1)
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  HEX[digit.charCodeAt(0)] = value
  HEX[digit.toUpperCase().charCodeAt(0)] = value
}
const hex = (code: number): number => HEX[code & 127] ?? -1

/** The groups of an IPv6 address while it is read; they are 16 bits each. */
const groups = new Uint16Array(8)

const DOT = 46
const COLON = 58

/** The longest text of an address: six groups of four and a dotted quad. */
const LONGEST = 45

/**
 * Parses `text` and leaves its words in `parsed`.
 * @returns 4 or 6, or 0 when the text is no address. IPv4-mapped IPv6 (`::ffff:192.0.2.1`, in either
 * spelling; RFC 4291 section 2.5.5.2) answers 4, because the visitor is an IPv4 visitor.
 */
export function parseAddress(text: string): 0 | Family {
  const length = text.length
  if (length > LONGEST) return 0
  // What is no dotted quad is found out within five characters, where IPv6 has its first colon.
  if (readQuad(text, 0, length)) return 4
  return length < 2 ? 0 : readGroups(text, length)
}

/**
 * Reads the dotted quad that fills `text` from `begin` to its end into the first word of `parsed`.
 *
 * `charCodeAt` behind the end would answer NaN, which V8 pays for ever after; so the length is checked by octets
 * (three more need five characters, two need three), not by characters.
 */
function readQuad(text: string, begin: number, length: number): boolean {
  if (length - begin < 7) return false
  const first = readOctet(text, begin, length)
  let at = begin + (first >> 8)
  if (first < 0 || length - at < 5) return false
  const second = readOctet(text, at, length)
  at += second >> 8
  if (second < 0 || length - at < 3) return false
  const third = readOctet(text, at, length)
  at += third >> 8
  if (third < 0 || at >= length) return false
  let last = text.charCodeAt(at) - 48
  if (last >>> 0 > 9) return false
  if (++at < length) {
    let digit = text.charCodeAt(at) - 48
    if (last === 0 || digit >>> 0 > 9) return false
    last = last * 10 + digit
    if (++at < length) {
      digit = text.charCodeAt(at) - 48
      if (digit >>> 0 > 9) return false
      last = last * 10 + digit
      if (last > 255 || at + 1 < length) return false
    }
  }
  parsed[0] = ((first & 255) << 24) | ((second & 255) << 16) | ((third & 255) << 8) | last
  return true
}

/** An octet and the dot behind it: its value, plus 256 for each character read; negative when it is none. Reads three characters unasked. */
function readOctet(text: string, at: number, length: number): number {
  const first = text.charCodeAt(at) - 48
  if (first >>> 0 > 9) return -1
  let code = text.charCodeAt(at + 1)
  if (code === DOT) return first + 0x200
  let digit = code - 48
  if (digit >>> 0 > 9 || first === 0) return -1
  const tens = first * 10 + digit
  code = text.charCodeAt(at + 2)
  if (code === DOT) return tens + 0x300
  digit = code - 48
  if (digit >>> 0 > 9) return -1
  const hundreds = tens * 10 + digit
  if (hundreds > 255 || at + 3 >= length || text.charCodeAt(at + 3) !== DOT) return -1
  return hundreds + 0x400
}

/** Reads the colon form into `parsed`. */
function readGroups(text: string, length: number): 0 | Family {
  let at = 0
  let count = 0
  let gap = -1
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return 0
    gap = 0
    at = 2
  }
  while (at < length) {
    if (count === 8) return 0
    const begin = at
    let value = 0
    let code = 0
    if (at + 4 < length) {
      // Most groups have four digits: read them at once, with one question whether all of them were digits.
      const a = text.charCodeAt(at)
      const b = text.charCodeAt(at + 1)
      const c = text.charCodeAt(at + 2)
      const d = text.charCodeAt(at + 3)
      value = (hex(a) << 12) | (hex(b) << 8) | (hex(c) << 4) | hex(d)
      if (value >= 0 && (a | b | c | d) < 128) {
        at += 4
        code = text.charCodeAt(at)
      } else value = 0
    }
    if (at === begin) {
      for (; at < length; at++) {
        code = text.charCodeAt(at)
        const digit = code < 128 ? hex(code) : -1
        if (digit < 0) break
        value = (value << 4) | digit
      }
    }
    if (at < length && code === DOT) {
      if (count > 6 || !readQuad(text, begin, length)) return 0
      value = parsed[0] ?? 0
      groups[count] = value >>> 16
      groups[count + 1] = value
      count += 2
      break
    }
    if (at === begin || at > begin + 4) return 0
    groups[count++] = value
    if (at === length) break
    if (code !== COLON || ++at === length) return 0
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return 0
      gap = count
      at++
    }
  }
  if (count === 8 ? gap >= 0 : gap < 0) return 0
  return joinGroups(count, gap)
}

/** Packs the groups into `parsed`, zeros filling the gap (`::`, -1 when there is none). */
function joinGroups(count: number, gap: number): Family {
  if (gap >= 0) {
    let to = 7
    for (let from = count - 1; from >= gap; from--) groups[to--] = groups[from] ?? 0
    for (; to >= gap; to--) groups[to] = 0
  }
  const first = joined(0)
  const second = joined(2)
  const third = joined(4)
  if (first === 0 && second === 0 && third === 0xffff) {
    parsed[0] = joined(6)
    return 4
  }
  parsed[0] = first
  parsed[1] = second
  parsed[2] = third
  parsed[3] = joined(6)
  return 6
}

const joined = (index: number): number => ((groups[index] ?? 0) << 16) | (groups[index + 1] ?? 0)
