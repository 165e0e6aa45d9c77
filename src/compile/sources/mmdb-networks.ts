/**
 * Every network of a MaxMind DB, in address order. https://maxmind.github.io/MaxMind-DB/
 *
 * mmdb-lib looks single addresses up and says how long the prefix is that answered; so the next network begins behind
 * it, and the whole file is walked without knowing its inside. IPv4 lies at ::/96 of an IPv6 file; the other places
 * where writers put it again (6to4, Teredo, mapped, NAT64) are the same networks under another name and are left out.
 */
import type { Reader, Response } from 'mmdb-lib'
import type { Family } from '../../ranges/address.ts'
import { addressText } from './address-text.ts'

export interface MmdbNetwork {
  readonly family: Family
  /** Of the network; one word of IPv4, four of IPv6. They are the walk's own and change with the next network. */
  readonly first: Uint32Array
  readonly last: Uint32Array
  readonly record: Response
}

export function* mmdbNetworks(reader: Reader<Response>): Generator<MmdbNetwork> {
  yield* walk(reader, 4)
  if (reader.metadata.ipVersion === 6) yield* walk(reader, 6)
}

/** IPv4 in other clothes: word 0 and 1 of the network, and its prefix. */
const ALIASES: readonly { readonly words: readonly number[]; readonly bits: number }[] = [
  { words: [0, 0, 0], bits: 96 },
  { words: [0, 0, 0xffff], bits: 96 },
  { words: [0x0064ff9b, 0, 0], bits: 96 },
  { words: [0x20010000], bits: 32 },
  { words: [0x20020000], bits: 16 },
]

function* walk(reader: Reader<Response>, family: Family): Generator<MmdbNetwork> {
  const words = family === 4 ? 1 : 4
  const first = new Uint32Array(words)
  const last = new Uint32Array(words)
  do {
    const alias = family === 6 ? ALIASES.find((candidate) => isIn(first, candidate)) : undefined
    const [record, bits] = alias ? [null, alias.bits] : reader.getWithPrefixLength(addressText(family, first))
    for (let word = 0; word < words; word++) {
      const host = hostMask(bits - word * 32)
      first[word] = (first[word] ?? 0) & ~host
      last[word] = (first[word] ?? 0) | host
    }
    if (record !== null) yield { family, first, last, record }
  } while (next(last, first))
}

/** The bits of a word that are behind a prefix which has `bits` of this word. */
const hostMask = (bits: number): number => (bits >= 32 ? 0 : bits <= 0 ? 0xffffffff : 0xffffffff >>> bits)

const isIn = (address: Uint32Array, { words, bits }: { readonly words: readonly number[]; readonly bits: number }): boolean =>
  words.every((word, index) => {
    const host = hostMask(bits - index * 32)
    return ((address[index] ?? 0) & ~host) >>> 0 === word
  })

/** Writes the address behind `address` into `into`; false behind the last one. */
function next(address: Uint32Array, into: Uint32Array): boolean {
  into.set(address)
  for (let word = into.length - 1; word >= 0; word--) {
    const value = ((into[word] ?? 0) + 1) >>> 0
    into[word] = value
    if (value !== 0) return true
  }
  return false
}
