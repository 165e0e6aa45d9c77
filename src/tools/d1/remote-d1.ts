/**
 * The deployed database as the few calls of D1 that the ledger's functions make, through the wrangler command line:
 * it has the account and the login. One call of wrangler is one transaction.
 */
import * as z from 'zod'
import { runWrangler } from '../wrangler.ts'
import { type SqlValue, withLiterals } from './literal.ts'

const Answer = z.array(z.object({ results: z.array(z.record(z.string(), z.unknown())), success: z.boolean() }))

type Run = (words: readonly string[]) => Promise<Buffer>

/** @param run runs wrangler with these words and gives what it printed; an argument for the tests. @param binding DB, DB2 … */
export function remoteD1(run: Run = runWrangler, binding = 'DB'): D1Database {
  async function execute(sql: string): Promise<Record<string, unknown>[][]> {
    const printed = (await run(['d1', 'execute', binding, '--remote', '--yes', '--json', '--command', sql])).toString('utf8')
    return Answer.parse(JSON.parse(printed)).map(({ results }) => results)
  }
  const statement = (sql: string, values: readonly SqlValue[]) => ({
    text: () => withLiterals(sql, values),
    bind: (...bound: SqlValue[]) => statement(sql, bound),
    all: async () => ({ results: (await execute(withLiterals(sql, values)))[0] ?? [] }),
    first: async () => (await execute(withLiterals(sql, values)))[0]?.[0] ?? null,
    run: async () => ({ results: (await execute(withLiterals(sql, values)))[0] ?? [] }),
  })
  const database = {
    prepare: (sql: string) => statement(sql, []),
    batch: async (statements: readonly ReturnType<typeof statement>[]) =>
      (await execute(statements.map((each) => each.text()).join(';\n'))).map((results) => ({ results })),
  }
  return database as unknown as D1Database
}
