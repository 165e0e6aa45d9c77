import type { D1Migration } from 'cloudflare:test'

/** What the test configuration adds to the Worker's bindings. */
declare global {
  namespace Cloudflare {
    interface Env {
      readonly TEST_MIGRATIONS: D1Migration[]
      /** KV key → value in base64. */
      readonly TEST_TABLE: Record<string, string>
    }
  }
}
