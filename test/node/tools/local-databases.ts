import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { migrate } from '../../../src/tools/start/tables.ts'

/** D1 databases of their own, migrated, in memory, one runtime for all of them. */
export interface Databases {
  of(name: string): Promise<D1Database>
  close(): Promise<void>
}

export function openDatabases(names: readonly string[]): Databases {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default { fetch: () => new Response() }',
      compatibilityDate: '2026-11-01',
      d1Databases: Object.fromEntries(names.map((name) => [name, name])),
    }),
  )
  return {
    async of(name) {
      const db: D1Database = await runtime.getD1Database(name)
      await migrate(db, 'migrations')
      return db
    },
    close: () => runtime.dispose(),
  }
}
