/**
 * `npm run tokens`: who may see the admin. Makes tokens, lists and revokes them, and prints one-time links.
 */
import { parseArgs } from 'node:util'
import { withDatabase } from './d1/open.ts'
import { create, invite, list, revoke, type Told, WrongUsage } from './tokens/commands.ts'

const HELP = `Who may see the admin. A token is shown once; only its SHA-256 is kept.

  npm run tokens -- create --name CRM --role viewer --site demo [--days 90]
  npm run tokens -- invite --name Ann --role analyst --site demo [--url https://t.example.com]
  npm run tokens -- list [--json]
  npm run tokens -- revoke ID

  --name TEXT     what the token is called in the list and in the audit log
  --role ROLE     owner (all), analyst (read, tags, notes, exports) or viewer (read)
  --site ID       a site it is for, repeatable; --all-sites for every site
  --days N        days until the token ends; without, it does not
  --url URL       where the admin is, for the link (http://localhost:8787)
  --remote        the deployed database instead of the local one
  --state DIR     where the local database is kept (.wrangler/state)

invite prints a link that works once, within 15 minutes, and signs the browser in that opens it.
Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  site: { type: 'string', multiple: true, default: [] as string[] },
  'all-sites': { type: 'boolean', default: false },
  days: { type: 'string' },
  url: { type: 'string', default: 'http://localhost:8787' },
  remote: { type: 'boolean', default: false },
  state: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

try {
  process.exitCode = await main(Date.now())
} catch (error) {
  console.error(error instanceof Error ? error.message : 'That did not work.')
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}

async function main(now: number): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS })
  const [verb, id, ...rest] = positionals
  if (values.help || verb === undefined) {
    console.log(HELP)
    return values.help ? 0 : 2
  }
  if (rest.length > 0 || (id !== undefined) !== (verb === 'revoke')) {
    throw new WrongUsage('Say create, invite, list or revoke ID. --help explains them.')
  }
  const { 'all-sites': allSites, ...given } = values
  const commands: Readonly<Record<string, (db: D1Database) => Promise<Told>>> = {
    create: (db) => create(db, { ...given, allSites }, now),
    invite: (db) => invite(db, { ...given, allSites }, now),
    list: (db) => list(db, values.json),
    revoke: (db) => revoke(db, id ?? '', now),
  }
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  if (command === undefined) throw new WrongUsage(`"${verb}" is no verb of this command. --help lists them.`)
  const { code, out, hint } = await withDatabase(values.remote, command, values.state)
  if (out !== '') console.log(out)
  if (hint !== undefined) console.error(hint)
  return code
}
