import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as z from 'zod/mini'
import { ROLES, type Role } from '../ledger/desk/tokens.ts'
import type { Principal } from './principal.ts'

/**
 * Cloudflare Access: the JWT it adds to a request, verified by signature, issuer and audience, and mapped to a role.
 * Its keys are fetched from the team's own address and rotate; jose keeps them and asks again for one it does not know.
 * This is the admin's only request to the outside, and never on behalf of a visitor (P9).
 */
export interface AccessVariables {
  /** `https://<team>.cloudflareaccess.com` */
  readonly ACCESS_ISSUER?: string
  /** Application audience tag. */
  readonly ACCESS_AUDIENCE?: string
  /** JSON: who may what, the first that fits: `[{"who": "ann@example.com", "role": "owner"}, {"who": "*@example.com", "role": "viewer", "sites": ["shop"]}]`. */
  readonly ACCESS_ROLES?: string
}

const Grant = z.strictObject({
  who: z.string().check(z.minLength(3), z.maxLength(254)),
  role: z.enum(ROLES),
  sites: z.optional(z.array(z.string())),
})

export interface AccessSettings {
  readonly issuer: string
  readonly audience: string
  readonly grants: readonly { readonly who: string; readonly role: Role; readonly sites?: readonly string[] | undefined }[]
}

/** Null unless all three are there and fit: half an identity provider is none. */
export function readAccess(env: AccessVariables): AccessSettings | null {
  const issuer = z
    .string()
    .check(z.regex(/^https:\/\/[a-z0-9-]+\.cloudflareaccess\.com$/))
    .safeParse(env.ACCESS_ISSUER)
  const audience = z.string().check(z.minLength(16)).safeParse(env.ACCESS_AUDIENCE)
  const grants = z
    .array(Grant)
    .check(z.minLength(1))
    .safeParse(parseJson(env.ACCESS_ROLES ?? ''))
  if (!issuer.success || !audience.success || !grants.success) return null
  return { issuer: issuer.data, audience: audience.data, grants: grants.data }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const ACCESS_HEADER = 'Cf-Access-Jwt-Assertion'

/** Who Access says it is; null for a token that does not verify or a person without a grant. */
export async function readAssertion(
  jwt: string,
  { issuer, audience, grants }: AccessSettings,
  keys: JWTVerifyGetKey,
  now: number,
): Promise<Principal | null> {
  try {
    const { payload } = await jwtVerify(jwt, keys, {
      issuer,
      audience,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(now),
    })
    const { email, common_name: service } = payload
    const who = typeof email === 'string' ? email.toLowerCase() : typeof service === 'string' ? service : null
    const grant = who === null ? undefined : grants.find((each) => fits(each.who, who))
    if (who === null || grant === undefined) return null
    return { id: 'access', name: who, role: grant.role, sites: grant.sites === undefined ? '*' : new Set(grant.sites), ambient: true }
  } catch {
    return null
  }
}

/** `*@example.com` for everybody of a domain, otherwise the very address. */
function fits(pattern: string, who: string): boolean {
  const wanted = pattern.toLowerCase()
  return wanted.startsWith('*@') ? who.endsWith(wanted.slice(1)) : who === wanted
}

const sets = new Map<string, JWTVerifyGetKey>()

/** The team's keys, kept for the isolate's life. */
export function remoteKeys(issuer: string): JWTVerifyGetKey {
  const known = sets.get(issuer) ?? createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`))
  sets.set(issuer, known)
  return known
}
