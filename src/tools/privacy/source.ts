/**
 * Reads a site, its hosts and the published range table, and makes of them what the texts are made from.
 */
import type { KvPort } from '../../compile/kv-port.ts'
import { readSites } from '../../ledger/sites.ts'
import { manifestOf } from '../../privacy/manifest.ts'
import type { TextSource } from '../../privacy/texts/text.ts'
import { POINTER_KEY, readPointer } from '../../ranges/pointer.ts'
import { remoteD1 } from '../d1/remote-d1.ts'
import { localKv } from '../ranges/local-kv.ts'
import { remoteKv } from '../ranges/remote-kv.ts'
import { withBindings } from '../start/local-bindings.ts'

export interface Where {
  readonly site: string
  readonly remote: boolean
  /** Folder of the local data. */
  readonly state: string
}

/** A site that is not there; the message names those that are. */
export class NoSuchSite extends Error {
  constructor(id: string, known: readonly string[]) {
    super(
      `There is no site "${id}". ${known.length === 0 ? 'There is none yet: npm run sites -- add <id> --host www.example.com' : `There are: ${known.join(', ')}.`}`,
    )
    this.name = 'NoSuchSite'
  }
}

/** The local database has no tables: nothing was started on this machine. */
export class NoDatabase extends Error {
  constructor() {
    super('There is no local database yet: npm start makes one. The deployed one is asked with --remote.')
    this.name = 'NoDatabase'
  }
}

/** @throws NoSuchSite, NoDatabase */
export function readSource({ site: id, remote, state }: Where, date: string): Promise<TextSource> {
  return remote
    ? sourceOf(remoteD1(), remoteKv(), id, date)
    : withBindings(state, async ({ DB, RANGES }) => {
        if ((await DB.prepare("SELECT name FROM sqlite_schema WHERE name = 'sites'").first()) === null) throw new NoDatabase()
        return sourceOf(DB, localKv(RANGES), id, date)
      })
}

/** @throws NoSuchSite */
export async function sourceOf(db: D1Database, kv: Pick<KvPort, 'get'>, id: string, date: string): Promise<TextSource> {
  const { byId, byPageHost, byEndpointHost } = await readSites(db)
  const site = [...byId.values()].find((each) => each.id === id)
  if (site === undefined) throw new NoSuchSite(id, [...byId.keys()].sort())
  const hosts = (owners: ReadonlyMap<string, { readonly id: string }>) =>
    [...owners].filter(([, owner]) => owner.id === id).map(([host]) => host)
  return {
    // What was stated when deploying is in the Worker's environment, and no text quotes it.
    manifest: manifestOf(site, {
      retention: site.settings.retention,
      stated: { commit: null, bundle: null, proof: null },
      table: await tableOf(kv),
    }),
    date,
    pageHosts: hosts(byPageHost),
    endpointHosts: hosts(byEndpointHost),
    confirmedBy: site.settings.balancing?.confirmedBy ?? null,
  }
}

async function tableOf(kv: Pick<KvPort, 'get'>): Promise<TextSource['manifest']['rangeTable']> {
  const bytes = await kv.get(POINTER_KEY)
  const pointer = bytes === null ? null : readPointer(JSON.parse(new TextDecoder().decode(bytes)))
  return pointer === null
    ? null
    : { version: pointer.version, sources: pointer.sources.map(({ name, licence, date }) => ({ name, licence, date })) }
}
