/**
 * Digests of a secret: plain, and with every salt that anybody can know (the day, the site), before it, behind it, or
 * as the key of an HMAC.
 *
 * A search can only find what it can compute. A digest with a secret salt looks like chance; what catches that is
 * the comparison of twins (see `twins.ts`): it would be different for another visitor of the same company.
 */
import { createHash, createHmac } from 'node:crypto'
import type { Pattern } from './search.ts'

export const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'] as const

/** Pieces of a digest are found too, down to this many bytes: less could occur by chance among this many forms. */
const PIECE = 6

export interface Material {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Digest extends Material {
  readonly salted: boolean
}

export function* digests(material: Material, salts: readonly string[]): Generator<Digest> {
  for (const algorithm of ALGORITHMS) {
    const hash = (...parts: (Uint8Array | string)[]): Uint8Array => {
      const state = createHash(algorithm)
      for (const part of parts) state.update(part)
      return state.digest()
    }
    yield { name: `${algorithm} of ${material.name}`, bytes: hash(material.bytes), salted: false }
    for (const salt of salts) {
      yield { name: `${algorithm} of ${salt} + ${material.name}`, bytes: hash(salt, material.bytes), salted: true }
      yield { name: `${algorithm} of ${material.name} + ${salt}`, bytes: hash(material.bytes, salt), salted: true }
      yield { name: `${algorithm} of ${salt}:${material.name}`, bytes: hash(salt, ':', material.bytes), salted: true }
      yield { name: `${algorithm} of ${material.name}:${salt}`, bytes: hash(material.bytes, ':', salt), salted: true }
      yield {
        name: `HMAC-${algorithm} of ${material.name}, key ${salt}`,
        bytes: createHmac(algorithm, salt).update(material.bytes).digest(),
        salted: true,
      }
    }
  }
}

export interface Rendering {
  readonly name: string
  readonly plant: Uint8Array
  readonly patterns: readonly Pattern[]
}

/** A digest as it is stored: raw, hex, base64. The pattern is its first 48 bits, so shortened ones are found too. */
export function renderings(digest: Uint8Array): readonly Rendering[] {
  const piece = digest.subarray(0, PIECE)
  const hex = Buffer.from(digest).toString('hex')
  const base64 = Buffer.from(digest).toString('base64')
  const url = Buffer.from(digest).toString('base64url')
  const text = (name: string, whole: string, length: number): Rendering => ({
    name,
    plant: Buffer.from(whole),
    patterns: [{ bytes: Buffer.from(whole.slice(0, length)) }],
  })
  return [
    { name: 'raw', plant: digest, patterns: [{ bytes: piece }, { bytes: Buffer.from(Buffer.from(piece).toString('latin1'), 'utf8') }] },
    text('hex', hex, PIECE * 2),
    text('HEX', hex.toUpperCase(), PIECE * 2),
    text('base64', base64, (PIECE * 4) / 3),
    ...(base64.slice(0, (PIECE * 4) / 3) === url.slice(0, (PIECE * 4) / 3) ? [] : [text('base64url', url, (PIECE * 4) / 3)]),
  ]
}
