/**
 * Renamed and merged companies: old key → new key. A key outlives every build, so a company that changes its domain
 * needs an entry here, or its past and its future become two companies. The Worker's cron moves the ledger's rows.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { SourceError } from './sources/source.ts'

/** The list that ships with the project. */
export const ALIASES = fileURLToPath(new URL('../../data/aliases.csv', import.meta.url))

const Key = z.string().regex(/^(?:lei|dom|own):\S+$/, 'is no company key such as dom:example.com')
const Row = z.object({ old: Key, new: Key, since: z.iso.date('is no day such as 2026-11-21'), why: z.string() })

/** The table keeps so many; more would not fit beside the rest of the pointer. */
const MOST = 1000

/**
 * Old key → the key it stands for today, chains followed to their end, in key order.
 * @throws SourceError naming file and line: a key that is replaced twice, or a circle.
 */
export function readAliases(path: string = ALIASES): Readonly<Record<string, string>> {
  const file = basename(path)
  const steps = new Map<string, { to: string; line: number }>()
  for (const { record, info } of records(path, file)) {
    const row = Row.safeParse(record)
    if (!row.success) throw new SourceError(file, info.lines, `${row.error.issues[0]?.path.join('.')} ${row.error.issues[0]?.message}`)
    if (steps.has(row.data.old)) throw new SourceError(file, info.lines, `${row.data.old} is replaced twice`)
    steps.set(row.data.old, { to: row.data.new, line: info.lines })
  }
  if (steps.size > MOST) throw new SourceError(file, null, `has ${steps.size} entries; ${MOST} fit`)
  return Object.fromEntries([...steps.keys()].sort().map((old) => [old, end(old, steps, file)]))
}

function end(old: string, steps: ReadonlyMap<string, { to: string; line: number }>, file: string): string {
  const seen = new Set([old])
  let key = old
  for (let step = steps.get(key); step !== undefined; step = steps.get(key)) {
    key = step.to
    if (seen.has(key)) throw new SourceError(file, step.line, `${old} is replaced in a circle`)
    seen.add(key)
  }
  return key
}

function records(path: string, file: string): { record: unknown; info: { lines: number } }[] {
  try {
    const rows: unknown = parse(readFileSync(path, 'utf8'), { bom: true, columns: true, info: true, skip_empty_lines: true })
    return rows as { record: unknown; info: { lines: number } }[]
  } catch (error) {
    if (error instanceof CsvError) throw new SourceError(file, null, error.message)
    throw new SourceError(path, null, 'cannot be read')
  }
}
