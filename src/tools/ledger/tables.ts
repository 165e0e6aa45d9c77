/**
 * All tables of a database, read and written as rows of values. Which tables and columns there are is asked of the
 * database itself, so a later migration needs no line here; names come from its schema and are quoted, values are bound.
 */
import type { Value } from './format.ts'

export interface Table {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly bytes: boolean }[]
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[]
}

/** What wrangler, SQLite and the platform keep for themselves. */
const NOT_OURS = /^(?:d1_migrations|sqlite_.*|_cf_.*)$/

export async function readTables(db: D1Database): Promise<readonly Table[]> {
  const { results } = await db
    .prepare(
      `SELECT t.name AS "table", c.name, c.type, c.pk FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY t.name, c.cid`,
    )
    .all<{ table: string; name: string; type: string; pk: number }>()
  const ours = results.filter(({ table }) => !NOT_OURS.test(table))
  return [...Map.groupBy(ours, ({ table }) => table)].map(([name, columns]) => ({
    name,
    columns: columns.map((column) => ({ name: column.name, bytes: column.type === 'BLOB' })),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
  }))
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const shown = ({ name, bytes }: Table['columns'][number]): string => (bytes ? `hex(${quoted(name)})` : quoted(name))
const PAGE = 2_000

/** A table as it is read: the wanted columns, then those of the key. */
interface Reading {
  readonly table: Table
  readonly wanted: number
  readonly list: string
  readonly order: string
  readonly behind: string
  readonly width: number
}

function readingOf(table: Table, columns: readonly string[]): Reading {
  const named = (name: string) => table.columns.find((column) => column.name === name)
  const wanted = columns.map(named).filter((column) => column !== undefined)
  const keys = table.key.map(named).filter((column) => column !== undefined)
  const all = [...wanted, ...keys]
  return {
    table,
    wanted: wanted.length,
    width: all.length,
    list: all.map((column, index) => `${shown(column)} AS c${index}`).join(', '),
    order: keys.map(({ name }) => quoted(name)).join(', '),
    behind: keys.map(({ bytes }, index) => (bytes ? `unhex(?${index + 1})` : `?${index + 1}`)).join(', '),
  }
}

/**
 * Every row of these tables, each in the order of its key; a page a query, the first pages of all in one: a deployed
 * database takes a second for each question.
 * @param columns of each table, in this order; a table without is left out
 */
export async function* readRows(
  db: D1Database,
  tables: readonly Table[],
  columns: Readonly<Record<string, readonly string[]>>,
): AsyncGenerator<[table: string, values: Value[]]> {
  const readings = tables.flatMap((table) => (columns[table.name] === undefined ? [] : [readingOf(table, columns[table.name] ?? [])]))
  const first = await db.batch<Record<string, Value>>(
    readings.map(({ list, table, order }) => db.prepare(`SELECT ${list} FROM ${quoted(table.name)} ORDER BY ${order} LIMIT ${PAGE}`)),
  )
  for (const [place, { table, list, order, behind, wanted, width }] of readings.entries()) {
    const valuesOf = (row: Record<string, Value>) => Array.from({ length: width }, (_, index) => row[`c${index}`] ?? null)
    let rows = (first[place]?.results ?? []).map(valuesOf)
    for (;;) {
      for (const row of rows) yield [table.name, row.slice(0, wanted)]
      const last = rows.at(-1)
      if (rows.length < PAGE || last === undefined) break
      const next = db.prepare(`SELECT ${list} FROM ${quoted(table.name)} WHERE (${order}) > (${behind}) ORDER BY ${order} LIMIT ${PAGE}`)
      rows = (await next.bind(...last.slice(wanted)).all<Record<string, Value>>()).results.map(valuesOf)
    }
  }
}

/** A statement that adds these rows; its one parameter is their JSON. A row that is there already stays as it is. */
export function insertion(table: Table, columns: readonly string[]): string {
  const values = columns.map((name, index) =>
    table.columns.some((column) => column.name === name && column.bytes) ? `unhex(value ->> ${index})` : `value ->> ${index}`,
  )
  const names = columns.map(quoted).join(', ')
  return `INSERT INTO ${quoted(table.name)} (${names}) SELECT ${values.join(', ')} FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`
}

export const emptying = (table: Table): string => `DELETE FROM ${quoted(table.name)}`
