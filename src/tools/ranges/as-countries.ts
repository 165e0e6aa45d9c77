/**
 * Makes `data/as-countries.txt` anew: the country in which an AS's addresses are registered, where they are also used.
 * Run by a maintainer once in a while, never by a build:
 *
 *   npx node src/tools/ranges/as-countries.ts ASN-V4 REGISTERED-V4 USED-V4 ASN-V6 REGISTERED-V6 USED-V6
 *
 * The files are the `-num.csv` ones of sapics/ip-location-db (`asn`, `asn-country`, `dbip-country`): `first,last,AS,name` and
 * `first,last,country`, in address order. IPv6 addresses are rounded to 53 bits, which is finer than a /48; they count only
 * for an AS that has no IPv4.
 *
 * The statistics of the registries alone would put a university of Minsk where its addresses were leased from, or a whole
 * region at the registry's own seat; where addresses are used alone would be the visitors' place. Both together is a seat.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { AS_COUNTRIES } from '../../compile/evidence/as-countries.ts'

/** A network registered in several countries has no seat that its addresses could tell. */
const REGISTERED = 0.9
/** Where most of it is used; tables of use are wrong for single ranges. */
const USED = 0.5
const LINE_WIDTH = 118

type Range = readonly [first: number, last: number, label: string]

const readRanges = (path: string): Range[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [first = '', last = '', label = ''] = line.split(',')
      return [Number(first), Number(last), label]
    })

/** Addresses by AS and country; both lists in address order, so one walk is enough. */
export function addressesByCountry(networks: readonly Range[], countries: readonly Range[]): Map<number, Map<string, number>> {
  const shares = new Map<number, Map<string, number>>()
  let next = 0
  for (const [first, last, asn] of networks) {
    while ((countries[next]?.[1] ?? Number.POSITIVE_INFINITY) < first) next++
    const share = shares.get(Number(asn)) ?? new Map<string, number>()
    shares.set(Number(asn), share)
    for (let at = next; (countries[at]?.[0] ?? Number.POSITIVE_INFINITY) <= last; at++) {
      const [from = 0, to = 0, country = ''] = countries[at] ?? []
      share.set(country, (share.get(country) ?? 0) + Math.min(last, to) - Math.max(first, from) + 1)
    }
  }
  return shares
}

type Shares = ReadonlyMap<number, ReadonlyMap<string, number>>

/** Country by AS: registered there as good as wholly, and mostly used there. */
export function seats(registered: Shares, used: Shares): Map<number, string> {
  const countries = new Map<number, string>()
  for (const asn of [...registered.keys()].sort((a, b) => a - b)) {
    const country = mainCountry(registered.get(asn), REGISTERED)
    if (country !== null && country === mainCountry(used.get(asn), USED)) countries.set(asn, country)
  }
  return countries
}

function mainCountry(shares: ReadonlyMap<string, number> | undefined, least: number): string | null {
  if (shares === undefined) return null
  const all = [...shares.values()].reduce((sum, addresses) => sum + addresses, 0)
  return [...shares].find(([name, addresses]) => /^[A-Z]{2}$/.test(name) && addresses >= least * all)?.[0] ?? null
}

/** The file's lines: numbers that follow each other as `8365-8367`. */
export function countryLines(countries: ReadonlyMap<number, string>): string {
  const byCountry = new Map<string, number[]>()
  for (const [asn, country] of countries) byCountry.set(country, [...(byCountry.get(country) ?? []), asn])
  const lines: string[] = []
  for (const [country, numbers] of [...byCountry].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let line = country
    for (let at = 0; at < numbers.length; at++) {
      const first = numbers[at] ?? 0
      while (numbers[at + 1] === (numbers[at] ?? 0) + 1) at++
      const word = numbers[at] === first ? `${first}` : `${first}-${numbers[at]}`
      if (line.length + word.length > LINE_WIDTH) {
        lines.push(line)
        line = country
      }
      line += ` ${word}`
    }
    lines.push(line)
  }
  return `${lines.join('\n')}\n`
}

if (process.argv[1] === import.meta.filename) {
  const [v4 = '', registered4 = '', used4 = '', v6 = '', registered6 = '', used6 = ''] = process.argv.slice(2)
  const both = (four: string, six: string): Shares =>
    new Map([...addressesByCountry(readRanges(v6), readRanges(six)), ...addressesByCountry(readRanges(v4), readRanges(four))])
  const comment = readFileSync(AS_COUNTRIES, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'))
  writeFileSync(AS_COUNTRIES, `${comment.join('\n')}\n${countryLines(seats(both(registered4, registered6), both(used4, used6)))}`)
}
