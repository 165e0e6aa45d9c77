import * as z from 'zod/mini'
import { ageOf } from '../../ranges/age.ts'
import { POINTER_KEY, readPointer, type TableVersion, valueKey } from '../../ranges/pointer.ts'
import { REPORT_NAME, readReport, TableReport } from '../../ranges/report.ts'
import { COMPANY_KINDS } from '../../words.ts'
import { Refusal } from '../problem.ts'
import { recorded } from './deed.ts'
import { Count, line, NoParams } from './fields.ts'
import { route } from './route.ts'

/** The range table that serves: what is in it, where it comes from, what was left out, how it fares; and one address asked. */
const Nothing = z.strictObject({})
const Text = z.string()

export const Table = z.object({
  version: Text,
  published: Text.check(z.describe('When it began to serve, ISO 8601.')),
  previous: z.nullable(Text),
  age: z.nullable(z.object({ oldest: Text, days: Count, state: z.enum(['fresh', 'old', 'very-old']) })),
  /** Organisations of each kind: their sum would hide that most kinds are shown only where a site asks. */
  kinds: z.record(Text, Count),
  ranges: Count,
  v4Addresses: Count,
  v6Networks: z.number().check(z.describe('IPv6 networks of the size /56.')),
  bytes: Count,
  sources: z.array(
    z.object({
      name: Text,
      version: Text,
      date: Text,
      licence: Text,
      url: Text,
      attribution: Text,
      credits: z.array(z.object({ text: Text, url: Text })),
    }),
  ),
  report: z.nullable(TableReport),
  health: z.object({
    values: Count.check(z.describe('Values of this version, and how many of them are not in KV.')),
    missing: Count,
    faults: z
      .object({ missing: Count, broken: Count, unreachable: Count })
      .check(z.describe('Values that the isolate which answers could not use just now; counts, never which.')),
    recovered: Count,
  }),
})

export const rangeTable = route({
  method: 'get',
  path: '/ranges',
  id: 'rangeTable',
  role: 'viewer',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({ table: z.nullable(Table) }),
  async handle({ c, house, now }) {
    const kv = c.env.RANGES
    const pointer = readPointer(await kv.get(POINTER_KEY, { type: 'json', cacheTtl: 60 }))
    if (pointer === null) return { table: null }
    const { version, created, previous, counts, sources } = pointer
    const [report, missing] = await Promise.all([kv.get(valueKey(version, REPORT_NAME), 'json'), missingValues(kv, pointer)])
    const { faults, recovered } = house.tableHealth(c.env)
    const { kinds, ranges, v4Addresses, v6Networks, bytes } = counts
    return {
      table: {
        version,
        published: created,
        previous: previous?.version ?? null,
        age: ageOf(sources, now),
        kinds: Object.fromEntries(COMPANY_KINDS.flatMap((kind) => (kinds[kind] === undefined ? [] : [[kind, kinds[kind]]]))),
        ranges,
        v4Addresses,
        v6Networks,
        bytes,
        sources: [...sources],
        report: readReport(report),
        health: { values: Object.keys(pointer.files).length, missing, faults: { ...faults }, recovered },
      },
    }
  },
})

/** How many values of a version KV does not list; a version has fewer than the thousand names of one answer. */
async function missingValues(kv: KVNamespace, { version, files }: TableVersion): Promise<number> {
  const there = new Set((await kv.list({ prefix: valueKey(version, '') })).keys.map(({ name }) => name))
  return Object.keys(files).filter((name) => !there.has(valueKey(version, name))).length
}

const Company = z.object({
  key: Text,
  name: Text,
  kind: z.enum(COMPANY_KINDS),
  domain: z.nullable(Text),
  country: Text,
  city: z.nullable(Text),
  receipt: z.object({
    source: Text,
    licence: Text,
    sourceVersion: Text,
    sourceDate: Text,
    evidence: Text,
    confidence: z.number(),
    tableVersion: Text,
  }),
})

export const lookUpAddress = route({
  method: 'post',
  path: '/ranges/look-up',
  id: 'lookUpAddress',
  role: 'analyst',
  site: 'query',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({ address: line(64) }),
  answer: z.object({
    site: Text,
    why: z.enum(['table', 'rule', 'kind', 'block', 'objection', 'unlisted', 'table-fault']),
    company: z.nullable(Company),
  }),
  async handle(call) {
    const { c, house, site, body } = call
    const { why, company } = await house.lookUp(c.env, body.address.trim(), site.id)
    if (why === 'not-an-address') return new Refusal(400, 'This is no IP address.', 'address')
    // That somebody asked is recorded, what about is not: neither the address nor the answer.
    return recorded(call, { action: 'address.look-up', site: site.id, detail: '' }, async () => ({
      site: site.id,
      why,
      company: company === null ? null : shown(company),
    }))
  },
})

function shown({ key, name, kind, domain, country, city, receipt }: z.infer<typeof Company>): z.infer<typeof Company> {
  return { key, name, kind, domain, country, city, receipt }
}
