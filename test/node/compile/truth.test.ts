import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openNameBook } from '../../../src/compile/names/other-names.ts'
import { readLabels, scoreAll, scoreLabel, wilson } from '../../../src/compile/truth.ts'
import { buildTable } from '../../../src/tools/ranges/build.ts'
import { scoreTruth } from '../../../src/tools/ranges/truth.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-truth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const DEV = 'test/truth/dev.csv'

const names = openNameBook()
const label = (kind: string, organisation: string) => ({ ip: '10.0.0.1', kind, organisation, line: 2 })

describe('one label', () => {
  test.each([
    ['business', 'Siemens', ['SIEMENS AG'], 'correct'],
    ['education', 'Universitaet Wuerzburg', ['Universität Würzburg'], 'correct'],
    ['business', 'UPS', ['United Parcel Service'], 'correct'],
    ['business', 'Deutsche Post DHL', ['DHL Group', 'dhl'], 'correct'],
    ['education', 'Universitaet Freiburg', ['Universitaet Stuttgart'], 'wrongCompany'],
    ['education', 'University of Oxford', ['University of Cambridge'], 'wrongCompany'],
    ['business', 'Bank of America', ['Bank of Montreal'], 'wrongCompany'],
    ['business', 'Siemens', null, 'missed'],
    ['isp', 'Deutsche Telekom', ['Deutsche Telekom AG'], 'falseCompany'],
    ['vpn', 'Mullvad VPN', null, 'rightlyNobody'],
  ] as const)('%s %s, named %j: %s', (kind, organisation, named, outcome) => {
    expect(scoreLabel(label(kind, organisation), named, names).outcome).toBe(outcome)
  })
})

// Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson: %i of %i', (count, of, low, high) => expect(wilson(count, of)).toMatchObject({ low, high }))

test('sums by kind', () => {
  const scored = [scoreLabel(label('business', 'A Beta'), ['Beta'], names), scoreLabel(label('isp', 'Gamma'), ['Gamma'], names)]
  expect(scoreAll(scored)).toMatchObject({ correct: 1, falseCompany: 1, byKind: { business: { correct: 1 }, isp: { falseCompany: 1 } } })
})

test('a file without the columns is refused', () => {
  const path = join(folder, 'odd.csv')
  writeFileSync(path, 'ip,kind\n1.1.1.1,isp\n')
  expect(() => readLabels(path)).toThrow('odd.csv: needs the columns ip, expected_kind')
})

describe('the default table', () => {
  const out = join(folder, 'builds')

  test('reaches well beyond the curated list, kind by kind', async () => {
    const { description, report } = await buildTable({ out })
    expect(description.counts.companies).toBeGreaterThanOrEqual(5_000)
    expect(description.counts.kinds.business).toBeGreaterThanOrEqual(380)
    expect(report.rejectedNames).toEqual([{ name: 'Miele', reason: 'partnership' }])
  })

  test.each([false, true])('labelled addresses, deny lists switched off: %s', async (withoutDeny) => {
    const score = await scoreTruth(DEV, { out, withoutDeny })
    expect(score).toMatchObject({ falseCompany: 0, wrongCompany: 0 })
    expect(score.shares.correct.share).toBeGreaterThanOrEqual(0.7)
  })
})
