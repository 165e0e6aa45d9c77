/**
 * D1 and KV of this machine, the very files that `wrangler dev` opens, without a Worker around them.
 */
import { join } from 'node:path'
import { loadWrangler } from './load-wrangler.ts'

export interface LocalBindings {
  readonly DB: D1Database
  readonly RANGES: KVNamespace
}

/** Opens the bindings, hands them to `work` and closes them again whatever happens. */
export async function withBindings<T>(state: string, work: (bindings: LocalBindings) => Promise<T>): Promise<T> {
  const { getPlatformProxy } = await loadWrangler()
  // `wrangler dev --persist-to DIR` keeps its files in DIR/v3; here that part must be said.
  const proxy = await getPlatformProxy<{ DB: D1Database; RANGES: KVNamespace }>({
    persist: { path: join(state, 'v3') },
    envFiles: [],
  })
  try {
    return await work(proxy.env)
  } finally {
    await proxy.dispose()
  }
}
