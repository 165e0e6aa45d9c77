import type { D1Migration } from 'cloudflare:test'

/** What the test configuration adds to the Worker's bindings. */
declare global {
  namespace Cloudflare {
    interface Env {
      /** Databases beside `DB`, empty and without tables. */
      readonly TEST_DB2: D1Database
      readonly TEST_DB3: D1Database
      readonly TEST_MIGRATIONS: D1Migration[]
      /** KV key → value in base64. */
      readonly TEST_TABLE: Record<string, string>
    }
  }
}
