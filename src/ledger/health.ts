import { hourOf } from './clock.ts'

/** Names of the migrations that were applied, in order; wrangler keeps them in the database itself. */
export async function readMigrations(db: D1Database): Promise<readonly string[]> {
  try {
    const { results } = await db.prepare('SELECT name FROM d1_migrations ORDER BY name').all<{ name: string }>()
    return results.map(({ name }) => name)
  } catch (error) {
    if (error instanceof Error && /no such table/i.test(error.message)) return []
    throw error
  }
}

/** Hour of the newest batch of counters in any of the databases; null where none came in the last 24 hours. */
export async function lastFlush(all: readonly D1Database[], now: number): Promise<number | null> {
  const hours = await Promise.all(all.map((db) => db.prepare('SELECT max(hour) AS hour FROM batches').first<{ hour: number | null }>()))
  const newest = Math.max(...hours.map((row) => row?.hour ?? 0))
  return newest === 0 ? null : Math.min(newest, hourOf(now))
}

/** Events of a site that were shed since a day: counted only as such because too many came. */
export async function shedSince(db: D1Database, site: string, day: string): Promise<number> {
  const row = await db
    .prepare("SELECT sum(count) AS shed FROM site_totals WHERE site_id = ?1 AND day >= ?2 AND dimension = 'outcome' AND value = 'shed'")
    .bind(site, day)
    .first<{ shed: number | null }>()
  return row?.shed ?? 0
}
