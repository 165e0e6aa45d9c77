/**
 * Finds any of some ten thousand byte patterns in tens of megabytes.
 *
 * An automaton over that many patterns takes more memory than the state it searches. Instead four bytes of each
 * pattern, usually its first, go into a bitmap; one pass asks it for the four bytes at every position and looks closer
 * only where it says yes, which in ordinary data is almost never. Many patterns begin alike (`2a09:`), so those of
 * eight bytes and more are then told apart by eight.
 */
export interface Pattern {
  /** At least four. */
  readonly bytes: Uint8Array
  /** Counts only where no letter or digit stands beside it. */
  readonly alone?: true
  /** Four raw bytes: a time that is stored as a number can look like them. */
  readonly brief?: true
}

const WINDOW = 4
const BITS = 22

export interface Search {
  readonly patterns: number
  /** Calls `found` with the number of each pattern's owner, once per occurrence. */
  scan(bytes: Uint8Array, found: (owner: number, at: number, pattern: Pattern) => void): void
}

/** @param groups the patterns of each owner; owners are numbered as they come. */
export function prepareSearch(groups: readonly (readonly Pattern[])[]): Search {
  const bitmap = new Uint32Array(2 ** BITS / 32)
  const short: Buckets = new Map()
  const long: Buckets = new Map()
  let patterns = 0
  groups.forEach((group, owner) => {
    for (const pattern of group) {
      if (pattern.bytes.length < WINDOW) throw new Error('a pattern shorter than four bytes would be found by chance')
      const skip = anchorOf(pattern.bytes)
      const window = windowAt(pattern.bytes, skip)
      const slot = slotOf(window)
      bitmap[slot >>> 5] = (bitmap[slot >>> 5] ?? 0) | (1 << (slot & 31))
      if (pattern.bytes.length - skip < 2 * WINDOW) put(short, window, { pattern, owner, skip })
      else put(long, join(window, windowAt(pattern.bytes, skip + WINDOW)), { pattern, owner, skip })
      patterns++
    }
  })
  return {
    patterns,
    scan(bytes, found) {
      const compare = (at: number, candidates: readonly Candidate[] | undefined) => {
        if (candidates === undefined) return
        for (const { pattern, owner, skip } of candidates) if (matches(bytes, at - skip, pattern)) found(owner, at - skip, pattern)
      }
      const last = bytes.length - WINDOW
      for (let at = 0; at <= last; at++) {
        const window = windowAt(bytes, at)
        const slot = slotOf(window)
        if (((bitmap[slot >>> 5] ?? 0) & (1 << (slot & 31))) === 0) continue
        compare(at, short.get(window))
        compare(at, long.get(join(window, windowAt(bytes, at + WINDOW))))
      }
    },
  }
}

/** Where a pattern is anchored: behind its leading zeros, for databases are full of them. */
function anchorOf(pattern: Uint8Array): number {
  const zeros = pattern.findIndex((byte) => byte !== 0)
  return Math.min(Math.max(zeros, 0), pattern.length - WINDOW)
}

interface Candidate {
  readonly pattern: Pattern
  readonly owner: number
  /** Bytes of the pattern before its anchor. */
  readonly skip: number
}

type Buckets = Map<number, Candidate[]>

function put(buckets: Buckets, key: number, candidate: Candidate): void {
  const bucket = buckets.get(key)
  if (bucket === undefined) buckets.set(key, [candidate])
  else bucket.push(candidate)
}

/** One number for eight bytes; two that share one are told apart by the comparison. */
const join = (first: number, second: number): number => (first ^ Math.imul(second, 0x85ebca6b)) >>> 0

const windowAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0

/** Multiplicative hashing (Knuth): the top bits mix all four bytes. */
const slotOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - BITS)

function matches(bytes: Uint8Array, at: number, { bytes: wanted, alone }: Pattern): boolean {
  if (at < 0 || at + wanted.length > bytes.length) return false
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false
  return alone !== true || (!isWord(bytes[at - 1]) && !isWord(bytes[at + wanted.length]))
}

const isWord = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122))
