import { describe, expect, test } from 'vitest'
import { newSite, withOptions } from '../../../src/tools/sites/options.ts'

const TODAY = '2026-11-21'
const before = {
  ...newSite('shop'),
  pageHosts: ['www.shop.example'],
  settings: { kinds: ['business' as const], parties: { contact: 'a@shop.example' } },
}

describe('npm run sites', () => {
  test('what is not given stays as it is', () => {
    expect(withOptions(before, {}, TODAY)).toEqual(before)
  })

  test('a new site asks for consent', () => {
    expect(newSite('shop')).toMatchObject({ basis: 'consent', name: 'shop', pageHosts: [] })
  })

  test('parties are set one at a time, and taken away by an empty text', () => {
    const after = withOptions(before, { controller: 'Shop GmbH', dpo: 'none' }, TODAY)
    expect(after.settings).toEqual({
      kinds: ['business'],
      parties: { contact: 'a@shop.example', controller: 'Shop GmbH', dataProtectionOfficer: 'none' },
    })
    expect(withOptions(after, { contact: '' }, TODAY).settings.parties).toMatchObject({ contact: null, controller: 'Shop GmbH' })
  })

  test('the balancing test is reviewed after a year unless said otherwise', () => {
    const options = { basis: 'legitimate-interest', 'confirmed-by': 'Erika' }
    expect(withOptions(before, options, TODAY).settings.balancing).toEqual({ confirmedBy: 'Erika', date: TODAY, reviewBy: '2027-11-21' })
    expect(withOptions(before, { ...options, 'review-by': '2027-01-01' }, TODAY).settings.balancing).toMatchObject({
      reviewBy: '2027-01-01',
    })
  })

  test('lists are lists, switches are switches', () => {
    const { settings } = withOptions(before, { names: 'a*.pdf, contact', collect: 'journeys,time', sensitive: '' }, TODAY)
    expect(settings).toMatchObject({
      names: ['a*.pdf', 'contact'],
      sensitive: [],
      collect: { journeys: true, time: true, downloads: false, forms: false },
    })
  })

  test.each([
    [{ basis: 'whatever' }, '--basis'],
    [{ collect: 'keystrokes' }, '--collect'],
  ])('%j is refused with a sentence', (options, says) => {
    expect(() => withOptions(before, options, TODAY)).toThrow(says)
  })
})
