/**
 * `npm run sites`: whose pages are counted.
 */
import { parseArgs } from 'node:util'
import { plainLine } from '../admin/installation/forms.ts'
import { readDraft, readSites, type SiteDraft, saveSite } from '../ledger/sites.ts'
import { CANARY, type SiteId } from '../words.ts'
import { withDatabase } from './d1/open.ts'
import { HELP, newSite, OPTIONS, withOptions } from './sites/options.ts'

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : 'That did not work.')
  process.exitCode = 1
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS })
  const [verb, id, ...rest] = positionals
  if (values.help || verb === undefined) {
    console.log(HELP)
    return values.help ? 0 : 2
  }
  if (id === CANARY) {
    console.error(`"${CANARY}" is reserved for npm run doctor.`)
    return 2
  }
  const open = <T>(work: (db: D1Database) => Promise<T>) => withDatabase(values.remote, work, values.state)
  if (verb === 'list') return list(open, values.json)
  if (!['add', 'set', 'line'].includes(verb) || id === undefined || rest.length > 0) {
    console.error(`Say what to do and with which site: list, add <id>, set <id> or line <id>. --help explains them.`)
    return 2
  }
  return open(async (db) => {
    const before = await readDraft(db, id as SiteId)
    if (before === null && verb !== 'add') {
      console.error(`There is no site "${id}". "npm run sites -- list" shows them.`)
      return 1
    }
    if (before !== null && verb === 'add') {
      console.error(`There is a site "${id}" already. "npm run sites -- set ${id}" changes it.`)
      return 1
    }
    const today = new Date().toISOString().slice(0, 10)
    const after = withOptions(before ?? newSite(id), values, today)
    if (verb === 'add' && after.pageHosts.length === 0) {
      console.error('Say at least one host of the site’s pages: --host www.example.com')
      return 2
    }
    if (verb !== 'line') await saveSite(db, after, today)
    tell(after)
    return 0
  })
}

type Open = <T>(work: (db: D1Database) => Promise<T>) => Promise<T>

async function list(open: Open, json: boolean): Promise<number> {
  const { byId, byPageHost, byEndpointHost } = await open(readSites)
  const hostsOf = (hosts: typeof byPageHost, id: string) => [...hosts].filter(([, site]) => site.id === id).map(([host]) => host)
  const sites = [...byId.values()]
    .filter(({ id }) => id !== CANARY)
    .map(({ id, name, basis, timeZone }) => ({
      id,
      name,
      basis,
      timeZone,
      pageHosts: hostsOf(byPageHost, id),
      endpointHosts: hostsOf(byEndpointHost, id),
    }))
  if (json) console.log(JSON.stringify(sites))
  else if (sites.length === 0) console.log('No site yet. npm run sites -- add <id> --host www.example.com --endpoint t.example.com')
  else for (const site of sites) console.log(`${site.id}  ${site.basis}  ${site.pageHosts.join(', ')}  ← ${site.endpointHosts.join(', ')}`)
  return 0
}

function tell({ id, basis, pageHosts, endpointHosts }: SiteDraft): void {
  const [endpoint] = endpointHosts
  console.log(`Site "${id}" is counted on ${pageHosts.join(', ')}, basis ${basis}. The line for its pages:`)
  console.log(`  ${plainLine({ endpoint: endpoint ?? 't.example.com', basis, pinned: false })}`)
  if (endpoint === undefined)
    console.log('  where t.example.com is a custom domain of the Worker on the site’s own domain: --endpoint tells it to Doorplate.')
}
