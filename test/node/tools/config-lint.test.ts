import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { lintConfig } from '../../../src/tools/config-lint.ts'

const OURS = join(import.meta.dirname, '../../../wrangler.toml')
const toml = readFileSync(OURS, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'doorplate-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Problems of our file after a change. */
function lintOf(change: (toml: string) => string): string[] {
  const changed = change(toml)
  expect(changed).not.toBe(toml)
  const path = join(folder, 'wrangler.toml')
  writeFileSync(path, changed)
  return lintConfig(path).map(({ environment, problem }) => `${environment}: ${problem}`)
}

const replacing = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to)
const adding = (lines: string) => (text: string) => `${text}\n${lines}\n`

describe('wrangler.toml', () => {
  test('P2 P9 is private in every environment', () => {
    expect(lintConfig(OURS)).toEqual([])
  })

  test.each([
    ['invocation logs on', replacing('invocation_logs = false', 'invocation_logs = true'), /invocation logs/],
    ['invocation logs left to the platform', replacing('invocation_logs = false', ''), /invocation logs/],
    ['traces on', replacing(/(\[observability\.traces\]\s+)enabled = false/, '$1enabled = true'), /traces/],
    ['traces left to the platform', replacing(/\[observability\.traces\]\s+enabled = false/, ''), /traces/],
    ['a tail consumer', adding('[[tail_consumers]]\nservice = "watcher"'), /tail consumer/],
    ['a streaming tail consumer', adding('[[streaming_tail_consumers]]\nservice = "watcher"'), /streaming tail consumer/],
    ['logpush on', replacing('logpush = false', 'logpush = true'), /logpush/],
    ['metrics left on', replacing('send_metrics = false', ''), /metrics/],
    ['a dataset', adding('[[analytics_engine_datasets]]\nbinding = "EVENTS"'), /dataset/],
    ['D1 anywhere', replacing('jurisdiction = "eu"', ''), /D1 database outside/],
    ['a bucket anywhere', adding('[[r2_buckets]]\nbinding = "FILES"\nbucket_name = "files"'), /R2 bucket outside/],
    ['a queue of unknown seat', adding('[[queues.producers]]\nbinding = "EVENTS"\nqueue = "events"'), /queue/],
  ])('P2 %s is refused', (_what, change, problem) => {
    // What environments inherit is wrong in each of them.
    const problems = new Set(lintOf(change).map((each) => each.slice(each.indexOf(': ') + 2)))
    expect([...problems]).toEqual([expect.stringMatching(problem)])
  })

  test('P2 an environment is looked at by itself: bindings are not inherited', () => {
    const problems = lintOf(
      adding(
        '[env.other]\n[[env.other.d1_databases]]\nbinding = "DB"\ndatabase_name = "other"\n[env.other.observability.logs]\nenabled = false\ninvocation_logs = true',
      ),
    )
    expect(problems).toEqual([
      expect.stringMatching(/^other: invocation logs/),
      expect.stringMatching(/^other: traces/),
      expect.stringMatching(/^other: a D1 database outside/),
    ])
  })

  test('P2 an environment with everything in place passes', () => {
    const path = join(folder, 'fine.toml')
    writeFileSync(path, adding('[env.fine]\n[[env.fine.queues.producers]]\nbinding = "EVENTS"\nqueue = "doorplate-events-eu"')(toml))
    expect(lintConfig(path)).toEqual([])
  })
})
