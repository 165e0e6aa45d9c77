import { describe, expect, test } from 'vitest'
import { readSite, whatIsWrong } from '../../../src/ledger/site.ts'

const row = (over: Record<string, string> = {}) => ({
  id: 'shop',
  name: 'Shop',
  basis: 'consent',
  time_zone: 'Europe/Berlin',
  settings: '{}',
  ...over,
})
const BALANCING = { confirmedBy: 'Erika', date: '2026-11-01', reviewBy: '2027-11-01' }

describe('a site’s row', () => {
  test.each([
    ['legitimate interest without its balancing test', { basis: 'legitimate-interest' }],
    ['settings that are no JSON', { settings: '{' }],
    ['a setting nobody knows', { settings: '{"ip":true}' }],
    ['journeys below 20 employees', { settings: '{"journeysFrom":5}' }],
    ['a basis nobody knows', { basis: 'because' }],
    ['a time zone nobody knows', { time_zone: 'Mars/Olympus' }],
  ])('P1 %s turns the site off, and the reason is a sentence', (_what, over) => {
    expect(readSite(row(over)).basis).toBe('off')
    expect(whatIsWrong(row(over))).toEqual(expect.any(String))
  })

  test('legitimate interest with its record stays on', () => {
    const settings = JSON.stringify({ balancing: BALANCING })
    expect(readSite(row({ basis: 'legitimate-interest', settings }))).toMatchObject({
      basis: 'legitimate-interest',
      settings: { balancing: { template: '1' } },
    })
  })
})
