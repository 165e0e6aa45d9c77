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

/**
 * The words of the address parsed last, each 0 … 2^32 - 1, high to low.
 * IPv4: word 0. IPv6: words 0 to 3. Meaningless after a parse that answered 0.
 */
export const parsed = new Uint32Array(4)
/** The same words as signed ones, for arithmetic that V8 need not check. */
export const signed = new Int32Array(parsed.buffer)

/** Wipes the address parsed last. An isolate lives for hours, the address must not (P2). */
export function forgetAddress(): void {
  parsed.fill(0)
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
 * One loop with one `charCodeAt`: each call of it becomes a hundred bytes of machine code or more, and an unrolled parser
 * pushes the lookup out of the processor's instruction cache.
 */
function readQuad(text: string, begin: number, length: number): boolean {
  let word = 0
  let octet = 0
  let digits = 0
  let dots = 0
  let wrong = 0
  for (let at = begin; at < length; at++) {
    const digit = (text.charCodeAt(at) - 48) | 0
    if (digit >>> 0 <= 9) {
      octet = (Math.imul(octet, 10) + digit) | 0
      digits = (digits + 1) | 0
      continue
    }
    if (digit !== DOT - 48) return false
    wrong |= octetFault(octet, digits)
    word = (word << 8) | octet
    dots = (dots + 1) | 0
    octet = 0
    digits = 0
  }
  if ((wrong | octetFault(octet, digits) | (dots ^ 3)) !== 0) return false
  parsed[0] = (word << 8) | octet
  return true
}

/** 0 for an octet written as it must be: as many digits as its value needs (no leading zeros), at most 255. */
function octetFault(octet: number, digits: number): number {
  return (digits ^ (1 + ((9 - octet) >>> 31) + ((99 - octet) >>> 31))) | ((255 - octet) >>> 31)
}

/**
 * Reads eight groups without a gap (`::`), which is how nearly every visitor's address is written. False for all other
 * texts, and for `0:0:0:0:0:…`, because that may be a mapped address: `readGroups` takes those.
 */
function readFull(text: string, length: number): boolean {
  let at = 0
  for (let word = 0; word < 4; word++) {
    const upper = readGroup(text, at, length)
    at += upper >> 16
    if (upper < 0 || at >= length || text.charCodeAt(at) !== COLON) return false
    const lower = readGroup(text, ++at, length)
    at += lower >> 16
    if (lower < 0) return false
    if (word < 3 && (at >= length || text.charCodeAt(at++) !== COLON)) return false
    parsed[word] = (upper << 16) | (lower & 0xffff)
  }
  return at === length && parsed[0] !== 0
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
