import { hourOf } from './clock.ts'

/**
 * What cron last did, and whether it worked: a row a chore, written once an hour. Before its migration has run nothing is
 * written and nobody is told anything.
 */
export const CHORES = ['renamed', 'objecting', 'purge', 'desk', 'canary'] as const
export type Chore = (typeof CHORES)[number]

export interface ChoreDone {
  readonly name: Chore
  /** Rows or companies it came to; null where it failed. */
  readonly rows: number | null
}

/** Hours since 1970 UTC. */
export interface ChoreRow {
  readonly name: Chore
  readonly ran: number
  readonly done: number | null
  readonly rows: number
}

export async function writeChores(db: D1Database, chores: readonly ChoreDone[], now: number): Promise<void> {
  const list = JSON.stringify(chores.map(({ name, rows }) => [name, rows]))
  await db
    .prepare(
      `INSERT INTO chores (name, ran, done, rows)
       SELECT value ->> 0, ?2, iif(value ->> 1 IS NULL, NULL, ?2), coalesce(value ->> 1, 0) FROM json_each(?1) WHERE true
       ON CONFLICT (name) DO UPDATE SET ran = excluded.ran, done = coalesce(excluded.done, done),
         rows = iif(excluded.done IS NULL, rows, excluded.rows)`,
    )
    .bind(list, hourOf(now))
    .run()
}

export async function readChores(db: D1Database): Promise<ChoreRow[]> {
  try {
    return (await db.prepare('SELECT name, ran, done, rows FROM chores ORDER BY name').all<ChoreRow>()).results
  } catch (error) {
    if (error instanceof Error && /no such table/i.test(error.message)) return []
    throw error
  }
}
