import { type Shards, shardsOf, shardsOver } from '../../ledger/shard.ts'
import { loadWrangler } from '../start/load-wrangler.ts'
import { withBindings } from '../start/local-bindings.ts'
import { DEFAULT_STATE } from '../start/options.ts'
import { remoteD1 } from './remote-d1.ts'

/** Hands the database to `work`: the local one that `npm start` and `wrangler dev` use, or the deployed one. */
export function withDatabase<T>(remote: boolean, work: (db: D1Database) => Promise<T>, state: string = DEFAULT_STATE): Promise<T> {
  return explained(remote, () => (remote ? work(remoteD1()) : withBindings(state, ({ DB }) => work(DB))))
}

/** The same with all databases of the ledger, where wrangler.toml has several. */
export function withShards<T>(remote: boolean, work: (shards: Shards) => Promise<T>, state: string = DEFAULT_STATE): Promise<T> {
  return explained(remote, async () => {
    if (!remote) return withBindings(state, (bindings) => work(shardsOf(bindings)))
    const all = (await deployedBindings()).map((binding) => remoteD1(undefined, binding))
    return work(shardsOver(all, all[0] ?? remoteD1()))
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

/** `DB`, `DB2`, `DB3` … without a gap, as the Worker takes them. */
async function deployedBindings(): Promise<readonly string[]> {
  const { unstable_readConfig } = await loadWrangler()
  const config: { readonly d1_databases: readonly { readonly binding: string }[] } = unstable_readConfig({}, { hideWarnings: true })
  const bound = new Set(config.d1_databases.map(({ binding }) => binding))
  const names = ['DB']
  while (bound.has(`DB${names.length + 1}`)) names.push(`DB${names.length + 1}`)
  return names
}
