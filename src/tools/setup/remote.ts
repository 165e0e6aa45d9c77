/** `npm run setup` on Cloudflare: login, deploy, migrate, token, range table, first site. Each step says why. */
import { randomBytes } from '../../admin/house.ts'
import { mint } from '../../admin/secret.ts'
import { readObjections } from '../../ledger/objections.ts'
import { remoteD1 } from '../d1/remote-d1.ts'
import { Cloud, commitOf, type Run, type Stated } from '../deploy/cloud.ts'
import { buildForDeploy } from '../prove/proof.ts'
import { buildTable } from '../ranges/build.ts'
import { publishBuild } from '../ranges/publish.ts'
import { remoteKv } from '../ranges/remote-kv.ts'
import { tokenHash } from '../start/token.ts'
import { runWrangler, WranglerFailed } from '../wrangler.ts'
import { chosenBuild, type SetUp } from './local.ts'
import type { SetupOptions } from './options.ts'
import { firstSite } from './site.ts'
import type { Talk } from './talk.ts'

export async function setUpThere(options: SetupOptions, talk: Talk, now: number, run: Run = runWrangler): Promise<SetUp> {
  const cloud = new Cloud(run)
  talk.step(
    'Account',
    'Everything stays in your own Cloudflare account: one Worker, one database in the EU, one namespace for the range table.',
  )
  talk.done(`logged in: ${await cloud.account()}`)

  talk.step('Owner’s token', 'It opens /admin. Only its SHA-256 is stored, as a secret of the Worker.')
  const secrets = await cloud.secrets()
  const token = options.newToken || secrets?.includes('ADMIN_TOKEN_HASH') !== true ? mint('dp_', randomBytes) : null
  talk.done(token === null ? 'there is one already; --new-token makes another' : 'made; it is shown at the end, once')

  talk.step(
    'Worker and database',
    'Hourly counters of companies and anonymous daily counts; no table has a place for an address. Logs of requests and traces\n  are off, as wrangler.toml says: they would hold every visitor’s address.',
  )
  const { sha256 } = await buildForDeploy()
  const stated = { commit: await commitOf(process.cwd()), bundle: sha256, proof: '' }
  await cloud.rollOut({ stated, environment: '', ...(token !== null && { secrets: { ADMIN_TOKEN_HASH: tokenHash(token) } }) })
  talk.done(`deployed and migrated, bundle ${sha256.slice(0, 12)}`)
  const db = remoteD1(run)

  talk.step(
    'Range table',
    'Which networks are which organisation’s, compiled on this machine from public data, then published to your account.',
  )
  talk.done(options.table ? await publishTable(db, options, run) : 'left as it is')

  const site = await firstSite(db, options, false, talk, new Date(now).toISOString().slice(0, 10))
  if (site.made || options.endpoints.length > 0) await attach(cloud, stated, site.site.endpointHosts, talk)
  return { ...site, token }
}

/** A zone of another account cannot be attached; then somebody has to do it by hand, and is told how. */
async function attach(cloud: Cloud, stated: Stated, hosts: readonly string[], talk: Talk): Promise<void> {
  talk.step('Custom domain', 'On the site’s own domain the opt-out cookie reaches Doorplate; on workers.dev it would not.')
  try {
    await cloud.deploy({ stated, environment: '', domains: hosts })
    talk.done(hosts.join(', '))
  } catch (error) {
    if (!(error instanceof WranglerFailed)) throw error
    talk.done(
      `not attached. Is the domain’s zone in this account? Then: npm run deploy -- --no-proof --no-table ${hosts.map((host) => `--domain ${host}`).join(' ')}`,
    )
  }
}

export async function publishTable(db: D1Database, options: SetupOptions, run: Run): Promise<string> {
  const { out, ...chosen } = { out: undefined, ...chosenBuild(options) }
  const folder = out === undefined ? {} : { out }
  const built = await buildTable({ ...chosen, ...folder, objections: await readObjections(db) })
  const published = await publishBuild(remoteKv(run), folder)
  return `${built.description.counts.companies} organisations, ${published.already ? 'published already' : 'published'}`
}
