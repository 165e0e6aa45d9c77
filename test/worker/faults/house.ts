import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { type House, openHouse } from '../../../src/collect/house.ts'
import { collect } from '../../../src/collect/router.ts'
import { hourOf } from '../../../src/ledger/clock.ts'
import { type Hit, request } from '../collect/hit.ts'
import { NOW } from '../fixtures.ts'

/** An isolate whose bindings fail as told. Every event is handed over at once, unless a window is given. */
export function isolate(over: Partial<Env> & { readonly now?: () => number } = {}): House {
  const { now = () => NOW, ...bindings } = over
  return openHouse(
    {
      DB: env.DB,
      RANGES: env.RANGES,
      EVENT_LIMIT: env.EVENT_LIMIT,
      LEDGER_FLUSH_MS: '0',
      TOTALS_FLUSH_MS: '0',
      ...bindings,
    } as unknown as Env,
    now,
  )
}

/** Sends an event and waits for everything it set off. @returns the status of the answer. */
export async function event(house: House, hit: Hit = {}): Promise<number> {
  const ctx = createExecutionContext()
  const { status } = await collect(request(hit), () => house, ctx)
  await waitOnExecutionContext(ctx)
  return status
}

/** The same without waiting: what goes on after the answer is handed back. */
export async function answer(house: House, hit: Hit = {}): Promise<{ readonly status: number; readonly after: Promise<unknown> }> {
  const waiting: Promise<unknown>[] = []
  const ctx = { waitUntil: (promise: Promise<unknown>) => waiting.push(promise) } as unknown as ExecutionContext
  const { status } = await collect(request(hit), () => house, ctx)
  return { status, after: Promise.all(waiting) }
}

/** KV that answers as told. */
export function kvThat(get: (key: string) => Promise<ArrayBuffer | null>): KVNamespace {
  return { get } as unknown as KVNamespace
}

export type Call = 'query' | 'batch'

/** D1 with somebody between: `before` may throw or wait, `after` too, when the work was done and only its answer is on the way. */
export function d1That(at: { readonly before?: (call: Call) => unknown; readonly after?: (call: Call) => unknown }): D1Database {
  const through = async <T>(call: Call, work: () => Promise<T>): Promise<T> => {
    await at.before?.(call)
    const result = await work()
    await at.after?.(call)
    return result
  }
  const query = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => query(target.bind(...values))
        if (name === 'all') return () => through('query', () => target.all())
        return name === 'statement' ? target : Reflect.get(target, name, target)
      },
    })
  return new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => query(target.prepare(sql))
      if (name !== 'batch') return Reflect.get(target, name, target)
      return (statements: readonly D1PreparedStatement[]) =>
        through('batch', () => target.batch(statements.map((each) => Reflect.get(each, 'statement') as D1PreparedStatement)))
    },
  })
}

export const HOUR = hourOf(NOW)

/** What the ledger holds of so many views of `/` by Acme. */
export const acme = (count: number) => [expect.objectContaining({ company_key: 'dom:acme.example', hour: HOUR, path: '/', count })]

/** What the totals hold of so many views of `/` by nobody in particular, whoever it was. */
export const nobody = (count: number) =>
  (
    [
      ['activity', 'view'],
      ['country', 'DE'],
      ['device', 'desktop'],
      ['outcome', 'unlisted'],
      ['path', '/'],
      ['source', ''],
    ] as const
  ).map(([dimension, value]) => ({ site_id: 'shop', day: '2026-11-21', dimension, value, count }))
