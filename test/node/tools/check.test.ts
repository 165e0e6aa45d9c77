import { expect, test } from 'vitest'
import { readCheckOptions } from '../../../src/tools/check/options.ts'
import { exitCode, reportText } from '../../../src/tools/check/report.ts'
import { type FoundLine, type Sent, STAGES, tooEarly } from '../../../src/tools/check/verdict.ts'

const FILE: Sent = { method: 'GET', url: 'https://t.example.com/d.js', event: null }
const EVENT: Sent = { method: 'POST', url: 'https://t.example.com/e', event: '{"k":"view"}' }
const line = (form: FoundLine['form'], basis: FoundLine['basis'] = 'consent'): FoundLine => ({
  form,
  basis,
  endpoint: 'https://t.example.com',
})
const everywhere = (sent: Sent) => STAGES.map((name) => ({ name, decidedBy: null, sent: [sent] }))

test.each<[what: string, sent: Sent, line: FoundLine | null, strict: boolean, early: readonly string[]]>([
  ['an event, plain line', EVENT, line('plain'), false, ['before-choice', 'after-refusal', 'with-gpc']],
  ['an event, legitimate interest', EVENT, line('plain', 'legitimate-interest'), false, ['after-refusal', 'with-gpc']],
  ['an event, no line found', EVENT, null, false, ['before-choice', 'after-refusal', 'with-gpc']],
  ['the file, plain line', FILE, line('plain'), false, []],
  ['the file, plain line, nothing before consent', FILE, line('plain'), true, ['before-choice', 'after-refusal']],
  ['the file, gated line', FILE, line('gated'), false, ['before-choice', 'after-refusal']],
  ['a request to Doorplate, self-hosted line', FILE, line('self-hosted'), false, ['before-choice', 'after-refusal']],
])('too early: %s', (_, sent, found, strict, early) => {
  expect(tooEarly(everywhere(sent), found, strict).map(({ stage }) => stage)).toEqual(early)
})

test('the report names every request and what was too early; the exit code follows', () => {
  const stages = everywhere(EVENT)
  const result = { url: 'https://www.example.com/', line: line('plain'), stages, tooEarly: tooEarly(stages, line('plain'), false) }
  expect(reportText(result).split('\n')).toEqual(
    expect.arrayContaining(['TOO EARLY  After a refusal: an event after a refusal: POST https://t.example.com/e {"k":"view"}']),
  )
  expect([exitCode(result), exitCode({ ...result, tooEarly: [] }), exitCode({ ...result, tooEarly: [], line: null })]).toEqual([1, 0, 2])
  expect(reportText({ ...result, stages: [], tooEarly: [] })).toMatch(/Nothing is sent too early\.\nAfter consent no event was sent/)
})

test.each([
  [[]],
  [['www.example.com']],
  [['ftp://example.com/']],
  [['https://a.example/', 'https://b.example/']],
  [['https://a.example/', '--x']],
])('%j is not understood', (args) => {
  expect(readCheckOptions(args)).toEqual({ wrong: expect.stringContaining('npm run check -- --help') })
})

test('a page and its options', () => {
  expect(readCheckOptions(['https://www.example.com', '--refuse', '#no', '--nothing-before-consent'])).toEqual({
    run: {
      url: 'https://www.example.com/',
      host: null,
      accept: null,
      refuse: '#no',
      browser: null,
      nothingBeforeConsent: true,
      json: false,
    },
  })
})
