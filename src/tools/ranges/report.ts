/**
 * The build report: what went in, what is listed, what was left out and why, and how large the result is.
 */
import type { TableCounts } from '../../compile/description.ts'
import { COMPANY_KINDS } from '../../words.ts'
import type { Built } from './build.ts'
import { inGroups } from './progress.ts'

/** The figures, for `--json`. */
export function reportFigures(built: Built) {
  const { description, report, folder, rebuilt, seconds, peakBytes } = built
  const { counts, version } = description
  return {
    version,
    folder,
    rebuilt,
    ...report,
    ...counts,
    bytesPerRange: counts.ranges === 0 ? 0 : Math.round((counts.bytes / counts.ranges) * 100) / 100,
    shards: { 4: description.cuts[4].length, 6: description.cuts[6].length },
    values: Object.keys(description.files).length,
    seconds: Math.round(seconds * 1000) / 1000,
    peakMegabytes: Math.round(peakBytes / 1e6),
    sources: description.sources,
  }
}

/** The same for people. */
export function reportText(built: Built): string {
  const figures = reportFigures(built)
  const rejected = built.report.rejectedNames.map(({ name, reason }) => `${name} (${reason})`)
  const refused = Object.entries(figures.refused).map(
    ([reason, { ranges, v4Addresses }]) => `${reason} ${inGroups(ranges)} ranges, ${inGroups(v4Addresses)} IPv4 addresses`,
  )
  const evidence = Object.entries(figures.evidence).map(([kind, number]) => `${inGroups(number)} ${kind}`)
  const reasons = Object.entries(built.report.rejected).map(([reason, number]) => `${inGroups(number)} ${reason}`)
  const lines: [string, string][] = [
    ['version', figures.version],
    ['folder', figures.folder],
    ['rows in', `${inGroups(figures.rows)}, of them ${inGroups(figures.claimedRows)} that something speaks for`],
    ['listed', kindsText(figures.kinds)],
    ['by evidence', evidence.join(', ')],
    ['not listed', reasons.length === 0 ? 'none' : `organisations: ${reasons.join(', ')}`],
    ...refused.map((text): [string, string] => ['', text]),
    ['  of the lists', rejected.length === 0 ? 'none' : rejected.join(', ')],
    ...figures.skipped.map(({ problem, rows, file, line }): [string, string] => [
      'left out unread',
      `${inGroups(rows)} rows: ${problem} (first ${file}:${line})`,
    ]),
    ['overlaps resolved', `${inGroups(figures.overlaps)} (${inGroups(figures.duplicates)} repeated rows)`],
    ['ranges', `${inGroups(figures.ranges)} in ${inGroups(figures.segments)} segments`],
    ['covers', `${inGroups(figures.v4Addresses)} IPv4 addresses, ${inGroups(figures.v6Networks)} IPv6 /56 networks`],
    ['size', `${inGroups(figures.bytes)} bytes in ${figures.values} values, ${figures.bytesPerRange} bytes per range`],
    ...figures.sources.map((source): [string, string] => [
      'source',
      `${source.name} ${source.version} of ${source.date}, ${source.licence}`,
    ]),
    ...figures.sources.flatMap(({ acceptedTerms }): [string, string][] => (acceptedTerms === undefined ? [] : [['terms', acceptedTerms]])),
    [
      'took',
      built.rebuilt
        ? `${figures.seconds} s, ${figures.peakMegabytes} MB at its peak`
        : `${figures.seconds} s: nothing changed since the last build`,
    ],
  ]
  return lines.map(([name, value]) => `${name.padEnd(18)} ${value}`).join('\n')
}

/** The numbers of organisations kind by kind: a sum alone would hide that most of them are shown only where a site asks. */
export const kindsText = (kinds: TableCounts['kinds']): string =>
  COMPANY_KINDS.flatMap((kind) => (kinds[kind] === undefined ? [] : [`${inGroups(kinds[kind])} ${kind}`])).join(', ') || 'nobody'
