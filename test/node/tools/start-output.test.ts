import { describe, expect, test } from 'vitest'
import { nodeTooOld } from '../../../src/tools/start/node-version.ts'
import { progressOn } from '../../../src/tools/start/progress.ts'
import { summary } from '../../../src/tools/start/summary.ts'
import { mattersToReader, reasonFrom } from '../../../src/tools/start/worker-output.ts'

describe('what wrangler says', () => {
  test.each([
    '',
    'Using secrets defined in process.env',
    '▲ [WARNING] Scheduled Workers are not automatically triggered during local development.',
    '    curl "http://localhost:8787/cdn-cgi/local/scheduled"',
  ])('%j is noise', (line) => expect(mattersToReader(line)).toBe(false))

  test.each(['✘ [ERROR] Build failed with 1 error:', '▲ [WARNING] Missing required secrets: ADMIN_TOKEN_HASH.', 'table-missing'])(
    '%j matters',
    (line) => expect(mattersToReader(line)).toBe(true),
  )
})

test.each<[lines: string[], code: number | null, signal: NodeJS.Signals | null, reason: string]>([
  [['✘ [ERROR] Address already in use (localhost:8787).'], 1, null, 'the Worker ended: Address already in use (localhost:8787)'],
  [
    ['✘ [ERROR] Build failed with 1 error:', '  ✘ [ERROR] Expected ";" but found "x"', '      src/index.ts:2:7:', '        2 │ x'],
    1,
    null,
    'the Worker ended: Expected ";" but found "x" (src/index.ts:2:7)',
  ],
  [['something', 'odd', ''], 3, null, 'the Worker ended with code 3; its last words: odd'],
  [[], 0, null, 'the Worker ended with code 0 and did not say why'],
  [[], null, 'SIGKILL', 'the Worker was ended by SIGKILL'],
])('%j, %j, %j: one line says why it died', (lines, code, signal, reason) => {
  expect(reasonFrom(lines, code, signal)).toBe(reason)
})

test.each<[version: string, tooOld: boolean]>([
  ['v20.20.2', true],
  ['v22.17.9', true],
  ['v22.18.0', false],
  ['v23.0.0', false],
  ['v26.10.0', false],
])('Node %s is too old: %j', (version, tooOld) => {
  expect(nodeTooOld(version)).toEqual(tooOld ? expect.stringContaining('npm start') : null)
})

describe('progress', () => {
  const run = async (isTTY: boolean) => {
    const written: string[] = []
    let now = 0
    const progress = progressOn({ isTTY, write: (text: string) => written.push(text) }, () => now)
    const result = await progress.step('Range table', async (say) => {
      say('half')
      now = 1_500
      return { result: 7, remark: '353 organisations' }
    })
    await progress.step('Worker', () => Promise.reject(new Error('no'))).catch(() => {})
    return { result, text: written.join('') }
  }

  test('a log file gets one line per step and no control characters', async () => {
    const { result, text } = await run(false)
    expect(result).toBe(7)
    expect(text).toMatch(/^ {2}✓ Range table +1\.5 s {2}353 organisations\n {2}✗ Worker +0\.0 s\n$/)
    expect(text).not.toContain('\x1b')
  })

  test('a terminal sees the step while it runs', async () => {
    expect((await run(true)).text).toContain('half')
  })
})

test('the block at the end has three addresses and the token', () => {
  const text = summary({ port: 9000, demoPort: 9001 }, 'dp_token', 3.21)
  for (const part of ['http://localhost:9001\n', 'http://localhost:9000/admin\n', 'http://localhost:9000\n', 'dp_token\n', '3.2 s']) {
    expect(text).toContain(part)
  }
})
