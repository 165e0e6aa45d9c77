/**
 * Cloudflare Access, as far as a Worker sees it: a team with keys of its own, and the assertion it adds to a request. The
 * assertion's claims are sentinels, so that it is found wherever it is kept, whole or unpacked.
 */
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { ACCESS_CLAIMS } from './sentinels.ts'

const ISSUER = 'https://canary.cloudflareaccess.com'
const AUDIENCE = 'f0e1d2c3b4a5968778695a4b3c2d1e0f'
const WHO = 'operator@canary.example'

/** The Worker's settings for it. */
export const ACCESS_VARIABLES = {
  ACCESS_ISSUER: ISSUER,
  ACCESS_AUDIENCE: AUDIENCE,
  ACCESS_ROLES: JSON.stringify([{ who: WHO, role: 'owner' }]),
} as const

/** Where the Worker asks for the team's keys: the one request that signing in may make. */
export const ACCESS_KEYS = `${ISSUER}/cdn-cgi/access/certs`

export interface AccessTeam {
  /** What the team answers under {@link ACCESS_KEYS}. */
  readonly keys: string
  /** The request's header for somebody the team knows; `nobody` has no role here. */
  vouch(who?: 'operator' | 'nobody'): Promise<Readonly<Record<string, string>>>
}

export async function openTeam(now: Date): Promise<AccessTeam> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'canary', alg: 'ES256', use: 'sig' }
  return {
    keys: JSON.stringify({ keys: [jwk] }),
    async vouch(who = 'operator') {
      const assertion = await new SignJWT({ ...ACCESS_CLAIMS, email: who === 'operator' ? WHO : 'nobody@canary.example' })
        .setProtectedHeader({ alg: 'ES256', kid: 'canary' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(new Date(now.getTime() + 3_600_000))
        .sign(privateKey)
      return { 'Cf-Access-Jwt-Assertion': assertion }
    },
  }
}
