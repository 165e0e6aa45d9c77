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
  /** How *Check my installation* fetches a page of the site; the platform's own `fetch` unless a test says otherwise. */
  readonly send?: (request: Request) => Promise<Response>
  /** What rules, objections and range table say of an address that an operator typed; keeps nothing. */
  readonly lookUp: (env: Env, address: string, site: SiteId) => Promise<TypedAnswer>
  /** How the range table fares in this isolate. */
  readonly tableHealth: (env: Env) => TableHealth
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

/** Who an address belongs to, or why it is nobody's. */
export interface TypedAnswer {
  readonly why: 'table' | 'rule' | 'kind' | 'block' | 'objection' | 'unlisted' | 'not-an-address' | 'table-fault'
  /** Also where the site does not show the kind. */
  readonly company: CompanyRecord | null
}

/** Counts, never which value: a shard's number would say something about who was looked up (P2). */
export interface TableHealth {
  readonly heldValues: number
  readonly heldBytes: number
  readonly reads: number
  readonly faults: { readonly missing: number; readonly broken: number; readonly unreachable: number }
  readonly recovered: number
}

export const HEX = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}
