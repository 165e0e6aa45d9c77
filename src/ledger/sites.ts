import * as z from 'zod/mini'
import { cookieReaches } from '../hosts.ts'
import { BASES, type SiteId } from '../words.ts'
import type { SettingsInput } from './settings.ts'
import { readSite, type Site, type SiteRow, whatIsWrong } from './site.ts'

/** The list of sites: who owns an Origin host. */
export interface SiteList {
  /** The site whose pages are on this host (`www.example.com`, `localhost:8788`), lower case. */
  readonly byPageHost: ReadonlyMap<string, Site>
  /** The site that reaches Doorplate on this host (`t.example.com`), lower case. */
  readonly byEndpointHost: ReadonlyMap<string, Site>
  readonly byId: ReadonlyMap<SiteId, Site>
}

/** One query that contains nothing of a request (P1): the whole list, hosts included. */
export async function readSites(db: D1Database): Promise<SiteList> {
  const { results } = await db
    .prepare(
      `SELECT sites.id, sites.name, sites.basis, sites.time_zone, sites.settings, site_hosts.host, site_hosts.use
         FROM sites LEFT JOIN site_hosts ON site_hosts.site_id = sites.id`,
    )
    .all<SiteRow & { host: string | null; use: 'page' | 'endpoint' | null }>()
  const byId = new Map<SiteId, Site>()
  const byPageHost = new Map<string, Site>()
  const byEndpointHost = new Map<string, Site>()
  for (const row of results) {
    const site = byId.get(row.id as SiteId) ?? readSite(row)
    byId.set(site.id, site)
    if (row.host !== null) (row.use === 'page' ? byPageHost : byEndpointHost).set(row.host, site)
  }
  return { byPageHost, byEndpointHost, byId }
}

export interface SiteDraft {
  readonly id: string
  readonly name: string
  readonly basis: Site['basis']
  readonly timeZone: string
  readonly settings: SettingsInput
  /** Origin hosts of the site's pages. */
  readonly pageHosts: readonly string[]
  /** Hosts on which the site reaches Doorplate. */
  readonly endpointHosts: readonly string[]
}

/**
 * Creates or replaces a site with its hosts, in one transaction.
 * @throws SiteRefused when the site would not work as written, naming why.
 */
export async function saveSite(db: D1Database, draft: SiteDraft, today: string): Promise<void> {
  const settings = JSON.stringify(draft.settings)
  const wrong = whatIsWrong({ id: draft.id, name: draft.name, basis: draft.basis, time_zone: draft.timeZone, settings })
  if (wrong !== null) throw new SiteRefused(wrong, draft.basis === 'legitimate-interest' && !hasBalancing(draft) ? 'balancing' : null)
  const noHost = [...draft.pageHosts, ...draft.endpointHosts].find((host) => !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i.test(host))
  if (noHost !== undefined)
    throw new SiteRefused(`"${noHost}" is no host: write it without https:// and without a path, like www.example.com.`)
  if (draft.basis === 'legitimate-interest' && unreachedHosts(draft).length > 0) {
    throw new SiteRefused(
      'The basis legitimate-interest needs a host of Doorplate on the domain of every page host (t.example.com for www.example.com): elsewhere the opt-out cookie cannot reach the site.',
      'reach',
    )
  }
  await db.batch([
    db
      .prepare(
        `INSERT INTO sites (id, name, basis, time_zone, settings, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name = ?2, basis = ?3, time_zone = ?4, settings = ?5`,
      )
      .bind(draft.id, draft.name, draft.basis, draft.timeZone, settings, today),
    db.prepare('DELETE FROM site_hosts WHERE site_id = ?1').bind(draft.id),
    db
      .prepare(
        `INSERT INTO site_hosts (host, use, site_id)
         SELECT lower(value), 'page', ?1 FROM json_each(?2) UNION ALL SELECT lower(value), 'endpoint', ?1 FROM json_each(?3)`,
      )
      .bind(draft.id, JSON.stringify(draft.pageHosts), JSON.stringify(draft.endpointHosts)),
  ])
}

/** A site as it was saved, to be changed and saved again; null when there is none. */
export async function readDraft(db: D1Database, id: SiteId): Promise<SiteDraft | null> {
  const row = await db.prepare('SELECT id, name, basis, time_zone, settings FROM sites WHERE id = ?1').bind(id).first<SiteRow>()
  if (row === null) return null
  const { results } = await db.prepare('SELECT host, use FROM site_hosts WHERE site_id = ?1').bind(id).all<{ host: string; use: string }>()
  const hosts = (use: string) => results.filter((each) => each.use === use).map((each) => each.host)
  const basis = z.enum(BASES).safeParse(row.basis)
  const settings = z.record(z.string(), z.unknown()).safeParse(JSON.parse(row.settings))
  return {
    id,
    name: row.name,
    basis: basis.success ? basis.data : 'off',
    timeZone: row.time_zone,
    settings: (settings.success ? settings.data : {}) as SettingsInput,
    pageHosts: hosts('page'),
    endpointHosts: hosts('endpoint'),
  }
}

/** A site that would not work as written; the message says what to do and may be shown. */
export class SiteRefused extends Error {
  /** What the basis lacks; null where it is something else. */
  readonly lacks: 'balancing' | 'reach' | null

  constructor(message: string, lacks: SiteRefused['lacks'] = null) {
    super(message)
    this.name = 'SiteRefused'
    this.lacks = lacks
  }
}

const hasBalancing = ({ settings }: SiteDraft): boolean => settings.balancing !== undefined && settings.balancing !== null

/** Page hosts whose visitors cannot object by the cookie that one of the endpoints sets. */
export function unreachedHosts({ pageHosts, endpointHosts }: Pick<SiteDraft, 'pageHosts' | 'endpointHosts'>): readonly string[] {
  return pageHosts.filter((page) => !endpointHosts.some((endpoint) => cookieReaches(endpoint, page)))
}
