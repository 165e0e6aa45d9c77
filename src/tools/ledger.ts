/**
 * `npm run ledger`: everything the databases hold into one file and back, for a backup, a move to another account or one
 * database more. The file holds what the ledger holds: keep it like the ledger, and no longer.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { ALL_SITES, type AuditAction, auditEntry, fillIn, minuteOf } from '../ledger/desk/audit.ts'
import { type Ledger, withLocalLedger, withRemoteLedger } from './ledger/databases.ts'
import { exportLines } from './ledger/export.ts'
import type { End } from './ledger/format.ts'
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
    if (existsSync(file)) throw new LedgerRefused(`${file} exists already.`)
    const tables = await open((ledger) =>
      audited(ledger, 'export', now, async () => {
        let end: End['tables'] = {}
        async function* text() {
          for await (const line of exportLines(ledger.shards, new Date(now).toISOString().slice(0, 10))) {
            if ('end' in line) end = line.tables
            yield `${JSON.stringify(line)}\n`
          }
        }
        await pipeline(Readable.from(text()), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
        return { rows: sum(Object.values(end).map(({ rows }) => rows)), tables: end }
      }),
    )
    return { text: `${file}: ${tables.rows.toLocaleString('en')} rows of ${Object.keys(tables.tables).length} tables.`, figures: tables }
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

/** The entry is written before, as for every export; who ran a command is not known to the database. */
async function audited<T extends { readonly rows: number }>(
  { shards }: Ledger,
  action: AuditAction,
  now: number,
  work: () => Promise<T>,
): Promise<T> {
  const id = randomBytes(8).toString('hex')
  const entry = { site: ALL_SITES, minute: minuteOf(now), actor: 'npm run ledger', action, detail: 'ledger', rows: 0 } as const
  await auditEntry(shards.primary, id, entry).run()
  const done = await work()
  await fillIn(shards.primary, id, entry, done.rows)
  return done
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
