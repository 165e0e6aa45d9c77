/**
 * `npm run ranges -- truth FILE`: how often a table is right, against addresses that somebody labelled. The labels are
 * for scoring only; no build reads them.
 */
import { join } from 'node:path'
import { openNameBook } from '../../compile/names/other-names.ts'
import { readLabels, type Score, type Scored, type Share, scoreAll, scoreLabel } from '../../compile/truth.ts'
import { type BuildOptions, buildTable } from './build.ts'
import { type Build, latestBuild, readBuild } from './folder.ts'
import { lookUp, storeOfBuild } from './lookup.ts'

export interface TruthOptions extends BuildOptions {
  readonly out: string
}

export interface TruthReport extends Score {
  readonly table: string
  readonly tableDate: string
  readonly withoutDeny: boolean
  /** Rows that were not answered rightly. */
  readonly notRight: readonly Scored[]
}

/** @throws SourceError when the file cannot be read. */
export async function scoreTruth(file: string, options: TruthOptions): Promise<TruthReport> {
  const labels = readLabels(file)
  const build = await tableFor(options)
  const names = openNameBook()
  const answers = await lookUp(
    labels.map(({ ip }) => ip),
    storeOfBuild(build),
  )
  const scored = labels.map((label, index) => scoreLabel(label, namesOf(answers[index]), names))
  const tableDate = build.description.sources.map(({ date }) => date).sort()[0] ?? ''
  const notRight = scored.filter(({ outcome }) => outcome !== 'correct' && outcome !== 'rightlyNobody')
  return { ...scoreAll(scored), table: build.description.version, tableDate, withoutDeny: options.withoutDeny === true, notRight }
}

/** The latest build; without deny lists a build of its own, beside the others, that is never published. */
async function tableFor(options: TruthOptions): Promise<Build> {
  if (options.withoutDeny === true) return buildTable({ ...options, out: join(options.out, 'without-deny') })
  const latest = latestBuild(options.out)
  return latest === null ? buildTable(options) : readBuild(options.out, latest.version)
}

function namesOf(answered: Awaited<ReturnType<typeof lookUp>>[number] | undefined): string[] | null {
  if (answered === undefined || !answered.answer.found) return null
  const { name, domain } = answered.answer.company
  return [name, ...(domain === null ? [] : [domain.split('.')[0] ?? ''])]
}

const percent = ({ count, of, share, low, high }: Share): string =>
  `${count} of ${of}, ${(share * 100).toFixed(1)} % (95 %: ${(low * 100).toFixed(1)} – ${(high * 100).toFixed(1)} %)`

export function truthText(report: TruthReport): string {
  const { shares, byKind, notRight } = report
  const lines: [string, string][] = [
    ['table', `${report.table.slice(0, 12)} of ${report.tableDate}${report.withoutDeny ? ', deny lists switched off' : ''}`],
    ['correct', percent(shares.correct)],
    ['wrong company', percent(shares.wrongCompany)],
    ['missed', percent(shares.missed)],
    ['false company', percent(shares.falseCompany)],
    ...Object.entries(byKind).map(([kind, tally]): [string, string] => [
      `  ${kind}`,
      `${tally.correct} correct, ${tally.wrongCompany} wrong, ${tally.falseCompany} false, ${tally.missed} missed, ${tally.rightlyNobody} rightly nobody`,
    ]),
  ]
  const rows = notRight.map(
    ({ label, outcome, named }) =>
      `line ${label.line}: ${label.organisation} (${label.kind}): ${outcome}${named === null ? '' : `, named ${named}`}`,
  )
  return [...lines.map(([name, value]) => `${name.padEnd(16)} ${value}`), ...rows].join('\n')
}
