/** What Cloudflare itself says of the deployed Worker, asked with an API token that may read Workers scripts and D1. */
import * as z from 'zod'
import { type Check, ok, type Result, unknown, wrong } from './finding.ts'

export interface Account {
  readonly account: string | undefined
  readonly token: string | undefined
  readonly base: string
  /** Name of the Worker. */
  readonly script: string
}

const Logs = z.object({
  observability: z
    .object({
      enabled: z.boolean().optional(),
      logs: z.object({ enabled: z.boolean().optional(), invocation_logs: z.boolean().optional() }).nullish(),
      traces: z.object({ enabled: z.boolean().optional() }).nullish(),
    })
    .nullish(),
  logpush: z.boolean().nullish(),
  tail_consumers: z.array(z.unknown()).nullish(),
  bindings: z.array(z.object({ type: z.string(), name: z.string(), id: z.string().optional() })),
})
type Settings = z.infer<typeof Logs>

const ASK = 'set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN (read Workers scripts and D1) to have it looked at'

export function accountChecks({ account, token, base, script }: Account): readonly Check[] {
  async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = await fetch(`${base}/accounts/${account}${path}`, { headers: { Authorization: `Bearer ${token}` } })
    const parsed = z.object({ success: z.literal(true), result: schema }).safeParse(await answer.json().catch(() => null))
    if (!answer.ok || !parsed.success)
      throw new Error(`Cloudflare answers ${answer.status}: is the token for this account, and is the Worker called "${script}"?`)
    return parsed.data.result
  }
  const settings = () => get(`/workers/scripts/${script}/settings`, Logs)
  const known = account !== undefined && token !== undefined
  const asked = (look: () => Promise<Result>) => (known ? look : () => unknown(ASK))
  return [
    { name: 'logs and traces there', look: asked(async () => logs(await settings())) },
    { name: 'bindings there', look: asked(async () => bound(await settings())) },
    {
      name: 'jurisdiction there',
      look: asked(async () => {
        const { bindings } = await settings()
        for (const { name, id } of bindings.filter(({ type }) => type === 'd1')) {
          const { jurisdiction } = await get(`/d1/database/${id}`, z.object({ jurisdiction: z.string().nullish() }))
          if (jurisdiction !== 'eu')
            return wrong(
              `${name} was not made in the EU jurisdiction: npm run ledger -- export FILE --remote, npm run teardown, npm run setup, import`,
            )
        }
        return ok('the database is in the EU')
      }),
    },
    {
      name: 'trigger there',
      look: asked(async () => {
        const { schedules } = await get(
          `/workers/scripts/${script}/schedules`,
          z.object({ schedules: z.array(z.object({ cron: z.string() })) }),
        )
        return schedules.length > 0
          ? ok(schedules.map(({ cron }) => cron).join(', '))
          : wrong('no cron trigger, so nothing is ever deleted: npx wrangler triggers deploy --env=""')
      }),
    },
  ]
}

function logs({ observability, logpush, tail_consumers }: Settings): Result {
  const todo = 'npm run deploy sets it as wrangler.toml says; then keep it off in the dashboard (Settings → Observability)'
  if (observability?.enabled === true && observability.logs?.invocation_logs !== false)
    return wrong(`invocation logs are on, they hold every visitor’s address: ${todo}`)
  if (observability?.logs?.enabled === true && observability.logs.invocation_logs !== false)
    return wrong(`invocation logs are on, they hold every visitor’s address: ${todo}`)
  if (observability?.traces?.enabled === true) return wrong(`traces are on, they hold every request’s URL: ${todo}`)
  if (logpush === true) return wrong(`Logpush is on, it sends every request away: ${todo}`)
  if ((tail_consumers ?? []).length > 0) return wrong(`a tail Worker receives every request: ${todo}`)
  return ok('off')
}

function bound({ bindings }: Settings): Result {
  const there = new Set(bindings.map(({ name }) => name))
  const missing = ['DB', 'RANGES', 'EVENT_LIMIT'].find((name) => !there.has(name))
  if (missing !== undefined) return wrong(`the binding ${missing} is missing: npm run deploy`)
  return there.has('ADMIN_TOKEN_HASH')
    ? ok('database, range table, rate limit, secret')
    : wrong('the secret ADMIN_TOKEN_HASH is missing: npm run setup -- --new-token')
}
