import * as z from 'zod/mini'
import { CHORES, readChores } from '../../ledger/chores.ts'
import { readCoverage } from '../../ledger/coverage.ts'
import { lastFlush, readMigrations, shedSince } from '../../ledger/health.ts'
import { addDays, today } from '../../ledger/period.ts'
import { shardsOf } from '../../ledger/shard.ts'
import { readSites } from '../../ledger/sites.ts'
import { POINTER_KEY, readPointer } from '../../ranges/pointer.ts'
import { RELEASE } from '../../release.ts'
import { readSettings } from '../../settings.ts'
import { seesSite } from '../principal.ts'
import { Count, IsoHour, isoHour, isoMinute, NoParams } from './fields.ts'
import { route } from './route.ts'

/**
 * Is it well? Figures and names from closed lists, nothing of any visitor: which version and table serve, when counters
 * were last written, whether the hourly work runs, and why events of the last seven days have no company.
 */

/** Each site costs a handful of queries, and a free plan's request has 50. The others have /coverage. */
const MOST_SITES = 8
const DAYS = 7

const Hour = z.nullable(IsoHour)

export const health = route({
  method: 'get',
  path: '/health',
  id: 'getHealth',
  role: 'viewer',
  site: 'none',
  params: NoParams,
  query: z.strictObject({}),
  body: null,
  answer: z.object({
    version: z.string(),
    now: z.string().check(z.describe('Minute, UTC.')),
    sink: z.enum(['d1', 'queue']),
    migrations: z.array(z.string()),
    table: z.nullable(
      z.object({ version: z.string(), published: z.string(), companies: Count, ranges: Count, oldestSource: z.nullable(z.string()) }),
    ),
    lastFlush: Hour,
    chores: z.array(z.object({ name: z.enum(CHORES), ran: IsoHour, done: Hour, rows: Count })),
    sites: z.array(
      z.object({
        site: z.string(),
        shed: Count,
        reasons: z.array(z.object({ value: z.string(), count: Count })),
        matchRate: z.nullable(z.number()),
      }),
    ),
    moreSites: Count,
  }),
  async handle({ c, desk, now, principal }) {
    const shards = shardsOf(c.env)
    const { counting } = readSettings(c.env)
    const [migrations, pointer, flushed, chores, { byId }] = await Promise.all([
      readMigrations(desk),
      c.env.RANGES.get(POINTER_KEY, { type: 'json', cacheTtl: 60 }).then(readPointer),
      lastFlush(shards.all, now),
      readChores(desk),
      readSites(desk),
    ])
    const sites = [...byId.values()].filter(({ id }) => seesSite(principal, id))
    return {
      version: RELEASE.version,
      now: isoMinute(Math.floor(now / 60_000)),
      sink: counting.sink,
      migrations: [...migrations],
      table: pointer && {
        version: pointer.version,
        published: pointer.created,
        companies: pointer.counts.companies,
        ranges: pointer.counts.ranges,
        oldestSource: pointer.sources.map(({ date }) => date).sort()[0] ?? null,
      },
      lastFlush: flushed === null ? null : isoHour(flushed),
      chores: chores.map(({ name, ran, done, rows }) => ({ name, ran: isoHour(ran), done: done === null ? null : isoHour(done), rows })),
      sites: await Promise.all(
        sites.slice(0, MOST_SITES).map(async ({ id, timeZone, settings }) => {
          const to = today(now, timeZone)
          const from = addDays(to, 1 - DAYS)
          const db = shards.of(id)
          const [{ outcomes, matchRate }, shed] = await Promise.all([
            readCoverage(db, id, { from, to }, to, settings),
            shedSince(db, id, from),
          ])
          return { site: id, shed, reasons: [...outcomes], matchRate }
        }),
      ),
      moreSites: Math.max(0, sites.length - MOST_SITES),
    }
  },
})
