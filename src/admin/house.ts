import type { JWTVerifyGetKey } from 'jose'
import type { GateReason } from '../privacy/gate.ts'
import type { CompanyRecord, SiteId } from '../words.ts'

/**
 * What the admin needs from outside its room, handed in by the Worker's entry: the clock, randomness, Cloudflare
 * Access's keys, and the look-up, which lives in `collect` (the only place that opens a visitor address).
 */
export interface AdminHouse {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** So many random bytes. */
  readonly random: (length: number) => Uint8Array<ArrayBuffer>
  /** Runs this request through gate and look-up for a site; stores nothing. */
  readonly explain: (request: Request, env: Env, site: SiteId, consent: boolean) => Promise<Explanation>
  /** Public keys of the Cloudflare Access team with this issuer. */
  readonly accessKeys: (issuer: string) => JWTVerifyGetKey
}

/** What would happen to a page view from here, and why. Never an address or a range. */
export interface Explanation {
  readonly outcome: 'company' | 'counted' | 'blocked'
  readonly reason: GateReason | 'unlisted' | 'rule' | 'kind' | 'bot' | 'listed'
  /** Who the look-up says it is; also where the site does not show the kind. */
  readonly company: CompanyRecord | null
}

export const HEX = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}
