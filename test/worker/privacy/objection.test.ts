import { describe, expect, test } from 'vitest'
import { type Objection, readObjection } from '../../../src/privacy/objection.ts'

const cases: [header: string, value: string, objection: Objection | null][] = [
  ['Cookie', 'doorplate_optout=1', 'opt-out'],
  ['Cookie', 'a=b; doorplate_optout=1; c=d', 'opt-out'],
  ['Cookie', 'optout=1', 'opt-out'],
  ['Cookie', 'a=b;optout=1', 'opt-out'],
  ['Cookie', 'doorplate_optout=0', null],
  ['Cookie', 'doorplate_optout=11', null],
  ['Cookie', 'xoptout=1', null],
  ['Cookie', 'not_doorplate_optout=1', null],
  ['X-Opt-Out', '1', 'opt-out'],
  ['X-Opt-Out', '0', null],
  ['X-Opt-Out', 'true', null],
  ['DNT', '1', 'dnt'],
  ['DNT', '1xyz', 'dnt'],
  ['DNT', '0, 1', 'dnt'],
  ['DNT', '0', null],
  ['DNT', '01', null],
  ['DNT', '', null],
  ['DNT', 'yes', null],
  ['DNT', 'null', null],
  ['X-Do-Not-Track', '1', 'dnt'],
  ['X-Do-Not-Track', '0', null],
  ['Sec-GPC', '1', 'gpc'],
  ['Sec-GPC', ' 1 ', 'gpc'],
  ['Sec-GPC', '0, 1', 'gpc'],
  ['Sec-GPC', '1,1', 'gpc'],
  ['Sec-GPC', '0', null],
  ['Sec-GPC', '01', null],
  ['Sec-GPC', 'true', null],
  ['Sec-GPC', '"1"', null],
  ['Sec-GPC', '1;q=1', null],
]

describe('P1 an objection is read from headers alone', () => {
  test.each(cases)('P1 %s: %j → %s', (header, value, objection) => {
    expect(readObjection(new Headers({ [header]: value }))).toBe(objection)
  })

  test('P1 the reason follows the order opt-out, dnt, gpc', () => {
    const all = { Cookie: 'doorplate_optout=1', DNT: '1', 'Sec-GPC': '1' }
    expect(readObjection(new Headers(all))).toBe('opt-out')
    expect(readObjection(new Headers({ DNT: '1', 'Sec-GPC': '1' }))).toBe('dnt')
  })

  test('P1 one signal objects whatever the other says', () => {
    expect(readObjection(new Headers({ DNT: '0', 'Sec-GPC': '1' }))).toBe('gpc')
    expect(readObjection(new Headers({ DNT: '1', 'Sec-GPC': '0' }))).toBe('dnt')
  })
})
