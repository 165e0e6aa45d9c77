/**
 * Builds the range table into a folder, or finds that the last build was made of the same.
 */
import { readAliases } from '../../compile/aliases.ts'
import { readCuratedList } from '../../compile/curated.ts'
import type { IntakeProgress } from '../../compile/intake.ts'
import { compileTable } from '../../compile/table.ts'
import { BUILDS, type Build, latestBuild, readBuild, writeBuild } from './folder.ts'
import { hashInputs } from './inputs.ts'
import { type JudgingOptions, openJudging } from './judging.ts'
import { chooseSources, type SourceOptions } from './sources.ts'

export interface BuildOptions extends SourceOptions, JudgingOptions {
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
  const { sources, firmographics, ...chosen } = chooseSources(options)
  const judging = await openJudging({ ...options, deny: [...chosen.deny, ...(options.deny ?? [])] })
  const list = await readCuratedList(options.list ?? chosen.list ?? undefined)
  const facts = [
    ...(await Promise.all(sources.map((source) => source.facts()))),
    list.facts,
    ...(await Promise.all(firmographics.map((source) => source.facts()))),
    ...judging.facts,
  ]
  const aliases = readAliases()
  const inputs = hashInputs([facts, aliases, judging.hash])

  const latest = options.force === true ? null : latestBuild(out)
  const rebuilt = latest?.inputs !== inputs
  let version = latest?.version ?? ''
  if (rebuilt) {
    const table = await compileTable({
      sources,
      organisations: list.organisations,
      facts,
      aliases,
      rules: judging.rules,
      firmographics,
      ...(options.progress && { progress: options.progress }),
    })
    writeBuild(out, table, inputs)
    version = table.description.version
  }
  const build = readBuild(out, version)
  return { ...build, rebuilt, seconds: (performance.now() - began) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }
}
