/**
 * Everything that must be there before the Worker starts: free ports, a token, the built snippet, the range table,
 * the tables of D1 and the demo site. Each step does nothing where its result is there already.
 */
import { readObjections } from '../../ledger/objections.ts'
import { saveSite } from '../../ledger/sites.ts'
import { buildAssets } from '../build.ts'
import { fillDemo } from '../demo/month/fill.ts'
import { CannotStart } from './cannot-start.ts'
import { DEMO_SITE, demoSite } from './demo-site.ts'
import { forget } from './forget.ts'
import { withBindings } from './local-bindings.ts'
import type { StartOptions } from './options.ts'
import { portsTaken } from './ports.ts'
import type { Progress } from './progress.ts'
import { provideTable } from './range-table.ts'
import { migrate } from './tables.ts'
import { localToken } from './token.ts'

/** @returns the admin token. */
export async function prepare(options: StartOptions, { step }: Progress): Promise<string> {
  const taken = await portsTaken(options.port, options.demoPort)
  if (taken !== null) throw new CannotStart(taken)
  if (options.fresh) await step('Forgetting local data', async () => ({ result: await forget(options) }))
  const token = await localToken(options.token, options.tokenFile)
  if ('wrong' in token) throw new CannotStart(token.wrong)

  await step('Snippet and stylesheet', async () => ({ result: await buildAssets() }))
  await withBindings(options.state, async ({ DB, RANGES }) => {
    await step('Local database', async () => {
      const applied = await migrate(DB, 'migrations')
      await saveSite(DB, demoSite(options.demoPort), new Date().toISOString().slice(0, 10))
      return { result: undefined, remark: applied.join(', ') }
    })
    await step('Range table', async (say) => ({ result: undefined, remark: await provideTable(RANGES, await readObjections(DB), say) }))
    await step('Demo month', async () => ({ result: undefined, remark: await fillDemo(DB, RANGES, DEMO_SITE, Date.now()) }))
  })
  return token.token
}
