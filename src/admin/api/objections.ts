import * as z from 'zod/mini'
import { keyOfWord, objectionRow } from '../../company-objection.ts'
import { ALL_SITES } from '../../ledger/desk/audit.ts'
import { forgetObjecting, knownUnder, readObjections, saveObjection, withdrawObjection } from '../../ledger/objections.ts'
import { today } from '../../ledger/period.ts'
import { shardsOf } from '../../ledger/shard.ts'
import type { CompanyKey } from '../../words.ts'
import { Refusal } from '../problem.ts'
import { recorded } from './deed.ts'
import { Count, Key, line, NoParams } from './fields.ts'
import { type Call, route } from './route.ts'

/**
 * Companies that objected: never named again, on no site. They concern all sites at once, so only an owner of all of them
 * sees and changes the list (P8). The same as `npm run companies -- object`, without its proof by DNS.
 */
const Nothing = z.strictObject({})
const Text = z.string()

const ObjectionShape = z.object({
  key: Text,
  names: z.array(Text),
  domains: z.array(Text),
  created: Text,
  why: Text,
  proof: z.nullable(Text),
})

const NOT_ALL = new Refusal(403, 'An objection binds every site: this needs an owner of all sites.')
const ownsAll = ({ principal }: Pick<Call<unknown, unknown, unknown, unknown>, 'principal'>): boolean => principal.sites === '*'

export const objections = route({
  method: 'get',
  path: '/objections',
  id: 'listObjections',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ objections: z.array(ObjectionShape) }),
  async handle(call) {
    if (!ownsAll(call)) return NOT_ALL
    const rows = await readObjections(call.desk)
    return { objections: rows.map(({ names, domains, ...row }) => ({ ...row, names: [...names], domains: [...domains] })) }
  },
})

export const saveObjectionRoute = route({
  method: 'post',
  path: '/objections',
  id: 'saveObjection',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({
    company: line(220).check(z.describe('Domain, or company key.')),
    names: z._default(z.array(line(200)).check(z.maxLength(20)), []),
    domains: z._default(z.array(line(253)).check(z.maxLength(20)), []),
    why: line(200),
  }),
  answer: z.object({ ...ObjectionShape.def.shape, deletedOnSites: Count }),
  async handle(call) {
    if (!ownsAll(call)) return NOT_ALL
    const { c, desk, body, now } = call
    const shards = shardsOf(c.env)
    const word = body.company.trim()
    const key = keyOfWord(word)
    const known = key === null ? null : await knownUnder(shards, key)
    const row = objectionRow({ ...body, word, proof: null, known, today: today(now, 'UTC') })
    if ('unfit' in row) {
      const field = row.unfit === word ? 'company' : 'domains'
      return new Refusal(
        400,
        `"${field}" does not fit: write a domain like example.com${field === 'company' ? ', or a company key' : ''}.`,
        field,
      )
    }
    const deletedOnSites = await recorded(
      call,
      { action: 'objection.save', site: ALL_SITES, detail: '' },
      async () => {
        await saveObjection(desk, row)
        return forgetObjecting(shards)
      },
      Number,
    )
    return { ...row, names: [...row.names], domains: [...row.domains], deletedOnSites }
  },
})

export const liftObjection = route({
  method: 'delete',
  path: '/objections/{key}',
  id: 'liftObjection',
  role: 'owner',
  site: 'none',
  params: z.strictObject({ key: Key }),
  query: Nothing,
  body: null,
  answer: z.object({ done: z.boolean() }),
  async handle(call) {
    if (!ownsAll(call)) return NOT_ALL
    const { desk, params } = call
    const deed = { action: 'objection.lift', site: ALL_SITES, detail: '' } as const
    const gone = await recorded(call, deed, () => withdrawObjection(desk, params.key as CompanyKey), Number)
    return gone ? { done: true } : new Refusal(404, 'No company objected under this key. GET /admin/api/objections lists them.', 'key')
  },
})
