/**
 * The admin as it is deployed, over a database that counts: each answer says in its headers how many rows its queries
 * read, how many queries there were and how long the database had to do with them.
 */
import { openAdmin } from '../../../admin/app.tsx'
import { randomBytes } from '../../../admin/house.ts'

interface Meter {
  rows: number
  queries: number
  milliseconds: number
  slowest: number
}

/** One for all requests, as where it is deployed. */
let admin: ReturnType<typeof openAdmin> | undefined

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const meter: Meter = { rows: 0, queries: 0, milliseconds: 0, slowest: 0 }
    admin ??= openAdmin({
      now: () => Number(env.NOW),
      random: randomBytes,
      explain: notHere,
      lookUp: notHere,
      tableHealth: notHere,
      accessKeys: notHere,
    })
    const answer = await admin.fetch(request, { ...env, DB: metered(env.DB, meter) }, ctx)
    // An export reads while it is received: only when it is through are its rows known.
    const body = answer.status === 304 ? null : await answer.arrayBuffer()
    const headers = new Headers(answer.headers)
    headers.set('rows-read', String(meter.rows))
    headers.set('queries', String(meter.queries))
    headers.set('query-ms', String(meter.milliseconds))
    headers.set('slowest-ms', String(meter.slowest))
    return new Response(body, { status: answer.status, headers })
  },
} satisfies ExportedHandler<Env & { readonly NOW: string }>

/** What needs a range table or the network has no place in a benchmark of the ledger. */
function notHere(): never {
  throw new Error('not in this benchmark')
}

function metered(db: D1Database, meter: Meter): D1Database {
  const count = ({ meta }: D1Result): void => {
    meter.rows += meta.rows_read
    meter.queries += 1
    meter.milliseconds += meta.duration
    meter.slowest = Math.max(meter.slowest, meta.duration)
  }
  const statement = (inner: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(inner, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values))
        if (name === 'inner') return target
        if (name === 'all' || name === 'run') {
          return async () => {
            const result = await target.all()
            count(result)
            return result
          }
        }
        if (name === 'first') {
          return async (column?: string) => {
            const result = await target.all<Record<string, unknown>>()
            count(result)
            const [row] = result.results
            return row === undefined ? null : column === undefined ? row : row[column]
          }
        }
        return Reflect.get(target, name, target)
      },
    })
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => statement(target.prepare(sql))
      if (name !== 'batch') return Reflect.get(target, name, target)
      return async (statements: readonly D1PreparedStatement[]) => {
        const results = await target.batch(statements.map((each) => Reflect.get(each, 'inner') as D1PreparedStatement))
        for (const result of results) count(result)
        return results
      }
    },
  })
}
