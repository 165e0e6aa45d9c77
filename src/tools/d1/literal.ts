/**
 * SQL text with its values written in, for `wrangler d1 execute`, which takes no parameters.
 *
 * Only the command line needs this: inside the Worker every value is bound. Placeholders are numbered and replaced
 * outside of quotes only; text is quoted by doubling, bytes become hex, so no value can end its literal.
 */
export type SqlValue = string | number | null | ArrayBuffer | Uint8Array

/** @throws Error for a value SQLite has no literal for, or a placeholder without a value. */
export function withLiterals(sql: string, values: readonly SqlValue[]): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?(\d+)/g, (token, number: string | undefined) => {
    if (number === undefined) return token
    const value = values[Number(number) - 1]
    if (value === undefined) throw new Error(`no value for ?${number}`)
    return literal(value)
  })
}

export function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('SQLite has no literal for this number')
    return String(value)
  }
  if (typeof value === 'string') {
    // A zero byte would end the statement's text inside SQLite.
    if (value.includes('\0')) throw new Error('text with a zero byte')
    return `'${value.replaceAll("'", "''")}'`
  }
  const bytes = value instanceof Uint8Array ? value : new Uint8Array(value)
  return `X'${Buffer.from(bytes).toString('hex')}'`
}
