/**
 * `npm run ledger`: everything the databases hold into one file and back, for a backup, a move to another account or one
 * database more. The file holds what the ledger holds: keep it like the ledger, and no longer.
 */
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Ledger, withLocalLedger, withRemoteLedger } from './ledger/databases.ts'
import { audited, exportTo } from './ledger/export-file.ts'
import { importLedger } from './ledger/import.ts'
import { LedgerRefused, survey } from './ledger/survey.ts'
import { DEFAULT_STATE } from './start/options.ts'

const HELP = `Takes everything out of the databases, or brings it back: all tables, one JSON document a line, with counts and hashes.

  npm run ledger -- export FILE [--remote]     FILE must not exist yet; only you can read it
  npm run ledger -- import FILE [--remote]     into an installation without sites and counters
  npm run ledger -- verify FILE                is the file whole?

  --replace    import: deletes what is there first; objections of companies stay
  --remote     the deployed databases instead of the local ones
  --state DIR  where the local databases are kept (${DEFAULT_STATE})
  --json       for programs

A company that objected, in the file or where it is imported, does not come back. The range table is not part of it
(npm run ranges builds and publishes it), nor the Worker's secret. Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

async function main(now: number): Promise<number> {
  const options = readOptions()
  if (options === null) {
    console.error(HELP)
    return 2
  }
  const { help, verb, file, replace, remote, state, json } = options
  if (help) {
    console.log(HELP)
    return 0
  }
  const open = <T>(work: (ledger: Ledger) => Promise<T>) => (remote ? withRemoteLedger(work) : withLocalLedger(state, work))
  try {
    const told = await WORK[verb](file, open, { replace, now })
    console.log(json ? JSON.stringify(told.figures) : told.text)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

type Verb = 'export' | 'import' | 'verify'
type Open = <T>(work: (ledger: Ledger) => Promise<T>) => Promise<T>
interface Told {
  readonly text: string
  readonly figures: object
}
type Work = (file: string, open: Open, options: { readonly replace: boolean; readonly now: number }) => Promise<Told>

const WORK: Readonly<Record<Verb, Work>> = {
  async export(file, open, { now }) {
    const done = await open((ledger) => exportTo(file, ledger, now))
    return { text: `${file}: ${done.rows.toLocaleString('en')} rows of ${Object.keys(done.tables).length} tables.`, figures: done }
  },

  async import(file, open, { replace, now }) {
    const done = await open(async (ledger) => {
      const imported = await importLedger(() => linesOf(file), ledger.shards, { replace, writer: ledger.writer })
      await audited(ledger, 'import', now, async () => imported)
      return imported
    })
    const left = done.left === 0 ? '' : ` ${done.left} rows of companies that objected were left out.`
    return { text: `${done.rows.toLocaleString('en')} rows imported, read back and compared.${left}`, figures: done }
  },

  async verify(file) {
    const { head, tables } = await survey(linesOf(file))
    const rows = sum(Object.values(tables).map((table) => table.rows))
    return {
      text: `${file} is whole: ${rows.toLocaleString('en')} rows, made by version ${head.release} on ${head.day}.`,
      figures: { rows, tables, release: head.release, day: head.day },
    }
  },
}

function linesOf(file: string): AsyncIterable<string> {
  if (!existsSync(file)) throw new LedgerRefused(`There is no file ${file}.`)
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

const sum = (figures: readonly number[]): number => figures.reduce((all, each) => all + each, 0)

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        replace: { type: 'boolean', default: false },
        remote: { type: 'boolean', default: false },
        state: { type: 'string', default: DEFAULT_STATE },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const [verb, file, ...rest] = positionals
    if (values.help) return { ...values, verb: 'verify' as const, file: '' }
    const known = (['export', 'import', 'verify'] as const).find((each) => each === verb)
    if (known === undefined || file === undefined || rest.length > 0) return null
    return { ...values, verb: known, file }
  } catch {
    return null
  }
}

process.exitCode = await main(Date.now())
