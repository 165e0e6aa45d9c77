/**
 * What can be said about a source: under `[[source]]` in `doorplate.sources.toml`, or in short as `format:path` on the
 * command line.
 */
import * as z from 'zod'
import { CSV_PRESETS } from './csv-presets.ts'
import { MMDB_PRESETS } from './mmdb-presets.ts'
import { REGISTRIES } from './registry-terms.ts'
import { FieldMap } from './row-fields.ts'
import { SourceError } from './source.ts'

export const FORMATS = ['ip-location-db', 'own-list', 'mmdb', 'csv', 'as-metadata', 'rpsl', 'arin', 'delegated'] as const
export type Format = (typeof FORMATS)[number]

const names = (record: object): string => Object.keys(record).join(', ')
const SLUG = /^[a-z0-9][a-z0-9-]{0,40}$/

const label = {
  licence: z.optional(z.string()),
  url: z.optional(z.url()),
  attribution: z.optional(z.string()),
  version: z.optional(z.string()),
  date: z.optional(z.iso.date('is no day such as "2026-11-21"')),
}

/** Only these addresses may be downloaded from: a table that decides whom people see is not fetched in the clear. */
const Download = z
  .url({
    protocol: /^https?$/,
    error: 'is no address of the web',
  })
  .refine((url) => url.startsWith('https:') || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url), 'must be https')

export const SourceEntry = z
  .strictObject({
    /** Name of the source in reports and receipts, and of its folder in the cache. */
    name: z.string().regex(SLUG, 'is no short name such as "own-list"'),
    format: z.enum(FORMATS, `is none of ${FORMATS.join(', ')}`),
    /** Relative to the file that names them. */
    files: z.optional(z.array(z.string().min(1)).min(1)),
    /** An npm package that is read until the first download. */
    fallback: z.optional(z.string()),
    download: z.optional(z.array(Download).min(1)),
    /** Fewer rows than this are no download worth keeping. */
    least_rows: z.optional(z.int().positive()),
    preset: z.optional(z.string()),
    fields: z.optional(FieldMap),
    separator: z.optional(z.enum([',', ';', '\t', '|'])),
    header: z.optional(z.boolean()),
    registry: z.optional(z.enum(REGISTRIES, `is none of ${REGISTRIES.join(', ')}`)),
    ...label,
  })
  .superRefine((entry, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (entry.files === undefined && entry.download === undefined && entry.fallback === undefined) {
      wrong('name', 'needs files, download or fallback')
    }
    if (entry.preset !== undefined) {
      const known = entry.format === 'csv' ? CSV_PRESETS : entry.format === 'mmdb' ? MMDB_PRESETS : {}
      if (!(entry.preset in known))
        wrong('preset', `is no preset of ${entry.format}${known === CSV_PRESETS || known === MMDB_PRESETS ? `: ${names(known)}` : ''}`)
    }
    if (entry.format === 'csv' && entry.preset === undefined && entry.fields === undefined)
      wrong('format', `needs a preset (${names(CSV_PRESETS)}) or fields`)
    if (entry.format === 'rpsl' && (entry.registry === undefined || entry.registry === 'arin'))
      wrong('format', 'needs registry: ripe, apnic or afrinic')
    if (entry.fallback !== undefined && entry.format !== 'ip-location-db') wrong('fallback', 'is possible with ip-location-db only')
  })
export type SourceEntry = z.infer<typeof SourceEntry>

/** Short forms of the command line that are more than a format: `ripe:file`, `iptoasn:file`. */
function shortForm(word: string): Omit<SourceEntry, 'name'> | null {
  const format = FORMATS.find((known) => known === word)
  if (format !== undefined && format !== 'csv' && format !== 'rpsl') return { format }
  if (word === 'own') return { format: 'own-list' }
  const registry = REGISTRIES.find((known) => known === word)
  if (registry !== undefined) return registry === 'arin' ? { format: 'arin' } : { format: 'rpsl', registry }
  if (word in CSV_PRESETS) return { format: 'csv', preset: word }
  return word in MMDB_PRESETS ? { format: 'mmdb', preset: word } : null
}

/**
 * `--source` words as entries: `format:path`, or a path or package of the ip-location-db shape. Files of the same
 * word before the colon are one source, because an organisation of one file names ranges of the next.
 */
export function entriesOfWords(words: readonly string[]): SourceEntry[] {
  const entries: SourceEntry[] = []
  for (const word of words) {
    const colon = word.indexOf(':')
    const short = colon < 2 ? null : word.slice(0, colon)
    if (short === null) {
      entries.push({ name: `source-${entries.length + 1}`, format: 'ip-location-db', files: [word] })
      continue
    }
    const form = shortForm(short)
    if (form === null) {
      const known = [
        ...FORMATS.filter((format) => format !== 'csv' && format !== 'rpsl'),
        'own',
        ...REGISTRIES,
        ...Object.keys(CSV_PRESETS),
        ...Object.keys(MMDB_PRESETS),
      ]
      throw new SourceError(word, null, `"${short}" is no format; formats are ${[...new Set(known)].join(', ')}`)
    }
    // A name that two vendors' formats share is told apart by the file.
    const file = word.slice(colon + 1)
    const fitting =
      short in CSV_PRESETS && short in MMDB_PRESETS && /\.mmdb(\.gz)?$/.test(file) ? { format: 'mmdb' as const, preset: short } : form
    const same = entries.find((entry) => entry.name === short && entry.format === fitting.format && entry.format !== 'mmdb')
    if (same) same.files = [...(same.files ?? []), file]
    else entries.push({ name: short, ...fitting, files: [file] })
  }
  return entries
}
