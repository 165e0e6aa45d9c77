import * as z from 'zod/mini'

/**
 * The Worker's bindings and variables, parsed once at the door.
 *
 * Fails closed: a secret that is missing or malformed is `null`, and everything under /admin then answers 404
 * instead of guessing. Bindings themselves are not touched here: an objection must reach none of them (P1).
 */
const Secret = z.string().check(z.regex(/^[0-9a-f]{64}$/))

export interface Settings {
  /** Lower-case hex SHA-256 of the admin token; null when no usable secret is configured. */
  readonly adminTokenHash: string | null
  /** What the operator states about this deployment, for the public manifest. */
  readonly stated: { readonly commit: string | null; readonly bundle: string | null; readonly proof: string | null }
}

type Variables = Pick<Env, 'ADMIN_TOKEN_HASH' | 'DOORPLATE_COMMIT' | 'DOORPLATE_BUNDLE' | 'DOORPLATE_PROOF'>

const Stated = z.string().check(z.minLength(1), z.maxLength(200))

export function readSettings(env: Variables): Settings {
  return {
    adminTokenHash: orNull(Secret.safeParse(env.ADMIN_TOKEN_HASH)),
    stated: {
      commit: orNull(Stated.safeParse(env.DOORPLATE_COMMIT)),
      bundle: orNull(Stated.safeParse(env.DOORPLATE_BUNDLE)),
      proof: orNull(Stated.safeParse(env.DOORPLATE_PROOF)),
    },
  }
}

function orNull(parsed: { readonly success: true; readonly data: string } | { readonly success: false }): string | null {
  return parsed.success ? parsed.data : null
}
