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
  /** How counters reach D1, and how many milliseconds they are gathered before. */
  readonly counting: { readonly sink: 'd1' | 'queue'; readonly ledgerMs: number; readonly totalsMs: number }
}

const COUNTING = { sink: 'd1', ledgerMs: 1_000, totalsMs: 20_000 } as const satisfies Settings['counting']

type Variables = Pick<
  Env,
  'ADMIN_TOKEN_HASH' | 'SINK' | 'LEDGER_FLUSH_MS' | 'TOTALS_FLUSH_MS' | 'DOORPLATE_COMMIT' | 'DOORPLATE_BUNDLE' | 'DOORPLATE_PROOF'
>

const Stated = z.string().check(z.minLength(1), z.maxLength(200))

/** `waitUntil` ends 30 s after the answer: a longer window would lose what it gathered. */
const Milliseconds = z.pipe(z.string().check(z.regex(/^\d{1,5}$/)), z.pipe(z.transform(Number), z.number().check(z.lte(20_000))))

export function readSettings(env: Variables): Settings {
  return {
    adminTokenHash: orNull(Secret.safeParse(env.ADMIN_TOKEN_HASH)),
    stated: {
      commit: orNull(Stated.safeParse(env.DOORPLATE_COMMIT)),
      bundle: orNull(Stated.safeParse(env.DOORPLATE_BUNDLE)),
      proof: orNull(Stated.safeParse(env.DOORPLATE_PROOF)),
    },
    counting: {
      sink: orNull(z.enum(['d1', 'queue']).safeParse(env.SINK)) ?? COUNTING.sink,
      ledgerMs: orNull(Milliseconds.safeParse(env.LEDGER_FLUSH_MS)) ?? COUNTING.ledgerMs,
      totalsMs: orNull(Milliseconds.safeParse(env.TOTALS_FLUSH_MS)) ?? COUNTING.totalsMs,
    },
  }
}

function orNull<T>(parsed: { readonly success: true; readonly data: T } | { readonly success: false }): T | null {
  return parsed.success ? parsed.data : null
}
