/** The trials inside workerd, where D1 answers in a fraction of a millisecond: one request, one trial. */
import { purge } from '../../../ledger/retention.ts'
import { shardsOver } from '../../../ledger/shard.ts'
import { differing, expectedRows, storedRows } from './expected.ts'
import { type Traffic, traffic, ZONE } from './traffic.ts'
import { runTrial, type Trial } from './trial.ts'

export interface Asked {
  readonly trial: Omit<Trial, 'databases'>
  readonly traffic: Traffic
  /** Purge everything afterwards, and count it. */
  readonly purgeAt?: number
}

export type Answered = Awaited<ReturnType<typeof run>>

async function run({ trial, traffic: shape, purgeAt }: Asked, databases: readonly D1Database[]) {
  const outcome = await runTrial({ ...trial, databases }, traffic(shape))
  const wrong = differing(expectedRows(traffic(shape), ZONE), await storedRows(databases))
  const [primary] = databases
  const gone = purgeAt === undefined || primary === undefined ? null : await purge(shardsOver(databases, primary), purgeAt)
  const deleted = gone === null ? 0 : Object.values(gone).reduce((sum, rows) => sum + rows, 0)
  const left = purgeAt === undefined ? null : (await storedRows(databases)).size
  return { ...outcome, wrong: wrong.slice(0, 20), deleted, left }
}

export default {
  async fetch(request, env): Promise<Response> {
    return Response.json(await run(await request.json(), Object.values(env)))
  },
} satisfies ExportedHandler<Record<string, D1Database>>
