/**
 * Is wrangler.toml as private as docs/privacy.md says, in every environment? Wrangler's environments inherit some
 * settings and not others, so each is read as wrangler itself would deploy it.
 *
 * Strict on purpose: a setting that keeps the visitor's address out of a log must be written down, not left to a
 * default that the platform may change (a new Worker logs every invocation with its headers unless told otherwise).
 */

import { experimental_readRawConfig, unstable_readConfig } from 'wrangler'
import * as z from 'zod'

export interface ConfigProblem {
  /** `top level` or the name under `[env]`. */
  readonly environment: string
  readonly problem: string
}

const consumers = z.array(z.unknown()).nullish()
const located = z.array(z.object({ binding: z.string(), jurisdiction: z.string().optional() }))

/** What is looked at, of one environment as wrangler resolved it. */
const Environment = z.object({
  send_metrics: z.boolean().optional(),
  logpush: z.boolean().optional(),
  observability: z
    .object({
      logs: z.object({ invocation_logs: z.boolean().optional() }).optional(),
      traces: z.object({ enabled: z.boolean().optional() }).optional(),
    })
    .optional(),
  tail_consumers: consumers,
  streaming_tail_consumers: consumers,
  analytics_engine_datasets: consumers,
  d1_databases: located,
  r2_buckets: located,
  queues: z.object({
    producers: z.array(z.object({ queue: z.string() })).nullish(),
    consumers: z.array(z.object({ queue: z.string(), dead_letter_queue: z.string().optional() })).nullish(),
  }),
})

export type LintedEnvironment = z.infer<typeof Environment>

const RULES: readonly { readonly problem: string; readonly broken: (environment: LintedEnvironment) => boolean }[] = [
  {
    problem: 'invocation logs hold the address of every visitor: [observability.logs] invocation_logs = false',
    broken: ({ observability }) => observability?.logs?.invocation_logs !== false,
  },
  {
    problem: 'traces hold the URL of every request: [observability.traces] enabled = false',
    broken: ({ observability }) => observability?.traces?.enabled !== false,
  },
  { problem: 'a tail consumer receives every request: no tail_consumers', broken: ({ tail_consumers }) => some(tail_consumers) },
  {
    problem: 'a streaming tail consumer receives every request: no streaming_tail_consumers',
    broken: ({ streaming_tail_consumers }) => some(streaming_tail_consumers),
  },
  { problem: 'logpush sends every request away: logpush = false', broken: ({ logpush }) => logpush !== false },
  { problem: "wrangler's metrics are sent: send_metrics = false", broken: ({ send_metrics }) => send_metrics !== false },
  {
    problem: 'a dataset of events keeps what nobody purges: no analytics_engine_datasets',
    broken: ({ analytics_engine_datasets }) => some(analytics_engine_datasets),
  },
  { problem: 'a D1 database outside the EU: jurisdiction = "eu"', broken: ({ d1_databases }) => d1_databases.some(outside) },
  { problem: 'an R2 bucket outside the EU: jurisdiction = "eu"', broken: ({ r2_buckets }) => r2_buckets.some(outside) },
  {
    // wrangler.toml has no field for it: a queue gets its jurisdiction when it is made, so its name has to say it.
    problem:
      'a queue whose name does not say that it was made in the EU: end it with "-eu" (npx wrangler queues create <name>-eu --jurisdiction eu)',
    broken: ({ queues }) => queueNames(queues).some((name) => !name.endsWith('-eu')),
  },
]

const some = (list: readonly unknown[] | null | undefined): boolean => (list ?? []).length > 0
const outside = ({ jurisdiction }: { readonly jurisdiction?: string | undefined }): boolean => jurisdiction !== 'eu'
const queueNames = ({ producers, consumers }: LintedEnvironment['queues']): string[] => [
  ...(producers ?? []).map(({ queue }) => queue),
  ...(consumers ?? []).flatMap(({ queue, dead_letter_queue }) => [queue, ...(dead_letter_queue === undefined ? [] : [dead_letter_queue])]),
]

/** What is wrong with one environment, in words that say what would be right. */
export function lintEnvironment(name: string, environment: LintedEnvironment): readonly ConfigProblem[] {
  return RULES.filter(({ broken }) => broken(environment)).map(({ problem }) => ({ environment: name, problem }))
}

/** All environments of a wrangler.toml; empty where everything is as it must be. */
export function lintConfig(path: string): readonly ConfigProblem[] {
  const { rawConfig } = experimental_readRawConfig({ config: path })
  const names = Object.keys(z.record(z.string(), z.unknown()).parse(rawConfig.env ?? {}))
  return [undefined, ...names].flatMap((env) => {
    const resolved: unknown = unstable_readConfig({ config: path, ...(env !== undefined && { env }) }, { hideWarnings: true })
    return lintEnvironment(env ?? 'top level', Environment.parse(resolved))
  })
}
