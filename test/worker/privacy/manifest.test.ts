import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { RETENTION } from '../../../src/ledger/retention.ts'
import { BUCKETS, COLLECTED, SITE_DEFAULTS } from '../../../src/ledger/settings.ts'
import { manifestOf } from '../../../src/privacy/manifest.ts'
import { BASES, COMPANY_KINDS } from '../../../src/words.ts'
import { BALANCING } from '../fixtures.ts'
import { manifest, PARTIES } from './sources.ts'

const text = z.string().check(z.minLength(1))
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const orNull = z.nullable(text)
const positive = z.int().check(z.positive())

/** Every field of `/.well-known/doorplate.json`, and no other: strict at every level. */
const ManifestShape = z.strictObject({
  product: z.literal('doorplate'),
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+/)),
  released: day,
  statedByTheOperator: z.strictObject({ commit: orNull, bundle: orNull, proof: orNull }),
  site: z.strictObject({
    id: text,
    name: text,
    timeZone: text,
    basis: z.enum(BASES),
    balancingTest: z.nullable(z.strictObject({ date: day, reviewBy: day, template: text })),
    collects: z.strictObject(Object.fromEntries(COLLECTED.map((what) => [what, z.boolean()]))),
    kindsShown: z.array(z.enum(COMPANY_KINDS)),
    totals: z.strictObject({ bucket: z.enum(BUCKETS), k: positive }),
    parties: z.strictObject({ controller: orNull, contact: orNull, dataProtectionOfficer: orNull, authority: orNull, policy: orNull }),
  }),
  objectionsHonoured: z.array(text).check(z.minLength(6)),
  thresholds: z.record(text, positive),
  retention: z.strictObject({ companyLedgerDays: positive, totalsDays: positive, restorePoints: text }),
  stored: z.array(z.strictObject({ table: text, about: text, purpose: text, kept: text, columns: z.record(text, text) })),
  neverStored: z.array(text).check(z.minLength(1)),
  rangeTable: z.nullable(z.strictObject({ version: text, sources: z.array(z.strictObject({ name: text, licence: text, date: day })) })),
  processors: z.array(z.strictObject({ name: text, role: text, place: text })).check(z.minLength(1)),
  logs: z.strictObject({ invocationLogs: z.literal(false), traces: z.literal(false), webServerDays: z.nullable(z.number()), note: text }),
})

/** As it travels: only what JSON can hold. */
const served = (made: unknown): unknown => JSON.parse(JSON.stringify(made))

describe('P10 the manifest', () => {
  test.each(BASES)('P10 has every field and no other on basis %s', (basis) => {
    expect(ManifestShape.safeParse(served(manifest({ basis }))).error).toBeUndefined()
  })

  test('P10 says who is responsible, and nothing of who confirmed the balancing test', () => {
    const made = manifest({ settings: { ...SITE_DEFAULTS, parties: PARTIES, balancing: { ...BALANCING, template: '1' } } })
    expect(made.site.parties).toEqual(PARTIES)
    expect(made.site.balancingTest).toEqual({ date: BALANCING.date, reviewBy: BALANCING.reviewBy, template: '1' })
    expect(JSON.stringify(made)).not.toContain(BALANCING.confirmedBy)
  })

  test('P10 shows each switched-off kind of collection as off, and the figures the purge uses', () => {
    for (const what of COLLECTED) {
      const made = manifest({ settings: { ...SITE_DEFAULTS, collect: { ...SITE_DEFAULTS.collect, [what]: false } } })
      expect(made.site.collects).toEqual({ ...SITE_DEFAULTS.collect, [what]: false })
    }
    expect(manifest().retention).toMatchObject({ companyLedgerDays: RETENTION.ledgerDays, totalsDays: RETENTION.totalsDays })
  })

  test('P10 carries the source, licence and date of the range table, never a range', () => {
    const table = { version: 'a'.repeat(64), sources: [{ name: 'a source', licence: 'CC0', date: '2026-06-17' }] }
    const site = { id: 's', name: 's', basis: 'off', timeZone: 'UTC', settings: SITE_DEFAULTS } as const
    const made = manifestOf(site, { retention: RETENTION, stated: { commit: 'c', bundle: 'b', proof: 'p' }, table })
    expect(made.rangeTable).toEqual(table)
    expect(made.statedByTheOperator).toEqual({ commit: 'c', bundle: 'b', proof: 'p' })
  })
})
