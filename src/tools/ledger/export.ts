import { readMigrations } from '../../ledger/health.ts'
import type { Shards } from '../../ledger/shard.ts'
import { RELEASE } from '../../release.ts'
import { type End, FORMAT, type Head, type Row, Tallies, type Value } from './format.ts'
import { readRows, readTables } from './tables.ts'

/**
 * Every line of an export: all tables of all databases.
 * @param day for the head, `YYYY-MM-DD`. @param wanted tables and columns, all unless said; to read an import back
 */
export async function* exportLines(
  { all, primary }: Pick<Shards, 'all' | 'primary'>,
  day: string,
  wanted?: Head['tables'],
): AsyncGenerator<Head | Row | End> {
  const tables =
    wanted ?? Object.fromEntries((await readTables(primary)).map(({ name, columns }) => [name, columns.map((each) => each.name)]))
  const migrations = [...(await readMigrations(primary))]
  yield { doorplate: 'ledger', format: FORMAT, release: RELEASE.version, day, migrations, tables }
  const tallies = new Tallies()
  // A batch that several databases have a part of is known to each of them under the same id.
  const batches = new Set<string>()
  for (const db of all) {
    for await (const [table, values] of readRows(db, await readTables(db), tables)) {
      if (table === 'batches' && known(batches, values)) continue
      tallies.add(table, values)
      yield [table, values]
    }
  }
  yield { end: true, tables: Object.fromEntries(Object.keys(tables).map((name) => [name, tallies.of(name)])) }
}

function known(seen: Set<string>, values: readonly Value[]): boolean {
  const id = JSON.stringify(values)
  if (seen.has(id)) return true
  seen.add(id)
  return false
}
