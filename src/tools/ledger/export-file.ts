import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ALL_SITES, type AuditAction, auditEntry, fillIn, minuteOf } from '../../ledger/desk/audit.ts'
import type { Ledger } from './databases.ts'
import { exportLines } from './export.ts'
import type { End } from './format.ts'
import { LedgerRefused } from './survey.ts'

export interface Exported {
  readonly rows: number
  readonly tables: End['tables']
}

/** Writes everything into a file that only we can read. @throws LedgerRefused when there is one already */
export async function exportTo(file: string, ledger: Ledger, now: number): Promise<Exported> {
  if (existsSync(file)) throw new LedgerRefused(`${file} exists already.`)
  return audited(ledger, 'export', now, async () => {
    let tables: End['tables'] = {}
    async function* text() {
      for await (const line of exportLines(ledger.shards, new Date(now).toISOString().slice(0, 10))) {
        if ('end' in line) tables = line.tables
        yield `${JSON.stringify(line)}\n`
      }
    }
    await pipeline(Readable.from(text()), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
    return { rows: Object.values(tables).reduce((sum, { rows }) => sum + rows, 0), tables }
  })
}

/** The entry is written before, as for every export; who ran a command is not known to the database. */
export async function audited<T extends { readonly rows: number }>(
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
