/**
 * What is known about a source that is files: what the operator says of them, else what the files say themselves.
 */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { hashFiles, SourceError, type SourceFacts } from './source.ts'

/** What an operator or a preset knows about a source. */
export interface SourceLabel {
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly licence?: string | undefined
  readonly url?: string | undefined
  readonly attribution?: string | undefined
  readonly credits?: SourceFacts['credits'] | undefined
  /** Date of the data, `YYYY-MM-DD`. */
  readonly date?: string | undefined
}

/** @param own what the format or the file itself says, used where the label says nothing. */
export async function fileFacts(paths: readonly string[], label: SourceLabel, own: SourceLabel = {}): Promise<SourceFacts> {
  const files = paths.map((path) => basename(path))
  const date = label.date ?? own.date ?? lastChange(paths)
  return {
    name: label.name ?? own.name ?? files.join(', '),
    version: label.version ?? own.version ?? date,
    licence: label.licence ?? own.licence ?? 'not stated',
    url: label.url ?? own.url ?? '',
    attribution: label.attribution ?? own.attribution ?? '',
    credits: label.credits ?? own.credits ?? [],
    date,
    sha256: await hashFiles(paths),
    files,
  }
}

/** The day on which the oldest of the files was changed last; a copy keeps it, a clone does not, so a stated date is better. */
export function lastChange(paths: readonly string[]): string {
  const oldest = Math.min(
    ...paths.map((path) => {
      try {
        return statSync(path).mtimeMs
      } catch {
        throw new SourceError(path, null, 'cannot be read')
      }
    }),
  )
  return new Date(oldest).toISOString().slice(0, 10)
}
