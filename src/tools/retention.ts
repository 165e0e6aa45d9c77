/**
 * `npm run retention`: what the hourly purge would delete now, or the purge itself, by hand.
 */
import { parseArgs } from 'node:util'
import { duePurge, type Purged, purge } from '../ledger/retention.ts'
import { withShards } from './d1/open.ts'

const HELP = `Deletes what is past its time, as cron does every hour: company ledger and totals by each site's own settings
(90 days and 13 months unless set), ids of batches after 24 hours.

  npm run retention -- --dry-run    say what would go, delete nothing
  npm run retention                 delete it

  --remote     the deployed databases instead of the local ones
  --state DIR  where the local database is kept (.wrangler/state)
  --json       for programs

Running it again changes nothing. Exit code: 0 done, 1 failed, 2 wrong usage.`

const WORDS: Readonly<Record<keyof Purged, string>> = {
  company_activity: 'counters of companies',
  company_day: 'company-days',
  companies: 'companies whose last counter goes',
  site_totals: 'anonymous daily counts',
  batches: 'ids of batches',
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
    const rows = await withShards(remote, (shards) => (dry ? duePurge : purge)(shards, now), state)
    if (json) console.log(JSON.stringify({ deleted: !dry, rows }))
    else print(rows, dry)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
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

function print(rows: Purged, dry: boolean): void {
  console.log(dry ? 'Would be deleted now:' : 'Deleted:')
  for (const [table, words] of Object.entries(WORDS) as [keyof Purged, string][]) {
    console.log(`${rows[table].toLocaleString('en').padStart(12)}  ${words}`)
  }
}
