/**
 * The country in which an autonomous system's addresses are registered, from a file that ships with the project; a
 * source that says the country of an AS beats it. It is where the holder is, never where a visitor is.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const AS_COUNTRIES = fileURLToPath(new URL('../../../data/as-countries.txt', import.meta.url))

/** Lines `DE 553 680 8365-8367`; `#` begins a comment. */
export function readAsCountries(path: string = AS_COUNTRIES): Map<number, string> {
  const countries = new Map<number, string>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [country = '', ...numbers] = line.split(' ')
    for (const text of numbers) {
      const [first = 0, last = first] = text.split('-').map(Number)
      for (let asn = first; asn <= last; asn++) countries.set(asn, country)
    }
  }
  return countries
}
