import { HEX } from './house.ts'

/** Tokens, sign-ins and invitations: 256 random bits each, of which only the SHA-256 is ever kept. */
export type SecretPrefix = 'dp_' | 'dpi_'

export function mint(prefix: SecretPrefix, random: (length: number) => Uint8Array): string {
  const text = btoa(String.fromCharCode(...random(32)))
  return prefix + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export async function sha256(text: string): Promise<string> {
  return HEX(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** Compares hashes in constant time: how long it takes says nothing about how much of a token was right. */
export function sameHash(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}
