import { withBindings } from '../start/local-bindings.ts'
import { DEFAULT_STATE } from '../start/options.ts'
import { remoteD1 } from './remote-d1.ts'

/** Hands the database to `work`: the local one that `npm start` and `wrangler dev` use, or the deployed one. */
export async function withDatabase<T>(remote: boolean, work: (db: D1Database) => Promise<T>, state: string = DEFAULT_STATE): Promise<T> {
  try {
    return await (remote ? work(remoteD1()) : withBindings(state, ({ DB }) => work(DB)))
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('no such table')) throw error
    throw new Error(
      remote
        ? 'The deployed database lacks a table: npx wrangler d1 migrations apply DB --remote'
        : 'The local database lacks a table: npm start makes and migrates it (or: npx wrangler d1 migrations apply DB --local).',
    )
  }
}
