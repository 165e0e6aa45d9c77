/**
 * What a build is made of: the sources named on the command line, else those of `doorplate.sources.toml`.
 */
import { isAbsolute, join } from 'node:path'
import { CONFIG, readConfig } from '../../compile/config.ts'
import { openFirmographics } from '../../compile/firmographics/read.ts'
import type { FirmographicsSource } from '../../compile/firmographics/record.ts'
import { CACHE, readCached } from '../../compile/sources/cache.ts'
import { openSource } from '../../compile/sources/open-source.ts'
import { type RangeSource, SourceError } from '../../compile/sources/source.ts'
import { entriesOfWords, type SourceEntry } from '../../compile/sources/source-entry.ts'
import type { RangesOptions } from './options.ts'

export interface SourceOptions {
  /** `format:path`, or an npm package, folder or file of the ip-location-db shape; instead of the configured sources. */
  readonly sources?: readonly string[]
  readonly config?: string
  readonly cache?: string
  /** Registries whose terms the operator accepts. */
  readonly acceptTerms?: readonly string[]
}

/** The options of the command line that choose sources. */
export const sourceOptions = ({ sources, config, cache, acceptTerms }: RangesOptions): SourceOptions => ({
  ...(sources && { sources }),
  ...(config !== null && { config }),
  ...(cache !== null && { cache }),
  acceptTerms,
})

export interface ChosenSources {
  readonly sources: readonly RangeSource[]
  readonly firmographics: readonly FirmographicsSource[]
  /** Files of networks to leave out, beside those that ship with the project. */
  readonly deny: readonly string[]
  /** CSV of organisations, null for the one that ships. */
  readonly list: string | null
}

/** @throws SourceError naming file and line. */
export function chooseSources({ sources, config = CONFIG, cache = CACHE, acceptTerms: acceptedTerms = [] }: SourceOptions): ChosenSources {
  if (sources !== undefined) {
    const opened = entriesOfWords(sources).flatMap((entry) => openSource(entry, { cache, acceptedTerms }) ?? [])
    return { sources: opened, firmographics: [], deny: [], list: null }
  }
  const { source, firmographics, deny, list, base } = readConfig(config)
  const opened = source.flatMap((entry) => openSource(entry, { base, cache, acceptedTerms }) ?? [])
  if (opened.length === 0) throw new SourceError(config, null, 'names no source that is here; run "npm run ranges -- refresh"')
  const inBase = (file: string): string => (isAbsolute(file) ? file : join(base, file))
  return {
    sources: opened,
    firmographics: firmographics.map((entry) => openFirmographics(entry, base)),
    deny: deny.map(inBase),
    list: list === undefined ? null : inBase(list),
  }
}

/** Where a configured source is read from right now. */
export interface SourceState {
  readonly name: string
  readonly format: SourceEntry['format']
  /** Null where the package or the format says it. */
  readonly licence: string | null
  readonly from: 'download' | 'files' | 'npm package' | 'nothing yet'
  /** Day and rows of the download. */
  readonly date: string | null
  readonly rows: number | null
}

export function sourceStates({ config = CONFIG, cache = CACHE }: SourceOptions): SourceState[] {
  return readConfig(config).source.map((entry) => {
    const cached = entry.download === undefined ? null : readCached(cache, entry.name)
    const otherwise = entry.files !== undefined ? 'files' : entry.fallback !== undefined ? 'npm package' : 'nothing yet'
    return {
      name: entry.name,
      format: entry.format,
      // What is said of the download does not hold for the package.
      licence: cached === null && otherwise === 'npm package' ? null : (entry.licence ?? null),
      from: cached !== null ? 'download' : otherwise,
      date: cached?.date ?? null,
      rows: cached?.rows ?? null,
    }
  })
}
