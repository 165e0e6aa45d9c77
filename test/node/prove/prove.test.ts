import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT, workerOf } from '../../../src/tools/prove/bundle.ts'
import { prepare } from '../../../src/tools/prove/finder.ts'
import type { PlaceId } from '../../../src/tools/prove/places.ts'
import { prove, secretsOfToday } from '../../../src/tools/prove/proof.ts'
import { reportText } from '../../../src/tools/prove/report.ts'

/** A small proof in the test run; `npm run prove` is the whole one. */
const EVENTS = 300

/** Two addresses and a header stand for all in this control; the other test plants every form in memory. */
const CONTROLLED = ['listed 193.251.246.253', 'listed 2a09:f5fb:c1f7:fdf9::f8ff:fbf5', 'header User-Agent']

const prepared = secretsOfToday(new Date())
const worker = await workerOf(join(ROOT, 'src'))

describe('the proof', () => {
  test('P1 P2 P3 P9 P10 finds nothing of a visitor anywhere, and would', async () => {
    const control = prepare(prepared.secrets.filter(({ name }) => CONTROLLED.includes(name)))
    const verdict = await prove({ worker, prepared, events: EVENTS, control })
    expect(control.secrets.length).toBe(CONTROLLED.length)
    expect(verdict.control).toMatchObject({ complete: true, missed: [] })
    expect(verdict.finds.map(({ place, where, secret, forms }) => `${place}: ${secret} as ${forms[0]} in ${where}`)).toEqual([])
    expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([])
    expect(verdict.reach.filter(({ expected, found }) => expected !== found)).toEqual([])
    expect(verdict.wrongAnswers).toEqual([])
    expect(reportText(verdict)).toMatch(/\n0 found\.$/)
  })

  test('P10 names each place of a planted leak', async () => {
    const before = readFileSync(join(import.meta.dirname, 'leak.mjs'), 'utf8')
    const verdict = await prove({ worker, prepared, events: EVENTS, control: null, before, lives: [] })
    const found = (place: PlaceId, secret: string) =>
      verdict.finds
        .filter((find) => find.place === place && find.secret === secret)
        .flatMap(({ where, forms }) => forms.map((form) => `${form} @ ${where}`))

    expect(found('rows', 'listed 193.251.246.253')).toContain('sha256 of prove-shop + dotted, hex @ table site_totals, column value (d1)')
    expect(found('console', 'listed 2a09:f5fb:c1f7:fdf9::f8ff:fbf5')).toContain("URL-encoded @ the runtime's output")
    expect(found('kv-keys', 'objector 193.251.253.249')).toContain('dotted, base64 at offset 0 @ names of keys')
    expect(found('answer-headers', 'unlisted 192.254.248.247')).toContain('reversed @ headers of the answer to "unlisted"')
    expect(found('observability', 'listed 193.251.246.253')).not.toEqual([])
    expect(found('files', 'listed 193.251.246.253')).not.toEqual([])

    expect(verdict.checks.filter(({ holds }) => !holds).map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'an objection changes not one byte at rest',
        'an objection touches no binding, in a cold Worker',
        'events are answered alike, whatever became of them',
      ]),
    )
    expect(reportText(verdict)).toMatch(/\d+ found\. The proof FAILED\.$/)
  })
})
