/**
 * The country in which an autonomous system's addresses are registered, from a file that ships with the project; a
 * source that says the country of an AS beats it. It is where the holder is, never where a visitor is.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hashFiles, type SourceFacts } from '../sources/source.ts'

/** Day of the statistics that the file is made of. */
const AS_COUNTRIES_DATE = '2026-06-17'
export const COUNTRY_OF_FILE = { source: 'asn-country (NRO statistics)', date: AS_COUNTRIES_DATE } as const

export const AS_COUNTRIES = fileURLToPath(new URL('../../../data/as-countries.txt', import.meta.url))

export const asCountriesFacts = async (): Promise<SourceFacts> => ({
  name: 'asn-country',
  version: '2.3.2026061719',
  licence: 'CC BY 4.0',
  url: 'https://github.com/sapics/ip-location-db',
  attribution: 'Countries of autonomous systems: statistics of the registries by the NRO and IP to Country Lite by DB-IP, CC BY 4.0.',
  credits: [
    { text: 'Number Resource Organization', url: 'https://www.nro.net' },
    { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' },
  ],
  date: AS_COUNTRIES_DATE,
  sha256: await hashFiles([AS_COUNTRIES]),
  files: ['data/as-countries.txt'],
})

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
