/**
 * `npm run upgrade`: after a newer version was checked out, says what is new and brings the database forward. Migrations
 * only add, so the Worker that runs goes on working until `npm run deploy` replaces it; there is no way back but an export.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readMigrations } from '../ledger/health.ts'
import { RELEASE } from '../release.ts'
import { remoteD1 } from './d1/remote-d1.ts'
import { Cloud } from './deploy/cloud.ts'
import { filesOf } from './doctor/stores.ts'
import { withBindings } from './start/local-bindings.ts'
import { DEFAULT_STATE } from './start/options.ts'
import { migrate } from './start/tables.ts'
import { newestNotes } from './upgrade/notes.ts'

const HELP = `Brings the database forward to this checkout and says what is new.

  git pull && npm ci
  npm run upgrade -- --remote      notes, then the deployed database
  npm run deploy                   the Worker and the range table

  npm run upgrade                  the local database
  --dry-run    says what would be done
  --state DIR  where the local database is kept (${DEFAULT_STATE})
  --json       for programs

Migrations only add: the Worker before works on the newer schema. Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null || options.help) {
    ;(options === null ? console.error : console.log)(HELP)
    return options === null ? 2 : 0
  }
  const { remote, state, json, 'dry-run': dry } = options
  try {
    const files = await filesOf('migrations')
    const work = async (db: D1Database) => {
      const applied = await readMigrations(db)
      const newer = applied.filter((name) => !files.includes(name))
      const pending = files.filter((name) => !applied.includes(name))
      if (newer.length === 0 && pending.length > 0 && !dry) await (remote ? new Cloud().migrate() : migrate(db, 'migrations'))
      return { newer, pending }
    }
    const { newer, pending } = await (remote ? work(remoteD1()) : withBindings(state, ({ DB }) => work(DB)))
    const notes = newestNotes(await readFile('CHANGELOG.md', 'utf8'), RELEASE.version)
    if (json) console.log(JSON.stringify({ version: RELEASE.version, applied: dry ? [] : pending, pending: dry ? pending : [], newer }))
    else console.log(text(notes, pending, newer, dry, remote))
    return newer.length === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

function text(notes: string, pending: readonly string[], newer: readonly string[], dry: boolean, remote: boolean): string {
  if (newer.length > 0) {
    return `The database is newer than this checkout (${newer.join(', ')}): git pull. This version still works on it for one release.`
  }
  const done = pending.length === 0 ? 'The database is up to date.' : `${dry ? 'Would apply' : 'Applied'}: ${pending.join(', ')}`
  return [notes, '', done, ...(remote && !dry ? ['Now: npm run deploy'] : [])].join('\n')
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        remote: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        state: { type: 'string', default: DEFAULT_STATE },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    return null
  }
}

process.exitCode = await main()
