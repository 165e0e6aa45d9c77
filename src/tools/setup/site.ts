/** The first site, and what belongs to it: its hosts, how long its web server keeps logs, its operator's own network. */
import { getDomain } from 'tldts-icann'
import { readRules, saveRule } from '../../ledger/rules.ts'
import { readDraft, readSites, type SiteDraft, saveSite } from '../../ledger/sites.ts'
import { readBounds, storedBounds, writeBounds } from '../../ranges/bounds.ts'
import { CANARY, type SiteId } from '../../words.ts'
import { inspectAddress } from '../ranges/inspect.ts'
import { newSite } from '../sites/options.ts'
import { demoSite } from '../start/demo-site.ts'
import { DEFAULT_PORT } from '../start/options.ts'
import { readDays, type SetupOptions } from './options.ts'
import type { Talk } from './talk.ts'

/** Logs with addresses kept longer than this can be matched with most of what the ledger holds. */
const SHORT_DAYS = 7

export interface MadeSite {
  readonly site: SiteDraft
  readonly made: boolean
  readonly line: string
  readonly blocked: string | null
}

/** @throws SiteRefused, WrongSite with a sentence */
export async function firstSite(db: D1Database, options: SetupOptions, local: boolean, talk: Talk, today: string): Promise<MadeSite> {
  const { site, made } = await chooseSite(db, options, local, talk, today)
  const withLogs = await webLogs(db, site, options, talk, today)
  const blocked = await ownNetwork(db, withLogs, options, talk, today)
  return { site: withLogs, made, line: lineFor(withLogs), blocked }
}

/** A site that would not work as said; the message says what to do. */
export class WrongSite extends Error {}

async function chooseSite(
  db: D1Database,
  options: SetupOptions,
  local: boolean,
  talk: Talk,
  today: string,
): Promise<{ site: SiteDraft; made: boolean }> {
  talk.step('First site', 'Doorplate counts only pages whose host is on its list; a page of nobody’s site leaves nothing.')
  const { byId } = await readSites(db)
  const there = [...byId.keys()].filter((id) => id !== CANARY)
  const wanted = options.site ?? there[0]
  const before = wanted === undefined ? null : await readDraft(db, wanted as SiteId)
  if (before !== null && options.hosts.length === 0) {
    talk.done(`${before.id} is there, on ${before.pageHosts.join(', ')}`)
    return { site: before, made: false }
  }
  const draft = options.hosts.length === 0 && local && !options.ask ? demoSite(DEFAULT_PORT + 1) : await askedSite(before, options, talk)
  await saveSite(db, draft, today)
  talk.done(`${draft.id} on ${draft.pageHosts.join(', ')}, basis ${draft.basis}`)
  return { site: draft, made: before === null }
}

async function askedSite(before: SiteDraft | null, options: SetupOptions, talk: Talk): Promise<SiteDraft> {
  const hosts =
    options.hosts.length > 0
      ? options.hosts
      : words(await talk.question('Host of the site’s pages, without https:// (several: a comma between)', ''))
  const [first] = hosts
  if (first === undefined) throw new WrongSite('Without a host no visit can be counted: --host www.example.com')
  const domain = getDomain(first) ?? first
  const id =
    options.site ?? before?.id ?? (options.ask ? await talk.question('A short name for it (a-z, 0-9, -)', slug(domain)) : slug(domain))
  const endpoints =
    options.endpoints.length > 0
      ? options.endpoints
      : words(
          await talk.question(
            'Host on which the site reaches Doorplate; on its own domain, or the opt-out cookie cannot reach it',
            `t.${domain}`,
          ),
        )
  const timeZone = options.timeZone ?? before?.timeZone ?? (await talk.question('Time zone of its days', 'Europe/Berlin'))
  return { ...(before ?? newSite(id)), timeZone, pageHosts: [...hosts], endpointHosts: [...endpoints] }
}

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')
const slug = (domain: string): string => domain.split('.')[0]?.replace(/[^a-z0-9-]/g, '') || 'shop'

async function webLogs(db: D1Database, site: SiteDraft, options: SetupOptions, talk: Talk, today: string): Promise<SiteDraft> {
  talk.step(
    'Logs of the web server',
    'Doorplate forgets the address; the site’s own web server may log it. Who holds both can match an hour and a path with an address,\n  so the shorter those logs live, the better. The balancing test names the figure.',
  )
  const said =
    options.webLogsDays ?? readDays(await talk.question('For how many days does it keep logs with full addresses? (empty: not known)', ''))
  if (Number.isNaN(said)) {
    talk.done('not stated; npm run sites -- set says it later (--web-logs-days)')
    return site
  }
  const changed = { ...site, settings: { ...site.settings, webLogsDays: said } }
  await saveSite(db, changed, today)
  talk.done(said > SHORT_DAYS ? `${said} days: ask for ${SHORT_DAYS} or fewer, or for shortened addresses` : `${said} days`)
  return changed
}

/** Shows the announced range of an address and blocks it, so that the own office is counted as nobody. */
async function ownNetwork(db: D1Database, site: SiteDraft, options: SetupOptions, talk: Talk, today: string): Promise<string | null> {
  talk.step(
    'Leave out your own network',
    'Your colleagues read the site more than anybody. A rule keeps their visits out of the list; they stay in the anonymous counts.',
  )
  const address = options.ownNetwork ?? (await talk.question('Your office’s public IP address (empty: none)', ''))
  if (address === '') {
    talk.done('none; npm run rules -- add RANGE --block does it later')
    return null
  }
  const announced = await announcedRange(address, options)
  if (announced === null) throw new WrongSite(`"${address}" is no IP address.`)
  const range = await talk.question(`${announced.says} Which range is yours?`, announced.range)
  const bounds = readBounds(range)
  if (typeof bounds === 'string') throw new WrongSite(bounds)
  const already = (await readRules(db, site.id)).some(({ first, last }) => writeBounds(storedBounds(first, last)) === writeBounds(bounds))
  if (!already) {
    const { first, last } = bounds
    await saveRule(db, { siteId: site.id, first, last, action: 'block', company: null, why: 'own network (setup)', created: today })
  }
  talk.done(`${writeBounds(bounds)} is blocked${already ? ' already' : ''}; effective within a minute`)
  return writeBounds(bounds)
}

/** The smallest announced range that holds an address. An access line's is its provider's: then only the address itself. */
async function announcedRange(address: string, { sources, list }: SetupOptions): Promise<{ range: string; says: string } | null> {
  const candidates = await inspectAddress(address, { ...(sources !== null && { sources }), ...(list !== null && { list }) })
  if (candidates === null) return null
  const [row] = candidates
  if (row === undefined) return { range: address, says: `No source announces ${address}.` }
  const range = `${row.row.first} - ${row.row.last}`
  const who = `${range} is announced by AS${row.row.asn} ${row.row.name}.`
  return row.organisation === null
    ? { range: address, says: `${who} That is a provider’s or nobody’s, so others use it too.` }
    : { range, says: who }
}

export function lineFor({ basis, endpointHosts }: SiteDraft): string {
  const attribute = basis === 'legitimate-interest' ? ' data-basis="legitimate-interest"' : ''
  return `<script defer src="https://${endpointHosts[0] ?? 't.example.com'}/d.js"${attribute}></script>`
}
