import * as z from 'zod/mini'
import { dropCanary, keepCanary } from '../../ledger/canary.ts'
import { today } from '../../ledger/period.ts'
import { shardsOf } from '../../ledger/shard.ts'
import { CANARY } from '../../words.ts'
import { HEX } from '../house.ts'
import { Refusal } from '../problem.ts'
import { Count, NoParams } from './fields.ts'
import { type RawCall, route } from './route.ts'

/** The canary of `npm run doctor`: a site that no list names, an event on it that is counted, and all of it deleted again. */
const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))

const common = { path: '/canary', role: 'owner', site: 'none', params: NoParams, query: NoParams, body: null } as const

const counters = ({ c, principal }: Pick<RawCall, 'c' | 'principal'>): D1Database | Refusal =>
  principal.sites === '*' ? shardsOf(c.env).of(CANARY) : new Refusal(403, 'Only an owner of all sites makes new ones.')

export const watchCanary = route({
  ...common,
  method: 'post',
  id: 'watchCanary',
  answer: z.object({ origin: z.string(), ledger: Rows, totals: Rows }),
  async handle(call) {
    const db = counters(call)
    return db instanceof Refusal ? db : keepCanary(call.desk, db, HEX(call.house.random(8)), today(call.now, 'UTC'))
  },
})

export const buryCanary = route({
  ...common,
  method: 'delete',
  id: 'buryCanary',
  answer: z.object({ rows: Count }),
  async handle(call) {
    const db = counters(call)
    return db instanceof Refusal ? db : { rows: await dropCanary(call.desk, db) }
  },
})
