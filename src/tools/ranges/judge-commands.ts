/**
 * The commands of `npm run ranges` that say why and how well: `inspect` one address, `truth` over labelled ones.
 */
import { objectionsForBuild } from '../companies/for-build.ts'
import { latestBuild, readBuild } from './folder.ts'
import { inspectAddress } from './inspect.ts'
import { describeAnswer, lookUp, storeOfBuild } from './lookup.ts'
import type { RangesOptions } from './options.ts'
import { done, type Run } from './outcome.ts'
import { sourceOptions } from './sources.ts'
import { scoreTruth, truthText } from './truth.ts'

/** The options that decide what a build lists, as the command line has them. */
export async function judgingOptions(options: RangesOptions) {
  const { list, deny, withoutDeny, partnerships } = options
  return {
    ...sourceOptions(options),
    ...(list !== null && { list }),
    deny,
    withoutDeny,
    partnerships,
    objections: await objectionsForBuild(options),
  }
}

export const inspectCommand: Run = async (options) => {
  const { out, words } = options
  const [address = ''] = words
  const candidates = await inspectAddress(address, await judgingOptions(options))
  if (candidates === null) return done({ address, candidates: [] }, `"${address}" is no address`, false)
  const latest = latestBuild(out)
  const verdict = latest === null ? null : ((await lookUp([address], storeOfBuild(readBuild(out, latest.version))))[0]?.answer ?? null)
  const rows = candidates.flatMap(({ row, organisation, pieces, verdict: sentence }) => [
    `${row.file}:${row.line}  ${row.first} - ${row.last}  AS${row.asn} ${row.name}`,
    ...(organisation === null ? [] : [`    ${organisation}`]),
    ...pieces.map(({ text, points }) => `    ${String(points > 0 ? `+${points}` : points).padStart(4)}  ${text}`),
    `    ${sentence}`,
  ])
  const end = verdict === null ? 'no table is built yet' : `in the latest build: ${describeAnswer(verdict)}`
  return done({ address, candidates, verdict }, [...(rows.length === 0 ? ['no row of the sources holds it'] : rows), end].join('\n'))
}

export const truthCommand: Run = async (options, line) => {
  const [file = ''] = options.words
  const report = await scoreTruth(file, {
    ...(await judgingOptions(options)),
    out: options.out,
    progress: (rows, of) => line.update('reading', rows, of, 'rows'),
  })
  line.end()
  const { correct, wrongCompany, falseCompany, missed, byKind, ...rest } = report
  return done({ correct, wrongCompany, falseCompany, missed, byKind, ...rest }, truthText(report))
}
