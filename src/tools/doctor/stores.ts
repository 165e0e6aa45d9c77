/** What lies in the local database and the local KV: migrations, the range table, the sites and their hosts. */
import { readdir } from 'node:fs/promises'
import type { KvPort } from '../../compile/kv-port.ts'
import { brokenFiles, readPointer } from '../../compile/publish.ts'
import { cookieReaches } from '../../hosts.ts'
import { readMigrations } from '../../ledger/health.ts'
import { readSites } from '../../ledger/sites.ts'
import { CANARY } from '../../words.ts'
import { type Check, ok, type Result, unknown, wrong } from './finding.ts'

export interface Stores {
  readonly db: D1Database
  readonly kv: KvPort
}

/** Registries change by some percent a year; a table older than that names former owners. */
export const OLDEST_SOURCE_DAYS = 365

export function storeChecks({ db, kv }: Stores, migrations: string, today: string): readonly Check[] {
  return [
    { name: 'migrations', look: async () => migrationsCheck(await readMigrations(db), await filesOf(migrations)) },
    { name: 'range table', look: () => table(kv, today) },
    { name: 'sites', look: async () => sitesCheck(await sitesOf(db)) },
  ]
}

export async function filesOf(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

/** @param command what applies them where this database is */
export function migrationsCheck(applied: readonly string[], files: readonly string[], command = 'npm run setup -- --local --yes'): Result {
  const missing = files.filter((name) => !applied.includes(name))
  if (missing.length > 0) return wrong(`${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} not run: ${command}`)
  const newer = applied.filter((name) => !files.includes(name))
  if (newer.length > 0)
    return unknown(`the database has ${newer.join(', ')}, which this version does not know: is this checkout older? git pull`)
  return ok(`${applied.length}, the last is ${applied.at(-1)}`)
}

async function table(kv: KvPort, today: string): Promise<Result> {
  const pointer = await readPointer(kv)
  if (pointer === null)
    return wrong('no range table is published, so nobody is recognised: npm run ranges -- build && npm run ranges -- publish')
  const [broken] = await brokenFiles(kv, pointer)
  if (broken !== undefined) return wrong(`${broken.name} ${broken.problem}: npm run ranges -- publish`)
  return tableAge({ version: pointer.version, companies: pointer.counts.companies, oldestSource: oldest(pointer.sources) }, today)
}

const oldest = (sources: readonly { readonly date: string }[]): string | null => sources.map(({ date }) => date).sort()[0] ?? null

export function tableAge(
  { version, companies, oldestSource }: { readonly version: string; readonly companies: number; readonly oldestSource: string | null },
  today: string,
): Result {
  const days = oldestSource === null ? 0 : Math.floor((Date.parse(today) - Date.parse(oldestSource)) / 86_400_000)
  if (companies === 0) return wrong('the range table names no company: npm run ranges -- build --force && npm run ranges -- publish')
  if (days > OLDEST_SOURCE_DAYS) return wrong(`its oldest source is ${days} days old: npm run ranges -- refresh --publish`)
  return ok(`${version.slice(0, 12)}, ${companies.toLocaleString('en')} organisations, sources from ${oldestSource ?? 'nowhere'}`)
}

export interface SiteHosts {
  readonly id: string
  readonly basis: string
  readonly pageHosts: readonly string[]
  readonly endpointHosts: readonly string[]
}

async function sitesOf(db: D1Database): Promise<readonly SiteHosts[]> {
  const { byId, byPageHost, byEndpointHost } = await readSites(db)
  const hosts = (map: typeof byPageHost, id: string) => [...map].filter(([, site]) => site.id === id).map(([host]) => host)
  return [...byId.values()]
    .filter(({ id }) => id !== CANARY)
    .map(({ id, basis }) => ({ id, basis, pageHosts: hosts(byPageHost, id), endpointHosts: hosts(byEndpointHost, id) }))
}

/** Each page must be reached by Doorplate on its own domain: elsewhere the opt-out cookie is not sent (P1). */
export function sitesCheck(sites: readonly SiteHosts[]): Result {
  if (sites.length === 0) return wrong('no site is counted: npm run sites -- add shop --host www.example.com --endpoint t.example.com')
  for (const { id, pageHosts, endpointHosts } of sites) {
    if (pageHosts.length === 0) return wrong(`${id} has no host, so no visit is counted: npm run sites -- set ${id} --host www.example.com`)
    const lonely = pageHosts.find((page) => !endpointHosts.some((endpoint) => cookieReaches(endpoint, page)))
    if (lonely !== undefined) {
      return wrong(
        `${id}: no host of Doorplate on the domain of ${lonely}, so the opt-out cookie cannot reach it: npm run sites -- set ${id} --endpoint t.${lonely.replace(/^www\./, '')}`,
      )
    }
  }
  const off = sites.filter(({ basis }) => basis === 'off').map(({ id }) => id)
  return ok(`${sites.map(({ id }) => id).join(', ')}, each on its own domain${off.length === 0 ? '' : `; off: ${off.join(', ')}`}`)
}
