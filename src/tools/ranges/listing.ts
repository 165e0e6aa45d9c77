/**
 * The table as text, beside the bytes: one line per listed range. For people who want to check a build by eye, and
 * for `diff`, which compares two of them. It is not published: at the edge there are only shards.
 */
import ipaddr from 'ipaddr.js'
import { flatten, Rows, type Segments, WORDS } from '../../compile/flatten.ts'
import { parseAddress, parsed } from '../../ranges/address.ts'

/** `first<TAB>last<TAB>company key`, in address order, IPv4 before IPv6. */
export function writeListing(families: readonly Segments[], keyOf: (id: number) => string): string {
  const lines: string[] = []
  for (const segments of families) {
    for (let index = 0; index < segments.count; index++) {
      const id = segments.ids[index] ?? 0
      if (id > 0) lines.push(`${addressAt(segments, index)}\t${lastOf(segments, index)}\t${keyOf(id)}\n`)
    }
  }
  return lines.join('')
}

export interface Listing {
  readonly v4: Segments
  readonly v6: Segments
}

/** Reads a listing back; ids are given out by `idOf`, so that two listings can share them. */
export function readListing(text: string, idOf: (key: string) => number): Listing {
  const v4 = new Rows(4)
  const v6 = new Rows(6)
  for (const line of text.split('\n')) {
    const [first = '', last = '', key = ''] = line.split('\t')
    const family = parseAddress(first)
    if (family === 0) continue
    const begin = parsed.slice()
    if (parseAddress(last) === family) (family === 4 ? v4 : v6).add(begin, parsed, idOf(key), 0)
  }
  return { v4: flatten(v4).segments, v6: flatten(v6).segments }
}

function addressAt(segments: Segments, index: number): string {
  const words = WORDS[segments.family]
  return format(segments.starts.subarray(index * words, (index + 1) * words))
}

/** The address before the next segment's first. */
function lastOf(segments: Segments, index: number): string {
  const words = WORDS[segments.family]
  if (index + 1 === segments.count) return format(new Uint32Array(words).fill(0xffffffff))
  const next = segments.starts.slice((index + 1) * words, (index + 2) * words)
  let word = words - 1
  while (word > 0 && next[word] === 0) next[word--] = 0xffffffff
  next[word] = (next[word] ?? 0) - 1
  return format(next)
}

function format(words: Uint32Array): string {
  const bytes = [...words].flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
  return ipaddr.fromByteArray(bytes).toString()
}
