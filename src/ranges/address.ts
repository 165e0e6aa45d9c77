/**
 * Reads an IP address from text, strictly: what RFC 4291 and the dotted quad allow and nothing else.
 *
 * Lenient parsers turn `8.8.8` or `010.1.1.1` into somebody else's address, so this one agrees with Node's
 * `net.isIP`, except that zone ids (`fe80::1%eth0`) are refused: they mean something only on one machine.
 *
 * It is half of a lookup's time. Hence no regular expression, no split and no BigInt, and the result is left
 * in one small array of words that belongs to this module instead of in a new object (P2: nothing that holds
 * an address is handed around). Read it, and have it forgotten, before the next `await`: the module outlives the request.
 */

export type Family = 4 | 6

/** V8 takes a module's own constant for one, but reads what is exported anew each time: here it has this name. */
const words = new Uint32Array(4)
/**
 * The words of the address parsed last, each 0 … 2^32 - 1, high to low.
 * IPv4: word 0. IPv6: words 0 to 3. Meaningless after a parse that answered 0.
 */
export const parsed = words
/** The same words as signed ones, for arithmetic that V8 need not check. */
export const signed = new Int32Array(words.buffer)
/** And by halves, which are the groups of IPv6; the machine is little-endian, so group g is half g ^ 1. */
const halves = new Uint16Array(words.buffer)

/** Wipes the address parsed last. An isolate lives for hours, the address must not (P2). */
export function forgetAddress(): void {
  words.fill(0)
  groups.fill(0)
}

/** Value of a hexadecimal digit by its character code (below 128), -1 for every other character. */
const HEX = new Int8Array(128).fill(-1)
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  HEX[digit.charCodeAt(0)] = value
  HEX[digit.toUpperCase().charCodeAt(0)] = value
}
const hex = (code: number): number => HEX[code & 127] ?? -1

/** The groups of an IPv6 address while it is read; they are 16 bits each. */
const groups = new Uint16Array(8)

const ZERO = 48
const DOT = 46
const COLON = 58

/** The longest text of an address: six groups of four and a dotted quad. */
const LONGEST = 45

/** The shortest text that is worth a try as eight groups: most visitors' addresses are far longer, and shorter ones have a gap. */
const SHORTEST_FULL = 24

/**
 * Parses `text` and leaves its words in `parsed`.
 * @returns 4 or 6, or 0 when the text is no address. IPv4-mapped IPv6 (`::ffff:192.0.2.1`, in either
 * spelling; RFC 4291 section 2.5.5.2) answers 4, because the visitor is an IPv4 visitor.
 */
export function parseAddress(text: string): 0 | Family {
  const length = text.length
  if (length > LONGEST) return 0
  // A dotted quad has at most 15 characters; what else is none is found out within five, where IPv6 has its first colon.
  if (length < 16 && readQuad(text, 0, length)) return 4
  if (length >= SHORTEST_FULL && readFull(text, length)) return 6
  return length < 2 ? 0 : readGroups(text, length)
}

/**
 * Reads the dotted quad that fills `text` from `begin` to its end into the first word of `parsed`.
 *
 * How many digits an octet has cannot be foretold, and a branch that the processor guesses wrong costs as much as an octet
 * does. So three characters are read in any case, and what they are decides by arithmetic how many count.
 */
function readQuad(text: string, begin: number, length: number): boolean {
  let at = begin
  let word = 0
  let wrong = 0
  for (let dots = 0; dots < 3; dots++) {
    // Behind an octet come a dot and another one.
    if (at + 2 >= length) return false
    const a = (text.charCodeAt(at) - ZERO) | 0
    const b = (text.charCodeAt(at + 1) - ZERO) | 0
    const c = (text.charCodeAt(at + 2) - ZERO) | 0
    const isTwo = Number(b >>> 0 <= 9)
    const isThree = isTwo & Number(c >>> 0 <= 9)
    let octet = (a + ((Math.imul(a, 9) + b) & -isTwo)) | 0
    octet = (octet + ((Math.imul(octet, 9) + c) & -isThree)) | 0
    wrong |= Number(a >>> 0 > 9) | (isTwo & Number(a === 0)) | Number(octet > 255)
    word = (word << 8) | octet
    at = (at + 1 + isTwo + isThree) | 0
    if (at >= length) return false
    wrong |= text.charCodeAt(at) ^ DOT
    at = (at + 1) | 0
  }
  // The last octet has as many digits as are left.
  const digits = (length - at) | 0
  if ((digits - 1) >>> 0 > 2) return false
  const isLong = digits >>> 1
  const a = (text.charCodeAt(at) - ZERO) | 0
  const b = (text.charCodeAt(at + isLong) - ZERO) | 0
  const c = (text.charCodeAt(length - 1) - ZERO) | 0
  const tens = (a + ((Math.imul(a, 9) + b) & -(digits & isLong))) | 0
  const octet = (c + (Math.imul(tens, 10) & -isLong)) | 0
  wrong |= Number(a >>> 0 > 9) | Number(b >>> 0 > 9) | Number(c >>> 0 > 9) | (isLong & Number(a === 0)) | Number(octet > 255)
  if (wrong !== 0) return false
  words[0] = (word << 8) | octet
  return true
}

/**
 * Reads eight groups without a gap (`::`), which is how nearly every visitor's address is written. False for all other
 * texts, and for `0:0:0:0:0:…`, because that may be a mapped address: `readGroups` takes those.
 */
function readFull(text: string, length: number): boolean {
  let at = 0
  let wrong = 0
  for (let group = 0; group < 6; group++) {
    // Behind these groups come at least a colon, a group, a colon and a group.
    if (at + 4 >= length) return false
    const a = text.charCodeAt(at)
    const b = text.charCodeAt(at + 1)
    const c = text.charCodeAt(at + 2)
    const d = text.charCodeAt(at + 3)
    const first = hex(a)
    const second = hex(b)
    const third = hex(c)
    const fourth = hex(d)
    // The first character that is no digit ends the group; as with octets, arithmetic decides how many of the four count.
    const missing = Math.clz32(((second >>> 31) << 3) | ((third >>> 31) << 2) | ((fourth >>> 31) << 1) | 1) ^ 31
    halves[group ^ 1] = ((first << 12) | ((second & 15) << 8) | ((third & 15) << 4) | (fourth & 15)) >>> (missing << 2)
    at = (at + 4 - missing) | 0
    wrong |= (first >> 31) | (text.charCodeAt(at) ^ COLON) | ((a | b | c | d) & ~127)
    at = (at + 1) | 0
  }
  if (wrong !== 0) return false
  const upper = readGroup(text, at, length)
  at += upper >> 16
  if (upper < 0 || at >= length || text.charCodeAt(at) !== COLON) return false
  const lower = readGroup(text, ++at, length)
  if (lower < 0 || at + (lower >> 16) !== length) return false
  words[3] = (upper << 16) | (lower & 0xffff)
  return words[0] !== 0
}

/** A group of one to four digits: its value, plus 65536 for each digit; negative when there is none. */
function readGroup(text: string, at: number, length: number): number {
  if (at + 4 <= length) {
    // Most groups have four digits: read them at once, with one question whether all of them were digits.
    const a = text.charCodeAt(at)
    const b = text.charCodeAt(at + 1)
    const c = text.charCodeAt(at + 2)
    const d = text.charCodeAt(at + 3)
    const value = (hex(a) << 12) | (hex(b) << 8) | (hex(c) << 4) | hex(d)
    if (value >= 0 && (a | b | c | d) < 128) return value | 0x40000
  }
  let value = 0
  let digits = 0
  for (; digits < 4 && at + digits < length; digits++) {
    const code = text.charCodeAt(at + digits)
    const digit = code < 128 ? hex(code) : -1
    if (digit < 0) break
    value = (value << 4) | digit
  }
  return digits === 0 ? -1 : value | (digits << 16)
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
    for (; at < length; at++) {
      code = text.charCodeAt(at)
      const digit = code < 128 ? hex(code) : -1
      if (digit < 0) break
      value = (value << 4) | digit
    }
    if (at < length && code === DOT) {
      if (count > 6 || !readQuad(text, begin, length)) return 0
      value = words[0] ?? 0
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
    words[0] = joined(6)
    return 4
  }
  words[0] = first
  words[1] = second
  words[2] = third
  words[3] = joined(6)
  return 6
}

const joined = (index: number): number => ((groups[index] ?? 0) << 16) | (groups[index + 1] ?? 0)
