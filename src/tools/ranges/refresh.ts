/**
 * `npm run ranges -- refresh`: downloads the current sources, builds, and says what changed; with `--publish` the new
 * table goes out. One source that fails stops it all: a table of half the sources would quietly forget companies.
 */
import { CONFIG, readConfig } from '../../compile/config.ts'
import { CACHE } from '../../compile/sources/cache.ts'
import { SourceError } from '../../compile/sources/source.ts'
import { type BuildOptions, type Built, buildTable } from './build.ts'
import { diffBuilds, type TableDiff } from './diff.ts'
import { BUILDS, latestBuild } from './folder.ts'
import { type Download, downloadSource } from './refresh-download.ts'

export interface RefreshOptions extends Omit<BuildOptions, 'sources'> {
  readonly now?: Date
  readonly fetch?: typeof fetch
  /** Bytes of the file that is being downloaded. */
  readonly downloading?: (file: string, bytes: number, of: number | null) => void
}

export type Refreshed =
  | { readonly done: false; readonly downloads: readonly Download[] }
  | {
      readonly done: true
      readonly downloads: readonly Download[]
      readonly built: Built
      /** Against the build before; null when there was none or nothing changed. */
      readonly diff: TableDiff | null
    }

/** @throws SourceError when the configuration or a file of it is wrong. */
export async function refresh(options: RefreshOptions = {}): Promise<Refreshed> {
  const { now = new Date(), config = CONFIG, cache = CACHE, acceptTerms = [], out = BUILDS } = options
  const entries = readConfig(config).source.filter((entry) => entry.download !== undefined)
  if (entries.length === 0) throw new SourceError(config, null, 'names no source with download')
  const downloads: Download[] = []
  for (const entry of entries) {
    downloads.push(
      await downloadSource(entry, {
        cache,
        acceptedTerms: acceptTerms,
        today: now.toISOString().slice(0, 10),
        fetch: options.fetch ?? fetch,
        progress: options.downloading ?? (() => {}),
      }),
    )
  }
  if (downloads.some(({ status }) => status === 'failed')) return { done: false, downloads }
  const before = latestBuild(out)?.version ?? null
  const built = await buildTable({ ...options, config, cache, out })
  const after = built.description.version
  return { done: true, downloads, built, diff: before === null || before === after ? null : diffBuilds(out, before, after) }
}
