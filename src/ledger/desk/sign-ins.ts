import type { TokenRow } from './tokens.ts'

/** Browsers signed in to the admin. The cookie holds 256 random bits, the table their SHA-256. */
export const BOOTSTRAP = 'bootstrap'

export async function addSignIn(db: D1Database, hash: string, tokenId: string, expires: number): Promise<void> {
  await db.prepare('INSERT INTO sign_ins (hash, token_id, expires) VALUES (?1, ?2, ?3)').bind(hash, tokenId, expires).run()
}

export type SignIn = { readonly tokenId: typeof BOOTSTRAP } | { readonly tokenId: string; readonly token: TokenRow }

/** The sign-in with this hash and the token it stands for, while both may be used. */
export async function findSignIn(db: D1Database, hash: string, hour: number): Promise<SignIn | null> {
  const row = await db
    .prepare(
      `SELECT s.token_id AS tokenId, t.id, t.name, t.role, t.sites, t.created, t.expires, t.last_used AS lastUsed, t.revoked
         FROM sign_ins s LEFT JOIN tokens t ON t.id = s.token_id
        WHERE s.hash = ?1 AND s.expires > ?2
          AND (s.token_id = 'bootstrap' OR (t.revoked IS NULL AND (t.expires IS NULL OR t.expires > ?2)))`,
    )
    .bind(hash, hour)
    .first<TokenRow & { readonly tokenId: string; readonly id: string | null }>()
  if (row === null) return null
  if (row.tokenId === BOOTSTRAP) return { tokenId: BOOTSTRAP }
  return row.id === null ? null : { tokenId: row.tokenId, token: row }
}

export async function removeSignIn(db: D1Database, hash: string): Promise<void> {
  await db.prepare('DELETE FROM sign_ins WHERE hash = ?1').bind(hash).run()
}

/** How many browsers are signed in, by the token each was signed in with. */
export async function countSignIns(db: D1Database, hour: number): Promise<ReadonlyMap<string, number>> {
  const { results } = await db
    .prepare('SELECT token_id AS token, count(*) AS count FROM sign_ins WHERE expires > ?1 GROUP BY token_id')
    .bind(hour)
    .all<{ token: string; count: number }>()
  return new Map(results.map(({ token, count }) => [token, count]))
}

/** Signs every browser of a token out. @returns how many. */
export async function endSignIns(db: D1Database, tokenId: string): Promise<number> {
  return (await db.prepare('DELETE FROM sign_ins WHERE token_id = ?1 RETURNING 1').bind(tokenId).all()).results.length
}

/** How many sign-ins were refused in this hour, all together. */
export async function failuresIn(db: D1Database, hour: number): Promise<number> {
  return (await db.prepare('SELECT count FROM sign_in_failures WHERE hour = ?1').bind(hour).first<number>('count')) ?? 0
}

export async function countFailure(db: D1Database, hour: number): Promise<void> {
  await db.prepare('INSERT INTO sign_in_failures (hour, count) VALUES (?1, 1) ON CONFLICT DO UPDATE SET count = count + 1').bind(hour).run()
}
