/**
 * `doorplate.sources.toml`: which sources a range table is built from. Read once, checked as a whole, and every
 * mistake names its line, because that is where it has to be mended.
 *
 * Terms of registries are not accepted here (`sources/registry-terms.ts` says why), and nothing in it is a secret:
 * a download that needs a key belongs into the operator's own script and then under `files`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, TomlError } from 'smol-toml'
import * as z from 'zod'
import { lineOf } from './config-lines.ts'
import { FirmographicsEntry } from './firmographics/entry.ts'
import { SourceError } from './sources/source.ts'
import { SourceEntry } from './sources/source-entry.ts'

/** The one that ships with the project. */
export const CONFIG = fileURLToPath(new URL('../../doorplate.sources.toml', import.meta.url))

const Shape = z
  .strictObject({
    /** CSV of organisations; the list that ships with the project unless said otherwise. */
    list: z.optional(z.string().min(1)),
    source: z.array(SourceEntry).min(1, 'needs at least one source'),
    firmographics: z.array(FirmographicsEntry).default([]),
    /** Files of networks and names to leave out, beside the lists that ship with the project; `deny/` knows the formats. */
    deny: z.array(z.string().min(1)).default([]),
  })
  .superRefine(({ source, firmographics }, context) => {
    for (const [table, entries] of Object.entries({ source, firmographics })) {
      const names = entries.map(({ name }) => name)
      const twice = names.findIndex((name, index) => names.indexOf(name) < index)
      if (twice >= 0) context.addIssue({ code: 'custom', path: [table, twice, 'name'], message: `"${names[twice]}" is there already` })
    }
  })

export interface SourcesConfig extends z.infer<typeof Shape> {
  /** Folder that the files in it are relative to. */
  readonly base: string
}

/** @throws SourceError naming the file and the line of the first mistake. */
export function readConfig(path: string = CONFIG): SourcesConfig {
  if (!existsSync(path)) throw new SourceError(path, null, 'is not there')
  const file = basename(path)
  const text = readFileSync(path, 'utf8')
  const config = Shape.safeParse(parseToml(text, file))
  if (config.success) return { ...config.data, base: dirname(path) }
  const issue = config.error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const place = [...(issue?.path ?? []), ...(extra === undefined ? [] : [extra])]
  const problem = extra === undefined ? issue?.message : 'is not known here'
  throw new SourceError(file, lineOf(text, place), `${nameOf(place)} ${problem}`)
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // Its message begins with one sentence and goes on with a drawing of the place, which the line says as well.
    throw new SourceError(file, error.line, error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? 'is no TOML')
  }
}

/** `source 2, format`: tables are counted from 1. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `${step + 1},` : String(step)))
    .join(' ')
    .replace(/,$/, '')
