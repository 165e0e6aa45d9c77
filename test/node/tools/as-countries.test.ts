import { describe, expect, test } from 'vitest'
import { readAsCountries } from '../../../src/compile/evidence/as-countries.ts'
import { addressesByCountry, countryLines, seats } from '../../../src/tools/ranges/as-countries.ts'

type Row = readonly [number, number, string]
const shares = (networks: readonly Row[], countries: readonly Row[]) => addressesByCountry(networks, countries)

describe('the country of an autonomous system', () => {
  const networks: readonly Row[] = [
    [0, 99, '1'],
    [100, 199, '2'],
    [200, 299, '3'],
    [300, 399, '4'],
  ]
  const registered: readonly Row[] = [
    [0, 94, 'DE'],
    [95, 99, 'FR'],
    [100, 180, 'DE'],
    [181, 199, 'AT'],
    [200, 299, 'CZ'],
    [300, 399, 'ZZZ'],
  ]
  const used: readonly Row[] = [
    [0, 59, 'DE'],
    [60, 199, 'FR'],
    [200, 299, 'UA'],
    [300, 399, 'UA'],
  ]
  const found = seats(shares(networks, registered), shares(networks, used))

  test('registered there as good as wholly, and mostly used there', () => expect(found.get(1)).toBe('DE'))
  test('registered in two countries: none', () => expect(found.has(2)).toBe(false))
  test('leased from another country: none', () => expect(found.has(3)).toBe(false))
  test('what is no country: none', () => expect(found.has(4)).toBe(false))

  test('numbers that follow each other stand as a range, and long lines are cut', () => {
    const many = new Map([[7, 'AT'], ...Array.from({ length: 60 }, (_, index): [number, string] => [2 * index + 10, 'DE'])] as const)
    const text = countryLines(new Map([...many, [8, 'AT']]))
    expect(text).toMatch(/^AT 7-8\nDE 10 12 /)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(119)
  })

  test('the file that ships: known seats, and no AS without one', () => {
    const countries = readAsCountries()
    for (const [asn, country] of [[680, 'DE'], [553, 'DE'], [786, 'GB'], [559, 'CH'], [137, 'IT']] as const) // biome-ignore format: a table
      expect(countries.get(asn), `AS${asn}`).toBe(country)
    expect([...countries.values()].every((country) => /^[A-Z]{2}$/.test(country))).toBe(true)
  })
})
