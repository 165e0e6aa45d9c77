/**
 * The build report: what went in, what is listed, what was left out and why, and how large the result is.
 */
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
  const kinds = Object.entries(figures.kinds).map(([kind, number]) => `${number} ${kind}`)
  const rejected = built.report.rejectedNames.map(({ name, reason }) => `${name} (${reason})`)
  const vetoed = Object.entries(figures.vetoedRows).map(([veto, number]) => `${number} ${veto}`)
  const lines: [string, string][] = [
    ['version', figures.version],
    ['folder', figures.folder],
    ['rows in', `${inGroups(figures.rows)}, of them ${inGroups(figures.ownedRows)} of listed organisations' networks`],
    ['listed', `${inGroups(figures.listed)} organisations: ${kinds.join(', ')}`],
    ['rejected', rejected.length === 0 ? 'none' : rejected.join(', ')],
    ['vetoed rows', vetoed.length === 0 ? 'none' : vetoed.join(', ')],
    ['overlaps resolved', `${inGroups(figures.overlaps)} (${inGroups(figures.duplicates)} repeated rows)`],
    ['ranges', `${inGroups(figures.ranges)} in ${inGroups(figures.segments)} segments`],
    ['covers', `${inGroups(figures.v4Addresses)} IPv4 addresses, ${inGroups(figures.v6Networks)} IPv6 /56 networks`],
    ['size', `${inGroups(figures.bytes)} bytes in ${figures.values} values, ${figures.bytesPerRange} bytes per range`],
    ...figures.sources.map((source): [string, string] => [
      'source',
      `${source.name} ${source.version} of ${source.date}, ${source.licence}`,
    ]),
    [
      'took',
      built.rebuilt
        ? `${figures.seconds} s, ${figures.peakMegabytes} MB at its peak`
        : `${figures.seconds} s: nothing changed since the last build`,
    ],
  ]
  return lines.map(([name, value]) => `${name.padEnd(18)} ${value}`).join('\n')
}
