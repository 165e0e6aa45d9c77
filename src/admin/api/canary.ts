import * as z from 'zod/mini'
import { dropCanary, makeCanary, readCanary } from '../../ledger/canary.ts'
import { today } from '../../ledger/period.ts'
import { shardsOf } from '../../ledger/shard.ts'
import { CANARY } from '../../words.ts'
import { HEX } from '../house.ts'
import type { Principal } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { Count, NoParams } from './fields.ts'
import { route } from './route.ts'

/** The canary of `npm run doctor`: a site that no list names, an event on it that is counted, and all of it deleted again. */
const Nothing = z.strictObject({})
const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))
const NOT_YOURS = 'Only an owner of all sites keeps a canary.'

const foreign = ({ sites }: Principal): Refusal | null => (sites === '*' ? null : new Refusal(403, NOT_YOURS))

const common = { path: '/canary', role: 'owner', site: 'none', params: NoParams, query: Nothing, body: null } as const

export const releaseCanary = route({
  ...common,
  method: 'post',
  id: 'releaseCanary',
  summary: 'Makes the canary’s site; events with this Origin are counted there within a minute',
  answer: z.object({ origin: z.string() }),
  async handle({ desk, house, now, principal }) {
    return foreign(principal) ?? { origin: `https://${await makeCanary(desk, HEX(house.random(8)), today(now, 'UTC'))}` }
  },
})

export const watchCanary = route({
  ...common,
  method: 'get',
  id: 'watchCanary',
  summary: 'Every row that was counted for the canary, as it is stored',
  answer: z.object({ ledger: Rows, totals: Rows }),
  async handle({ c, principal }) {
    const refused = foreign(principal)
    if (refused !== null) return refused
    const { ledger, totals } = await readCanary(shardsOf(c.env).of(CANARY))
    return { ledger: [...ledger], totals: [...totals] }
  },
})

export const buryCanary = route({
  ...common,
  method: 'delete',
  id: 'buryCanary',
  summary: 'Deletes the canary’s site and everything counted there; answers how many rows went',
  answer: z.object({ rows: Count }),
  async handle({ c, desk, principal }) {
    return foreign(principal) ?? { rows: await dropCanary(desk, shardsOf(c.env).of(CANARY)) }
  },
})
