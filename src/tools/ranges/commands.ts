/**
 * The commands of `npm run ranges`. Each gives what `--json` prints, the same for people, and an exit code.
 */

import { join } from 'node:path'
import { brokenFiles, readPointer, rollback } from '../../compile/publish.ts'
import { buildTable } from './build.ts'
import { diffBuilds } from './diff.ts'
import { describeDiff } from './diff-text.ts'
import { BuildMissing, builtVersions, latestBuild, readBuild, readManifest } from './folder.ts'
import { inspectCommand, judgingOptions, truthCommand } from './judge-commands.ts'
import { describeAnswer, lookUp, storeOfBuild, storeOfKv } from './lookup.ts'
import type { Command } from './options.ts'
import { done, type Run, short } from './outcome.ts'
import { inGroups } from './progress.ts'
import { publishBuild, withKv } from './publish.ts'
import { refreshCommand, sourcesCommand } from './refresh-command.ts'
import { kindsText, reportFigures, reportText } from './report.ts'

/** A version may be named by the first characters of its name, as long as only one build begins with them. */
function fullVersion(out: string, word: string): string {
  if (word === 'latest') return latestBuild(out)?.version ?? word
  const matching = builtVersions(out).filter((version) => version.startsWith(word))
  const [version] = matching
  if (version === undefined || matching.length > 1)
    throw new BuildMissing(`"${word}" names ${matching.length} builds in ${out}; "npm run ranges -- versions" shows them`)
  return version
}

const build: Run = async (options, line) => {
  const { out, force } = options
  const built = await buildTable({
    ...(await judgingOptions(options)),
    out,
    force,
    progress: (rows, of) => line.update('reading', rows, of, 'rows'),
  })
  line.end()
  return done(reportFigures(built), reportText(built))
}

const publishCommand: Run = async (options, line) => {
  const { out, words, force } = options
  const [word] = words
  const version = word === undefined ? null : fullVersion(out, word)
  const published = await withKv(options, (port) =>
    publishBuild(port, {
      out,
      force,
      ...(version !== null && { version }),
      progress: (step, count, of) => line.update(step === 'write' ? 'writing' : 'reading back', count, of, 'values'),
    }),
  )
  line.end()
  const what = published.already
    ? 'is published already; every value was read back and is right'
    : `published: ${published.written} values written and read back`
  const before = published.previous === null ? 'no version before it' : `${short(published.previous)} stays for a rollback`
  return done(published, `${short(published.version)} ${what}; ${before}; ${published.deleted} old values deleted`)
}

const rollbackCommand: Run = async (options) => {
  const moved = await withKv(options, (port) => rollback(port, { now: new Date() }))
  return done(moved, `${short(moved.version)} serves again; ${short(moved.previous)} stays (another rollback returns to it)`)
}

const versions: Run = async (options) => {
  const pointer = await withKv(options, readPointer)
  const latest = latestBuild(options.out)?.version
  const built = new Map(builtVersions(options.out).map((version) => [version, readManifest(join(options.out, version))]))
  const known = new Map([
    ...built,
    ...[pointer, pointer?.previous ?? null].flatMap((table) => (table === null ? [] : [[table.version, table] as const])),
  ])
  const rows = [...known.values()].map(({ version, counts, sources }) => ({
    version,
    published: version === pointer?.version ? 'current' : version === pointer?.previous?.version ? 'previous' : null,
    built: built.has(version),
    latest: version === latest,
    companies: counts.companies,
    kinds: counts.kinds,
    ranges: counts.ranges,
    bytes: counts.bytes,
    oldestSource: sources.map(({ date }) => date).sort()[0] ?? null,
  }))
  const text = rows.map((row) => {
    const marks = [row.published, row.latest ? 'latest build' : row.built ? 'built here' : null].filter((mark) => mark !== null)
    return `${row.version}  ${kindsText(row.kinds)}, ${inGroups(row.ranges)} ranges, sources from ${row.oldestSource}  ${marks.join(', ')}`
  })
  return done(rows, text.length === 0 ? 'nothing is built and nothing is published' : text.join('\n'))
}

const verify: Run = async (options, line) => {
  const found = await withKv(options, async (port) => {
    const pointer = await readPointer(port)
    if (pointer === null) return null
    const tables = pointer.previous === null ? [pointer] : [pointer, pointer.previous]
    const results = []
    for (const table of tables) {
      const of = Object.keys(table.files).length
      results.push({
        version: table.version,
        values: of,
        broken: await brokenFiles(port, table, (count) => line.update('reading back', count, of, 'values')),
      })
    }
    return results
  })
  line.end()
  if (found === null) return done([], 'nothing is published, or the pointer cannot be read', false)
  const text = found.map(({ version, values, broken }) =>
    broken.length === 0
      ? `${version}  ${values} values, all right`
      : `${version}  ${broken.map(({ name, problem }) => `${name} ${problem}`).join(', ')}`,
  )
  return done(
    found,
    text.join('\n'),
    found.every(({ broken }) => broken.length === 0),
  )
}

const diff: Run = async ({ out, words }) => {
  const [before = '', after = ''] = words
  const changed = diffBuilds(out, fullVersion(out, before), fullVersion(out, after))
  return done(changed, describeDiff(changed).join('\n'))
}

const lookup: Run = async (options) => {
  const { out, words, published } = options
  const answers = published
    ? await withKv(options, (port) => lookUp(words, storeOfKv(port)))
    : await lookUp(words, storeOfBuild(readBuild(out, fullVersion(out, 'latest'))))
  const ok = answers.every(({ answer }) => answer.found || answer.why === 'unlisted')
  return done(answers, answers.map(({ address, answer }) => `${address}  ${describeAnswer(answer)}`).join('\n'), ok)
}

export const RUN: Readonly<Record<Command, Run>> = {
  sources: sourcesCommand,
  refresh: refreshCommand,
  build,
  publish: publishCommand,
  rollback: rollbackCommand,
  versions,
  verify,
  diff,
  lookup,
  inspect: inspectCommand,
  truth: truthCommand,
}
