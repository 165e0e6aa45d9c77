import * as z from 'zod/mini'
import { ALL_SITES } from '../../ledger/desk/audit.ts'
import { eraseCounters, eraseSettings } from '../../ledger/desk/erase.ts'
import { today } from '../../ledger/period.ts'
import { Settings } from '../../ledger/settings.ts'
import { validTimeZone } from '../../ledger/site.ts'
import { readDraft, readSites, type SiteDraft, SiteRefused, saveSite } from '../../ledger/sites.ts'
import { BASES, CANARY, type SiteId } from '../../words.ts'
import { seesSite } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { ErasedShape, RESTORE_NOTE, rowsIn } from './company.ts'
import { type Doer, recorded } from './deed.ts'
import { line, NoParams, Slug } from './fields.ts'
import { route } from './route.ts'
import { names, tagOf } from './tag.ts'

/** Sites: who they are, on what basis, what is collected, how long it is kept. */
const Nothing = z.strictObject({})
const IdParams = z.strictObject({ id: Slug })
const Host = z
  .string()
  .check(z.maxLength(253), z.regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i, 'a host looks like www.example.com'))

const SiteBody = {
  name: line(100),
  basis: z.enum(BASES),
  timeZone: line(64).check(z.refine(validTimeZone, 'write it like Europe/Berlin')),
  pageHosts: z.array(Host).check(z.minLength(1), z.maxLength(100)),
  endpointHosts: z.array(Host).check(z.maxLength(20)),
  settings: Settings,
}

const SiteShape = z.object({ id: z.string(), ...SiteBody, pageHosts: z.array(z.string()), endpointHosts: z.array(z.string()) })

export const sites = route({
  method: 'get',
  path: '/sites',
  id: 'listSites',
  role: 'viewer',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: null,
  answer: z.object({
    sites: z.array(z.object({ id: z.string(), name: z.string(), basis: z.enum(BASES), timeZone: z.string() })),
  }),
  async handle({ desk, principal }) {
    const { byId } = await readSites(desk)
    const seen = [...byId.values()].filter((site) => seesSite(principal, site.id))
    return { sites: seen.map(({ id, name, basis, timeZone }) => ({ id, name, basis, timeZone })) }
  },
})

export const site = route({
  method: 'get',
  path: '/sites/{id}',
  id: 'getSite',
  role: 'viewer',
  site: 'path',
  params: IdParams,
  query: Nothing,
  body: null,
  answer: SiteShape,
  handle: ({ desk, site }) => shape(desk, site.id),
})

async function shape(db: D1Database, id: SiteId): Promise<z.infer<typeof SiteShape> | Refusal> {
  const draft = await readDraft(db, id)
  if (draft === null) return new Refusal(404, 'There is no such site.', 'id')
  const settings = Settings.safeParse(draft.settings)
  if (!settings.success) return new Refusal(409, 'The stored settings of this site do not fit; the site is off. Save it anew.', 'settings')
  return { ...draft, pageHosts: [...draft.pageHosts], endpointHosts: [...draft.endpointHosts], settings: settings.data }
}

export const createSite = route({
  method: 'post',
  path: '/sites',
  id: 'createSite',
  role: 'owner',
  site: 'none',
  params: NoParams,
  query: Nothing,
  body: z.strictObject({ id: Slug, ...SiteBody }),
  answer: SiteShape,
  async handle(call) {
    const { desk, body, principal } = call
    if (principal.sites !== '*') return new Refusal(403, 'Only an owner of all sites makes new ones.')
    if (body.id === CANARY) return new Refusal(409, 'This id is reserved for npm run doctor.', 'id')
    const draft = { ...body, settings: body.settings }
    if ((await readDraft(desk, body.id as SiteId)) !== null) return new Refusal(409, 'There is a site with this id already.', 'id')
    return save(call, draft, `basis ${draft.basis}`, 'site.create')
  },
})

export const changeSite = route({
  method: 'put',
  path: '/sites/{id}',
  id: 'changeSite',
  role: 'owner',
  site: 'path',
  params: IdParams,
  query: Nothing,
  body: z.strictObject(SiteBody),
  answer: SiteShape,
  async handle(call) {
    const { c, desk, site, body } = call
    if (await changedMeanwhile(c.req.header('if-match'), desk, site.id)) return CHANGED
    const before = await readDraft(desk, site.id)
    const draft = { ...body, id: site.id }
    return save(call, draft, changesOf(before, draft), 'site.change')
  },
})

const CHANGED = new Refusal(412, 'Somebody changed this site since you read it: read it again, then make your change.', 'If-Match')

/** A site is replaced as a whole, so that a colleague's change could be undone unseen. @param expected the `ETag` it was read with */
async function changedMeanwhile(expected: string | undefined, db: D1Database, id: SiteId): Promise<boolean> {
  if (expected === undefined || expected === '*') return false
  const now = await shape(db, id)
  return now instanceof Refusal || !names(expected, await tagOf(JSON.stringify(now)))
}

/** Names of what changed; of the basis both values, which are words of a closed list. */
function changesOf(before: SiteDraft | null, after: SiteDraft): string {
  if (before === null) return ''
  const was = Settings.safeParse(before.settings)
  const old: Record<string, unknown> = was.success ? was.data : {}
  const now = Object.entries(after.settings).filter(([name, value]) => JSON.stringify(old[name]) !== JSON.stringify(value))
  const changed = (['name', 'timeZone', 'pageHosts', 'endpointHosts'] as const).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const basis = before.basis === after.basis ? [] : [`basis ${before.basis} → ${after.basis}`]
  return [...basis, ...changed, ...now.map(([name]) => name)].join(', ')
}

async function save(
  doer: Doer,
  draft: SiteDraft,
  detail: string,
  action: 'site.create' | 'site.change',
): Promise<z.infer<typeof SiteShape> | Refusal> {
  const { desk, now } = doer
  const taken = await hostTaken(desk, draft)
  if (taken !== null) return taken
  const site = draft.id as SiteId
  try {
    await recorded(doer, { action, site, detail }, () => saveSite(desk, draft, today(now, 'UTC')))
  } catch (error) {
    if (error instanceof SiteRefused) return new Refusal(422, error.message, 'basis', error.lacks ?? undefined)
    throw error
  }
  return shape(desk, site)
}

/** A host belongs to one site: a second would take its visitors. Whose it is, is not said. */
async function hostTaken(db: D1Database, draft: SiteDraft): Promise<Refusal | null> {
  const { byPageHost, byEndpointHost } = await readSites(db)
  for (const [field, hosts, owners] of [
    ['pageHosts', draft.pageHosts, byPageHost],
    ['endpointHosts', draft.endpointHosts, byEndpointHost],
  ] as const) {
    const lower = hosts.map((host) => host.toLowerCase())
    if (new Set(lower).size !== lower.length) return new Refusal(400, `"${field}" names a host twice.`, field)
    const other = lower.find((host) => (owners.get(host)?.id ?? draft.id) !== draft.id)
    if (other !== undefined) return new Refusal(409, `A host of "${field}" is not free.`, field)
  }
  return null
}

export const deleteSite = route({
  method: 'delete',
  path: '/sites/{id}',
  id: 'deleteSite',
  role: 'owner',
  site: 'path',
  params: IdParams,
  query: Nothing,
  body: null,
  answer: ErasedShape,
  async handle(call) {
    const { db, desk, site } = call
    const deed = { action: 'site.delete', detail: '' } as const
    // The site's own log goes on until its end; that the site is gone stands with what concerns no single site too.
    const work = async () => ({ ...(await eraseCounters(db, site.id)), ...(await eraseSettings(desk, site.id)) })
    const erased = await recorded(
      call,
      { ...deed, site: ALL_SITES },
      () => recorded(call, { ...deed, site: site.id }, work, rowsIn),
      rowsIn,
    )
    return { erased, note: RESTORE_NOTE }
  },
})

export const ExplanationShape = z.object({
  site: z.string(),
  outcome: z.enum(['company', 'counted', 'blocked']),
  reason: z.string(),
  company: z.nullable(
    z.object({ key: z.string(), name: z.string(), kind: z.string(), country: z.string(), evidence: z.string(), confidence: z.number() }),
  ),
  note: z.string(),
})

export const explain = route({
  method: 'post',
  path: '/sites/{id}/explain',
  id: 'explainMyVisit',
  role: 'viewer',
  site: 'path',
  params: IdParams,
  query: Nothing,
  body: z.strictObject({ consent: z._default(z.boolean(), false) }),
  answer: ExplanationShape,
  async handle({ c, site, body, house }) {
    const { outcome, reason, company } = await house.explain(c.req.raw, c.env, site.id, body.consent)
    const shown =
      company === null
        ? null
        : {
            key: company.key,
            name: company.name,
            kind: company.kind,
            country: company.country,
            evidence: company.receipt.evidence,
            confidence: company.receipt.confidence,
          }
    return { site: site.id, outcome, reason, company: shown, note: 'Nothing of this question is stored.' }
  },
})
