import { type Shards, shardsOf } from '../../ledger/shard.ts'
import { withBindings } from '../start/local-bindings.ts'
import { DEFAULT_STATE } from '../start/options.ts'
import { runWrangler } from '../wrangler.ts'
import { remoteD1 } from './remote-d1.ts'

/** Hands the database to `work`: the local one that `npm start` and `wrangler dev` use, or the deployed one. */
export function withDatabase<T>(remote: boolean, work: (db: D1Database) => Promise<T>, state: string = DEFAULT_STATE): Promise<T> {
  return explained(remote, () => (remote ? work(remoteD1()) : withBindings(state, ({ DB }) => work(DB))))
}

/** The same with all databases of the ledger. @param run an argument for the tests */
export function withShards<T>(
  remote: boolean,
  work: (shards: Shards) => Promise<T>,
  state: string = DEFAULT_STATE,
  run: (words: readonly string[]) => Promise<Buffer> = runWrangler,
): Promise<T> {
  return explained(remote, async () => {
    if (!remote) return withBindings(state, (env) => work(shardsOf(env)))
    // It loads wrangler, which takes a second: not for a command that stays here.
    const { withRemoteLedger } = await import('../ledger/databases.ts')
    return withRemoteLedger(({ shards }) => work(shards), run)
  })
}

async function explained<T>(remote: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('no such table')) throw error
    throw new Error(
      remote
        ? 'The deployed database lacks a table: npx wrangler d1 migrations apply DB --remote'
        : 'The local database lacks a table: npm start makes and migrates it (or: npx wrangler d1 migrations apply DB --local).',
    )
  }
}
