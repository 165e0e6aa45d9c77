import * as z from 'zod/mini'
import { ROLES, type Role } from '../ledger/desk/tokens.ts'
import { CANARY, type SiteId } from '../words.ts'

/** Who asks: a role on some sites. Not of a visitor: of one of the operator's people, or a program of theirs. */
export interface Principal {
  /** Of the token; `bootstrap` for the Worker's secret, `access` for Cloudflare Access. */
  readonly id: string
  /** For the audit log. */
  readonly name: string
  readonly role: Role
  readonly sites: ReadonlySet<string> | '*'
  /** A browser sends its cookie unasked; so what changes something must come from our own pages. */
  readonly ambient: boolean
}

export const OWNER: Omit<Principal, 'ambient'> = { id: 'bootstrap', name: 'owner', role: 'owner', sites: '*' }

/** Whether a role includes another: an owner may what an analyst may, an analyst what a viewer may. */
export function may(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed)
}

/** The canary is nobody's: it is in no list and answers like a site that does not exist. */
export function seesSite({ sites }: Principal, site: SiteId | string): boolean {
  return site !== CANARY && (sites === '*' || sites.has(site))
}

/** Whether all of these sites are the principal's: nobody gives away what he does not have. */
export function covers({ sites }: Principal, others: Principal['sites']): boolean {
  return sites === '*' || (others !== '*' && [...others].every((site) => sites.has(site)))
}

const Sites = z.array(z.string())

/** Sites as a token's row names them; what does not parse is no site. */
export function readScope(stored: string): Principal['sites'] {
  if (stored === '*') return '*'
  try {
    const sites = Sites.safeParse(JSON.parse(stored))
    return new Set(sites.success ? sites.data : [])
  } catch {
    return new Set()
  }
}

export function writeScope(sites: Principal['sites']): string {
  return sites === '*' ? '*' : JSON.stringify([...sites].sort())
}
