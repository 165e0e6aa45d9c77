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

/** Every row of a table in the order of its key; a page a query. @param columns the names wanted, in this order */
export async function* readRows(db: D1Database, table: Table, columns: readonly string[]): AsyncGenerator<Value[]> {
  const wanted = columns.map((name) => table.columns.find((column) => column.name === name)).filter((column) => column !== undefined)
  const keys = table.key.map((name) => ({ name, bytes: table.columns.some((column) => column.name === name && column.bytes) }))
  const list = [...wanted, ...keys].map((column, index) => `${shown(column)} AS c${index}`).join(', ')
  const order = keys.map(({ name }) => quoted(name)).join(', ')
  const behind = keys.map(({ bytes }, index) => (bytes ? `unhex(?${index + 1})` : `?${index + 1}`)).join(', ')
  for (let last: Value[] | null = null; ; ) {
    const statement: D1PreparedStatement =
      last === null
        ? db.prepare(`SELECT ${list} FROM ${quoted(table.name)} ORDER BY ${order} LIMIT ${PAGE}`)
        : db
            .prepare(`SELECT ${list} FROM ${quoted(table.name)} WHERE (${order}) > (${behind}) ORDER BY ${order} LIMIT ${PAGE}`)
            .bind(...last)
    const { results } = await statement.all<Record<string, Value>>()
    const rows = results.map((row) => [...wanted, ...keys].map((_, index) => row[`c${index}`] ?? null))
    for (const row of rows) yield row.slice(0, wanted.length)
    if (rows.length < PAGE) return
    last = rows.at(-1)?.slice(wanted.length) ?? null
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
