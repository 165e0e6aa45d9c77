/**
 * `npm run ranges -- sources` and `-- refresh`: what they print, and publishing what was refreshed.
 */

import { describeDiff } from './diff-text.ts'
import { judgingOptions } from './judge-commands.ts'
import { done, type Run, short } from './outcome.ts'
import { inGroups } from './progress.ts'
import { publishBuild, withKv } from './publish.ts'
import { type Refreshed, refresh } from './refresh.ts'
import type { Download } from './refresh-download.ts'
import { reportFigures, reportText } from './report.ts'
import { sourceOptions, sourceStates } from './sources.ts'

export const sourcesCommand: Run = async (options) => {
  const states = sourceStates(sourceOptions(options))
  const lines = states.map(({ name, format, licence, from, date, rows }) => {
    const when = date === null ? '' : ` of ${date}, ${inGroups(rows ?? 0)} rows`
    return `${name.padEnd(18)} ${format.padEnd(15)} ${from}${when}; ${licence ?? (from === 'npm package' ? "the package's own licence" : 'licence as its format says')}`
  })
  return done(states, lines.join('\n'))
}

export const refreshCommand: Run = async (options, line) => {
  const { sources: _none, ...chosen } = await judgingOptions(options)
  const refreshed = await refresh({
    ...chosen,
    out: options.out,
    force: options.force,
    downloading: (file, bytes, of) => line.update(`downloading ${file}`, bytes, of, 'bytes'),
    progress: (rows, of) => line.update('reading', rows, of, 'rows'),
  })
  line.end()
  const told = refreshed.downloads.map(describeDownload)
  if (!refreshed.done) return done(refreshed, [...told, 'nothing was built: the table before goes on serving'].join('\n'), false)
  const { built, diff } = refreshed
  const changed = diff === null ? ['the table is the same as before, or the first'] : describeDiff(diff)
  if (!options.publish) return done(jsonOf(refreshed), [...told, reportText(built), ...changed].join('\n'))
  const { version } = built.description
  const published = await withKv(options, (port) => publishBuild(port, { out: options.out, version, force: options.force }))
  const sentence = published.already ? 'is published already' : `published: ${published.written} values written and read back`
  return done({ ...jsonOf(refreshed), published }, [...told, reportText(built), ...changed, `${short(version)} ${sentence}`].join('\n'))
}

const jsonOf = ({ downloads, built, diff }: Extract<Refreshed, { done: true }>) => ({ downloads, build: reportFigures(built), diff })

function describeDownload(download: Download): string {
  if (download.status === 'failed') return `${download.name}: ${download.problem}`
  const { date, rows } = download.cached
  return `${download.name}: ${download.status === 'new' ? 'downloaded' : 'nothing newer'}, data of ${date}, ${inGroups(rows)} rows`
}
