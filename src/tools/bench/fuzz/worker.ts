/** The fuzzer inside workerd: one request, one seed. */
import { MARK } from './inputs.ts'
import { fuzz, left, misfits } from './run.ts'

export interface Asked {
  readonly seed: number
  readonly count: number
  readonly now: number
  readonly listed: string
}

export type Answered = Awaited<ReturnType<typeof run>>

async function run(env: Env, { seed, count, now, listed }: Asked) {
  const { statuses, wrong } = await fuzz(env, { seed, count, listed }, now)
  return { statuses, wrong: wrong.slice(0, 5), misfits: await misfits(env.DB, MARK), left: await left(env.DB) }
}

export default {
  async fetch(request, env): Promise<Response> {
    return Response.json(await run(env, await request.json()))
  },
} satisfies ExportedHandler<Env>
