/**
 * Opens a source as its entry describes it: the downloaded version where there is one, else its files, else the npm
 * package that every clone has.
 */
import { isAbsolute, join } from 'node:path'
import { arin } from './arin.ts'
import { asMetadata } from './as-metadata.ts'
import { CACHE, cachedPaths, readCached } from './cache.ts'
import { CSV_PRESETS, type CsvPreset } from './csv-presets.ts'
import { csvTable } from './csv-table.ts'
import { delegated } from './delegated.ts'
import type { SourceLabel } from './file-facts.ts'
import { ipLocationDb } from './ip-location-db.ts'
import { mmdb } from './mmdb.ts'
import { MMDB_PRESETS, type MmdbPreset } from './mmdb-presets.ts'
import { ownList } from './own-list.ts'
import { rpsl } from './rpsl.ts'
import { type RangeSource, SourceError } from './source.ts'
import type { SourceEntry } from './source-entry.ts'

export interface OpenOptions {
  /** Folder that relative files are in. */
  readonly base?: string
  readonly cache?: string
  /** Registries whose terms the operator accepted. */
  readonly acceptedTerms?: readonly string[]
}

/** Null for a source that is only downloaded and was not yet. @throws SourceError. */
export function openSource(entry: SourceEntry, options: OpenOptions = {}): RangeSource | null {
  const { base = '.', cache = CACHE } = options
  const cached = entry.download === undefined ? null : readCached(cache, entry.name)
  if (cached !== null) {
    return openFiles(entry, cachedPaths(cache, entry.name, cached), { date: cached.date, version: cached.date }, options)
  }
  // A package is found by its name, and so is a file that was named on the command line.
  if (entry.files !== undefined)
    return openFiles(
      entry,
      entry.files.map((file) => inFolder(base, file)),
      {},
      options,
    )
  return entry.fallback === undefined ? null : ipLocationDb(entry.fallback)
}

const inFolder = (base: string, file: string): string => (isAbsolute(file) || file.startsWith('@') ? file : join(base, file))

/** Opens the given files as `entry` says they are to be read. @throws SourceError. */
export function openFiles(
  entry: SourceEntry,
  files: readonly string[],
  known: SourceLabel,
  { acceptedTerms = [] }: OpenOptions,
): RangeSource {
  const { licence, url, attribution } = entry
  const label = {
    licence,
    url,
    attribution,
    version: entry.version ?? known.version,
    date: entry.date ?? known.date,
    // What was made up on the command line is no name for a receipt.
    ...(entry.download !== undefined && { name: entry.name }),
  }
  switch (entry.format) {
    case 'ip-location-db':
      return ipLocationDb(files, label)
    case 'own-list':
      return ownList({ ...label, files })
    case 'mmdb':
      return mmdb({ ...label, file: onlyFile(entry, files), preset: presetOf<MmdbPreset>(MMDB_PRESETS, entry), fields: entry.fields })
    case 'csv':
      return csvTable({ ...label, files, preset: csvPreset(entry) })
    case 'as-metadata':
      return asMetadata({ ...label, files })
    case 'rpsl':
      return rpsl({
        ...label,
        files,
        registry: entry.registry === undefined || entry.registry === 'arin' ? 'ripe' : entry.registry,
        acceptedTerms,
      })
    case 'arin':
      return arin({ ...label, files, acceptedTerms })
    case 'delegated':
      return delegated({ ...label, files })
  }
}

function onlyFile({ name }: SourceEntry, files: readonly string[]): string {
  const [file] = files
  if (file === undefined || files.length > 1) throw new SourceError(name, null, 'takes one file; an MMDB file is a source of its own')
  return file
}

const presetOf = <T>(presets: Readonly<Record<string, T>>, { preset }: SourceEntry): T | undefined =>
  preset === undefined ? undefined : presets[preset]

function csvPreset(entry: SourceEntry): CsvPreset {
  const preset = presetOf<CsvPreset>(CSV_PRESETS, entry) ?? { role: 'vendor', separator: ',', header: true, fields: {}, label: {} }
  return {
    ...preset,
    separator: entry.separator ?? preset.separator,
    header: entry.header ?? preset.header,
    fields: { ...preset.fields, ...entry.fields },
  }
}
