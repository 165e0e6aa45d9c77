/**
 * Reads the CSV files of the `@ip-location-db/asn` npm package, or any file of the same shape:
 * `first,last,AS number,AS name`, no header line, names quoted where they hold a comma.
 *
 * The package is the offline source that every clone has. Its own README says that its npm releases have ended
 * and that some of its data is wrong, which is one more reason why a row alone never lists anybody: only an AS
 * number that the curated list names does.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { type CsvLine, readCsvLines } from './csv-lines.ts'
import { fileFacts, type SourceLabel } from './file-facts.ts'
import { Reading } from './read-file.ts'
import { type RangeSource, SourceError, type SourceRow } from './source.ts'

export const ASN_PACKAGE = '@ip-location-db/asn'
const PACKAGE_FILES = ['asn-ipv4.csv', 'asn-ipv6.csv']
/** Bytes of an average row, for the progress bar only. */
const BYTES_PER_ROW = 63

/** The three owners whose CC BY 4.0 licences the package passes on; DB-IP asks for the link on every page with results. */
const ATTRIBUTION = {
  licence: 'CC BY 4.0',
  url: 'https://github.com/sapics/ip-location-db',
  attribution:
    'AS data by RouteViews (routeviews.org), DB-IP (https://db-ip.com) and NRO (nro.net), CC BY 4.0, merged by ip-location-db; reduced here to the networks of listed organisations.',
  credits: [
    { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' },
    { text: 'RouteViews', url: 'https://www.routeviews.org' },
    { text: 'Number Resource Organization', url: 'https://www.nro.net' },
  ],
} as const

const PackageJson = z.object({ version: z.string() })

/**
 * @param from the npm package's name, its folder, or the paths of CSV files of the same shape.
 * @param label what is known about files that are not the package's.
 * @throws SourceError when it is not there.
 */
export function ipLocationDb(from: string | readonly string[] = ASN_PACKAGE, label: SourceLabel = {}): RangeSource {
  const { paths, ...own } = locate(typeof from === 'string' ? [from] : from)
  const reading = new Reading(paths)
  return {
    role: 'routing',
    get expectedRows() {
      return reading.expected(Math.round(reading.total / BYTES_PER_ROW))
    },
    facts: () => fileFacts(paths, label, own),
    async *rows() {
      for (const path of paths) {
        const file = basename(path)
        for await (const lines of readCsvLines(path, { reading })) for (const row of lines) yield readRow(row, file)
      }
    },
  }
}

/** The package is known by its name; of other files nothing is known but where they are. */
function locate(from: readonly string[]): SourceLabel & { readonly paths: readonly string[] } {
  const [first = ASN_PACKAGE] = from
  if (from.length > 1 || (existsSync(first) && statSync(first).isFile())) {
    const missing = from.find((path) => !existsSync(path))
    if (missing !== undefined) throw new SourceError(missing, null, 'cannot be read')
    return { paths: from, version: 'file' }
  }
  const folder = existsSync(first) ? first : packageFolder(first)
  const paths = PACKAGE_FILES.map((file) => join(folder, file))
  for (const path of paths) if (!existsSync(path)) throw new SourceError(path, null, `is missing; run "npm ci" to install ${ASN_PACKAGE}`)
  const manifest = join(folder, 'package.json')
  const version = existsSync(manifest) ? PackageJson.parse(JSON.parse(readFileSync(manifest, 'utf8'))).version : 'folder'
  const date = dateOf(version)
  return { paths, name: ASN_PACKAGE, version, ...ATTRIBUTION, ...(date !== null && { date }) }
}

function packageFolder(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    throw new SourceError(name, null, 'is neither a file nor an installed npm package; run "npm ci"')
  }
}

/** The package's version ends with its date and hour (`2.3.2026061719`); a plain file is as old as its last change. */
function dateOf(version: string): string | null {
  const stamp = /\.(\d{4})(\d{2})(\d{2})\d{2}$/.exec(version)
  return stamp === null ? null : `${stamp[1]}-${stamp[2]}-${stamp[3]}`
}

function readRow({ fields, line }: CsvLine, file: string): SourceRow {
  const [first, last, number, name] = fields
  if (first === undefined || last === undefined || number === undefined || name === undefined || fields.length !== 4) {
    throw new SourceError(file, line, `has ${fields.length} columns instead of 4 (first address, last address, AS number, AS name)`)
  }
  const asn = Number(number)
  if (!/^\d{1,10}$/.test(number) || asn > 0xffffffff) throw new SourceError(file, line, `"${number}" is no AS number`)
  return { first, last, asn, name, file, line }
}
