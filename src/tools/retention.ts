/**
 * `npm run retention`: what the hourly purge would delete now, or the purge itself, by hand.
 */
import { parseArgs } from 'node:util'
import { dueDesk, type PurgedDesk, purgeDesk } from '../ledger/desk/purge.ts'
import { duePurge, type Purged, purge } from '../ledger/retention.ts'
import type { Shards } from '../ledger/shard.ts'
import { withShards } from './d1/open.ts'

const HELP = `Deletes what is past its time, as cron does every hour: company ledger and totals by each site's own settings
(90 days and 13 months unless set), ids of batches after 24 hours, notes and tags with their company, the audit log after
13 months, and what ended of tokens, sign-ins and invitations.

  npm run retention -- --dry-run    say what would go, delete nothing
  npm run retention                 delete it

  --remote     the deployed databases instead of the local ones
  --state DIR  where the local database is kept (.wrangler/state)
  --json       for programs

Running it again changes nothing. Exit code: 0 done, 1 failed, 2 wrong usage.`

const WORDS: Readonly<Record<keyof (Purged & PurgedDesk), string>> = {
  company_activity: 'counters of companies',
  company_day: 'company-days',
  companies: 'companies whose last counter goes',
  site_totals: 'anonymous daily counts',
  batches: 'ids of batches',
  notes: 'notes on companies that are gone',
  tags: 'tags of companies that are gone',
  audit: 'entries of the audit log',
  tokens: 'tokens that ended',
  sign_ins: 'sign-ins that ended',
  invitations: 'invitations that nobody took',
  sign_in_failures: 'hourly counts of refused sign-ins',
}

process.exitCode = await main()

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null) {
    console.error(HELP)
    return 2
  }
  if (options.help) {
    console.log(HELP)
    return 0
  }
  const { 'dry-run': dry, remote, state, json } = options
  const now = Date.now()
  try {
    const rows = await withShards(remote, (shards) => (dry ? dueOf : purgeOf)(shards, now), state)
    if (json) console.log(JSON.stringify({ deleted: !dry, rows }))
    else print(rows, dry)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

/** As cron does it: the ledger first, so that notes and tags go with their company. */
async function purgeOf(shards: Shards, now: number): Promise<Purged & PurgedDesk> {
  const ledger = await purge(shards, now)
  return { ...ledger, ...(await desks(shards, (db) => purgeDesk(db, now))) }
}

async function dueOf(shards: Shards, now: number): Promise<Purged & PurgedDesk> {
  return { ...(await duePurge(shards, now)), ...(await desks(shards, (db) => dueDesk(db, now))) }
}

async function desks({ all, primary }: Shards, work: (db: D1Database) => Promise<PurgedDesk>): Promise<PurgedDesk> {
  const sum: Record<keyof PurgedDesk, number> = { ...(await work(primary)) }
  for (const db of all.filter((each) => each !== primary)) {
    for (const [table, rows] of Object.entries(await work(db)) as [keyof PurgedDesk, number][]) sum[table] += rows
  }
  return sum
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        'dry-run': { type: 'boolean', default: false },
        remote: { type: 'boolean', default: false },
        state: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    return null
  }
}

function print(rows: Purged & PurgedDesk, dry: boolean): void {
  console.log(dry ? 'Would be deleted now:' : 'Deleted:')
  for (const [table, words] of Object.entries(WORDS) as [keyof typeof WORDS, string][]) {
    console.log(`${rows[table].toLocaleString('en').padStart(12)}  ${words}`)
  }
}
