/**
 * Builds the range table into a folder, or finds that the last build was made of the same.
 */
import { readAliases } from '../../compile/aliases.ts'
import { readCuratedList } from '../../compile/curated.ts'
import type { IntakeProgress } from '../../compile/intake.ts'
import { ASN_PACKAGE, ipLocationDb } from '../../compile/sources/ip-location-db.ts'
import { compileTable } from '../../compile/table.ts'
import { BUILDS, type Build, latestBuild, readBuild, writeBuild } from './folder.ts'
import { hashInputs } from './inputs.ts'

export interface BuildOptions {
  /** npm packages, folders or CSV files; earlier ones win between ranges of the same size. */
  readonly sources?: readonly string[]
  /** CSV of organisations; the list that ships with the project unless said otherwise. */
  readonly list?: string
  readonly out?: string
  /** Builds although nothing changed. */
  readonly force?: boolean
  readonly progress?: IntakeProgress
}

export interface Built extends Build {
  /** False when the last build was made of the same and nothing had to be done. */
  readonly rebuilt: boolean
  readonly seconds: number
  /** Largest resident memory of this process so far. */
  readonly peakBytes: number
}

/** @throws SourceError naming file and line; nothing is written then. */
export async function buildTable(options: BuildOptions = {}): Promise<Built> {
  const began = performance.now()
  const out = options.out ?? BUILDS
  const sources = (options.sources ?? [ASN_PACKAGE]).map((source) => ipLocationDb(source))
  const list = await readCuratedList(options.list)
  const facts = [...(await Promise.all(sources.map((source) => source.facts()))), list.facts]
  const aliases = readAliases()
  const inputs = hashInputs(facts, aliases)

  const latest = options.force === true ? null : latestBuild(out)
  const rebuilt = latest?.inputs !== inputs
  let version = latest?.version ?? ''
  if (rebuilt) {
    const table = await compileTable({
      sources,
      organisations: list.organisations,
      facts,
      aliases,
      ...(options.progress && { progress: options.progress }),
    })
    writeBuild(out, table, inputs)
    version = table.description.version
  }
  const build = readBuild(out, version)
  return { ...build, rebuilt, seconds: (performance.now() - began) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }
}
