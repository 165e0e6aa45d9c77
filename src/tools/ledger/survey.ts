/** The first reading of a file: is it whole and of a version we know, and who in it may not come back? */
import { type CompanyObjection, objectionsOf } from '../../company-objection.ts'
import type { CompanyKey } from '../../words.ts'
import { End, FORMAT, Head, Row, Tallies, type Value } from './format.ts'

/** What is wrong with a file or its target; the message is a sentence for the person who runs the command. */
export class LedgerRefused extends Error {}

export interface Survey {
  readonly head: Head
  readonly tables: End['tables']
  /** Companies of the file, for the objections of another account. */
  readonly companies: readonly { readonly key: CompanyKey; readonly name: string; readonly domain: string | null }[]
  readonly objections: readonly CompanyObjection[]
}

/** @throws LedgerRefused naming the line. */
export async function survey(lines: AsyncIterable<string>): Promise<Survey> {
  const tallies = new Tallies()
  const companies: Survey['companies'][number][] = []
  const objections: CompanyObjection[] = []
  let head: Head | null = null
  let end: End | null = null
  let number = 0
  for await (const line of lines) {
    number += 1
    if (end !== null) throw new LedgerRefused(`Line ${number}: there is something after the end.`)
    const value = parsed(line, number)
    if (head === null) {
      head = headOf(value)
    } else if (Array.isArray(value)) {
      const [table, values] = rowOf(value, head, number)
      tallies.add(table, values)
      const named = Object.fromEntries((head.tables[table] ?? []).map((column, index) => [column, values[index] ?? null]))
      if (table === 'companies') companies.push({ key: keyOf(named), name: String(named.name), domain: textOrNull(named.domain) })
      if (table === 'company_objections') objections.push({ key: keyOf(named), names: texts(named.names), domains: texts(named.domains) })
    } else {
      const read = End.safeParse(value)
      if (!read.success) throw new LedgerRefused(`Line ${number} is neither a row nor the end.`)
      end = read.data
    }
  }
  if (head === null) throw new LedgerRefused('The file is empty.')
  if (end === null) throw new LedgerRefused(`The file ends after line ${number} without its last line: it was cut short.`)
  for (const table of Object.keys(head.tables)) {
    const stated = end.tables[table] ?? { rows: 0, hash: '' }
    const found = tallies.of(table)
    if (stated.rows !== found.rows) throw new LedgerRefused(`${table}: ${found.rows} rows in the file, ${stated.rows} stated.`)
    if (stated.hash !== found.hash) throw new LedgerRefused(`${table}: a row was changed; the hash is another than stated.`)
  }
  return { head, tables: end.tables, companies, objections }
}

/** Keys of the companies that objected here or there: neither their counters nor their names come back. */
export function objecting({ companies, objections }: Survey, here: readonly CompanyObjection[]): ReadonlySet<string> {
  const all = [...objections, ...here]
  const { include } = objectionsOf(all)
  return new Set<string>([...all.map(({ key }) => key), ...companies.filter(include).map(({ key }) => key)])
}

/** The rows of a file that {@link survey} found whole. */
export async function* rowsOf(lines: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const line of lines) {
    const row = Row.safeParse(JSON.parse(line))
    if (row.success) yield row.data
  }
}

function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new LedgerRefused(`Line ${number} is no JSON.`)
  }
}

function headOf(value: unknown): Head {
  const read = Head.safeParse(value)
  if (!read.success) throw new LedgerRefused('This is no export of npm run ledger.')
  if (read.data.format > FORMAT)
    throw new LedgerRefused(`The file has format ${read.data.format}, this version reads ${FORMAT}: upgrade first.`)
  return read.data
}

function rowOf(value: unknown, head: Head, number: number): Row {
  const read = Row.safeParse(value)
  if (!read.success || head.tables[read.data[0]]?.length !== read.data[1].length) {
    throw new LedgerRefused(`Line ${number} is no row of a table that the head names.`)
  }
  return read.data
}

const keyOf = (named: Readonly<Record<string, Value>>): CompanyKey => String(named.company_key) as CompanyKey
const textOrNull = (value: Value | undefined): string | null => (value === null || value === undefined ? null : String(value))
const texts = (value: Value | undefined): string[] => {
  const list: unknown = JSON.parse(String(value ?? '[]'))
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}
