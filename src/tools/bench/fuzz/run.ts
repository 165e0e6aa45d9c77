/** Made-up events through the whole Worker but its sockets, inside workerd, with a real D1; and what they left there. */
import { openHouse } from '../../../collect/house.ts'
import { collect } from '../../../collect/router.ts'
import { openSink } from '../../../ledger/open-sink.ts'
import { shardsOver } from '../../../ledger/shard.ts'
import { type Batch, inputs } from './inputs.ts'

export interface Fuzzed {
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>
  /** Answers that were not the one answer, and promises that were rejected. */
  readonly wrong: readonly string[]
}

/** @param env a database with the site `shop`, and a range table. */
export async function fuzz(env: Env, batch: Batch, now: number): Promise<Fuzzed> {
  // Windows end when they are full, and once more at the end: a write for each event would take hours.
  const waiting: (() => void)[] = []
  const timing = { now: () => now, wait: () => new Promise<void>((resolve) => waiting.push(resolve)), newId: () => crypto.randomUUID() }
  const windows = { sink: 'd1', ledgerMs: 1, totalsMs: 1 } as const
  const house = {
    ...openHouse(env, () => now),
    limit: async () => true,
    sink: openSink(windows, shardsOver([env.DB], env.DB), async () => () => [], null, timing),
  }
  const statuses: Record<number, number> = {}
  const wrong: string[] = []
  let promises: Promise<unknown>[] = []
  const ctx = { waitUntil: (promise: Promise<unknown>) => promises.push(promise) } as unknown as ExecutionContext
  for (const { method, headers, body, country } of inputs(batch)) {
    const request = new Request('https://t.shop.example/e', {
      method,
      headers,
      ...(method !== 'GET' && { body }),
      cf: { country } as unknown as CfProperties,
    })
    const answer = await collect(request, () => house, ctx)
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    const odd = answer.headers.get('cache-control') !== 'no-store' || answer.headers.get('tk') !== 'N' || (await answer.text()) !== ''
    if (odd || answer.status >= 500) wrong.push(JSON.stringify({ status: answer.status, headers, body }))
    if (promises.length >= 5_000) await settle()
  }
  await settle()
  return { statuses, wrong }

  async function settle(): Promise<void> {
    const all = promises
    promises = []
    // Each window that opens has an event that waits for its end.
    const done = Promise.allSettled(all)
    let ended = false
    void done.finally(() => {
      ended = true
    })
    while (!ended) {
      for (const end of waiting.splice(0)) end()
      await env.DB.prepare('SELECT 1').all()
    }
    for (const result of await done) if (result.status === 'rejected') wrong.push('a promise was rejected')
  }
}

/** Rows that do not fit, by what is wrong with them; each query counts some. */
export async function misfits(db: D1Database, mark: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [what, sql] of Object.entries(MISFITS)) {
    const statement = db.prepare(sql)
    counts[what] = (await (sql.includes('?1') ? statement.bind(mark) : statement).first<number>('count')) ?? 0
  }
  return counts
}

const CONTROL = `GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*'`

const MISFITS = {
  'activity of another site or an unknown company': `SELECT count(*) AS count FROM company_activity
     WHERE site_id <> 'shop' OR company_key NOT IN (SELECT company_key FROM companies)`,
  'activity with a path that is none': `SELECT count(*) AS count FROM company_activity
     WHERE (path NOT LIKE '/%' AND path <> '(other)') OR length(path) > 256 OR path LIKE '%?%' OR path LIKE '%#%' OR path ${CONTROL}`,
  'activity with an origin that is none': `SELECT count(*) AS count FROM company_activity
     WHERE length(origin) > 256 OR origin ${CONTROL} OR (origin <> '' AND origin NOT LIKE '/%' AND origin NOT LIKE '%.%' AND origin NOT LIKE '% / %' AND origin <> '(other)')`,
  'activity with a name the site does not list': `SELECT count(*) AS count FROM company_activity WHERE name NOT IN ('', 'datasheet.pdf', '(other)')`,
  'views with a name': `SELECT count(*) AS count FROM company_activity WHERE kind = 'view' AND name <> ''`,
  'figures that cannot be': `SELECT count(*) AS count FROM company_activity
     WHERE count < 1 OR seconds < 0 OR typeof(count) <> 'integer' OR typeof(seconds) <> 'integer' OR typeof(hour) <> 'integer'`,
  'totals of another site or day': `SELECT count(*) AS count FROM site_totals WHERE site_id <> 'shop' OR day NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR count < 1`,
  'totals with a path that is none': `SELECT count(*) AS count FROM site_totals
     WHERE dimension = 'path' AND ((value NOT LIKE '/%' AND value <> '(other)') OR length(value) > 256 OR value LIKE '%?%' OR value ${CONTROL})`,
  'totals with a word that is none': `SELECT count(*) AS count FROM site_totals
     WHERE (dimension = 'country' AND value NOT GLOB '[A-Z][A-Z0-9]')
        OR (dimension = 'device' AND value NOT IN ('desktop', 'phone', 'tablet'))
        OR (dimension = 'activity' AND value NOT IN ('view', 'download', 'outbound', 'form', 'event'))
        OR (dimension = 'outcome' AND value NOT IN ('unlisted', 'sensitive-path', 'rule', 'kind', 'bot', 'shed'))`,
  'totals with a source that is none': `SELECT count(*) AS count FROM site_totals
     WHERE dimension = 'source' AND (length(value) > 253 OR (value <> '' AND value NOT LIKE '%.%' AND value NOT LIKE '% / %' AND value <> '(other)'))`,
  'rows with something of a header': `SELECT (SELECT count(*) FROM company_activity WHERE instr(path || origin || name, ?1) > 0)
     + (SELECT count(*) FROM site_totals WHERE instr(value, ?1) > 0) AS count`,
} as const

/** How many rows and events there are at all: a sample of which nothing got through would show nothing. */
export function left(db: D1Database): Promise<{ activity: number; totals: number } | null> {
  return db
    .prepare(
      `SELECT (SELECT coalesce(sum(count), 0) FROM company_activity) AS activity,
              (SELECT coalesce(sum(count), 0) FROM site_totals WHERE dimension = 'outcome') AS totals`,
    )
    .first()
}
