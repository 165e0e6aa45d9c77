import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/closing-line.ts'
import { smallTable } from './test/small-table.ts'

/** SHA-256 of the token `dp_test`; tests send the token, the Worker knows only this. */
const TEST_TOKEN_HASH = '6bff5add219cc4b428916ab2129483fd109f7fb9b44da29361a7df6457828f61'

// wrangler warns about a required secret that the environment does not have.
process.env.ADMIN_TOKEN_HASH ??= TEST_TOKEN_HASH

/**
 * They end what hangs and measure nothing: a busy machine is no reason to fail, so all are far above what anything takes.
 * Left alone, `expect.poll` would give up after one second.
 */
const LIMITS = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 120_000 } } }

/**
 * Two projects: `worker` runs inside workerd with real D1 and KV, `node` runs what belongs to Node (compile, tools)
 * and whole-process tests over real sockets, Chromium included.
 */
export default defineConfig(async () => ({
  test: {
    // The default is one less than there are cores: on two cores, one at a time, though most files wait more than they compute.
    maxWorkers: 2,
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              // Two more databases, for tests of a ledger over three.
              d1Databases: { TEST_DB2: 'test-2', TEST_DB3: 'test-3' },
              bindings: {
                ADMIN_TOKEN_HASH: TEST_TOKEN_HASH,
                // Every event is written at once: tests never sleep. The windows have tests of their own.
                LEDGER_FLUSH_MS: '0',
                TOTALS_FLUSH_MS: '0',
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                TEST_TABLE: await smallTable(),
              },
              // P9: nothing leaves while a test runs; a fetch to anywhere is a failure, not a network error.
              outboundService: () => {
                throw new Error('a test tried to reach the network')
              },
            },
          }),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.{ts,tsx}'],
          setupFiles: ['./test/worker/setup.ts'],
          globalSetup: ['./test/node/global-setup.ts'],
          ...LIMITS,
        },
      },
      {
        test: {
          name: 'node',
          include: ['test/node/**/*.test.ts', 'test/browser/**/*.test.ts'],
          globalSetup: ['./test/node/global-setup.ts'],
          ...LIMITS,
        },
      },
    ],
  },
}))
