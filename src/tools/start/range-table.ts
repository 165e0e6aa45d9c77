/**
 * The range table in the local KV: built when its inputs changed, published when it is not the one that serves.
 *
 * A source that cannot be read stops a first start; later it only costs the news: the published table serves on.
 */

import type { CompanyObjection } from '../../company-objection.ts'
import { POINTER_KEY } from '../../compile/pointer.ts'
import { publish } from '../../compile/publish.ts'
import { SourceError } from '../../compile/sources/source.ts'
import { type BuildOptions, type Built, buildTable } from '../ranges/build.ts'
import { BUILDS, BuildMissing } from '../ranges/folder.ts'
import { type LocalNamespace, localKv } from '../ranges/local-kv.ts'
import { reportFor } from '../ranges/published-report.ts'
import { CannotStart } from './cannot-start.ts'

/** Other sources than the configured ones, or another folder for the builds. */
export type ChosenBuild = Pick<BuildOptions, 'sources' | 'list' | 'out'>

/** @param objections companies that are left out. @param say how far it is. @returns the remark beside the finished step. */
export async function provideTable(
  ranges: LocalNamespace,
  objections: readonly CompanyObjection[],
  say: (remark: string) => void,
  chosen: ChosenBuild = {},
): Promise<string> {
  const built = await build(objections, say, chosen)
  if (built instanceof SourceError) {
    if ((await ranges.get(POINTER_KEY, 'text')) === null) throw new CannotStart(`no range table: ${built.message}`)
    return `not rebuilt, the published one serves on: ${built.message}`
  }
  const port = localKv(ranges)
  const published = await publish(port, built, {
    now: new Date(),
    report: await reportFor(port, BUILDS, { version: built.description.version, report: built.report }),
    progress: (step, done, of) => say(`${step === 'write' ? 'publishing' : 'checking'} ${done} of ${of}`),
  })
  const { counts } = built.description
  return [`${counts.companies} organisations`, built.rebuilt ? 'built' : 'unchanged', published.already ? '' : 'published']
    .filter(Boolean)
    .join(', ')
}

async function build(
  objections: readonly CompanyObjection[],
  say: (remark: string) => void,
  chosen: ChosenBuild,
): Promise<Built | SourceError> {
  try {
    const progress = (rows: number, expected: number | null): void =>
      say(`${rows.toLocaleString('en')}${expected === null ? '' : ` of about ${expected.toLocaleString('en')}`} rows`)
    return await buildTable({ ...chosen, objections, progress }).catch((error) => {
      // Somebody changed or deleted a part of the last build: not worth a question, it is made again.
      if (error instanceof BuildMissing) return buildTable({ ...chosen, objections, progress, force: true })
      throw error
    })
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
}
