/**
 * `npm run teardown`: takes Doorplate out of the account again. It lists what there is, asks for the Worker's name, exports
 * the databases, and deletes Worker, secrets, databases, namespace and queues.
 */
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { Cloud } from './deploy/cloud.ts'
import { type Belonging, belongings, remove } from './deploy/teardown.ts'
import { withRemoteLedger } from './ledger/databases.ts'
import { exportTo } from './ledger/export-file.ts'

const HELP = `Deletes Doorplate from the account that wrangler is logged in to.

  npm run teardown                       lists, exports, asks, deletes
  npm run teardown -- --list             lists only
  npm run teardown -- --confirm doorplate --export FILE    for scripts

  --export FILE   where the databases are exported to (doorplate-DAY.ndjson); keep it no longer than you said in the notice
  --no-export     deletes without an export
  --confirm NAME  the Worker’s name, instead of being asked for it

The pages keep the line until you take it out; it then loads nothing. A deleted database cannot be restored.
Exit code: 0 deleted or listed, 1 refused or failed, 2 wrong usage.`

const NAME = 'doorplate'

async function main(day: string): Promise<number> {
  const options = readOptions()
  if (options === null || options.help) {
    ;(options === null ? console.error : console.log)(HELP)
    return options === null ? 2 : 0
  }
  try {
    console.log(`Account: ${await new Cloud().account()}`)
    const there = await belongings(NAME)
    if (there.length === 0) {
      console.log('There is nothing of Doorplate in it.')
      return 0
    }
    for (const { kind, name } of there) console.log(`  ${kind.padEnd(11)}${name}`)
    if (options.list) return 0
    if (!(await confirmed(options.confirm))) {
      console.error(`Nothing was deleted: the name of the Worker is "${NAME}".`)
      return 1
    }
    if (!options['no-export'] && there.some(({ kind }) => kind === 'database')) {
      const file = options.export ?? `doorplate-${day}.ndjson`
      const { rows } = await withRemoteLedger((ledger) => exportTo(file, ledger, Date.now()))
      console.log(`Exported ${rows.toLocaleString('en')} rows to ${file}.`)
    }
    for (const each of there) await tell(each)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

async function tell(each: Belonging): Promise<void> {
  await remove(each)
  console.log(`Deleted ${each.kind} ${each.name}.`)
}

async function confirmed(said: string | undefined): Promise<boolean> {
  if (said !== undefined) return said === NAME
  if (process.stdin.isTTY !== true) return false
  const readline = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await readline.question('All of this is deleted for good. Type the name of the Worker to go on: ')).trim() === NAME
  } finally {
    readline.close()
  }
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        list: { type: 'boolean', default: false },
        export: { type: 'string' },
        'no-export': { type: 'boolean', default: false },
        confirm: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    return null
  }
}

process.exitCode = await main(new Date().toISOString().slice(0, 10))
