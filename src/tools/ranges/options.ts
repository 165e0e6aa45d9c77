/**
 * The command line of `npm run ranges`: words in, plain data out; nothing here acts.
 */
import { parseArgs } from 'node:util'
import { CACHE } from '../../compile/sources/cache.ts'
import { REGISTRIES, type Registry } from '../../compile/sources/registry-terms.ts'
import { DEFAULT_STATE } from '../start/options.ts'
import { BUILDS } from './folder.ts'

export const COMMANDS = [
  'sources',
  'refresh',
  'build',
  'publish',
  'rollback',
  'versions',
  'verify',
  'diff',
  'lookup',
  'inspect',
  'truth',
] as const
export type Command = (typeof COMMANDS)[number]

export const HELP = `Builds, publishes and questions the range table: which addresses are which company's.

  npm run ranges -- sources                  the sources of doorplate.sources.toml and where each is read from now
  npm run ranges -- refresh [--publish] [--remote]
                                   downloads the current sources, builds, shows what changed, publishes
  npm run ranges -- build [--source S]… [--list FILE] [--out DIR] [--force]
                                   S: FORMAT:FILE (docs/sources.md), an npm package, its folder, or a CSV file
                                   "first,last,AS number,AS name"; without S the configured sources
  npm run ranges -- publish [VERSION] [--remote] [--force]
                                   the latest build (or VERSION) into KV: write, read back, then move the pointer
  npm run ranges -- rollback [--remote]      back to the version before
  npm run ranges -- versions [--remote]      what is built here and what is published
  npm run ranges -- verify [--remote]        reads everything back from KV and checks every hash
  npm run ranges -- diff A B                 companies and addresses gained, lost and moved between two builds
  npm run ranges -- lookup ADDRESS…          the company in the latest build (--published, --remote: in KV)
  npm run ranges -- inspect ADDRESS          the source rows that hold it and what speaks for and against each
  npm run ranges -- truth FILE               how often the latest build is right: CSV ip,expected_kind,expected_org,country,source

  --json      one JSON document on stdout
  --config FILE   instead of doorplate.sources.toml
  --cache DIR     where downloads are kept (${CACHE})
  --accept-terms REGISTRY   reads the registry's files: its terms forbid marketing use, and the manifest says you accepted
  --out DIR   where builds are kept (${BUILDS})
  --state DIR where the local KV is kept (${DEFAULT_STATE})
  --remote    the deployed Worker's KV, through wrangler's login; everything else needs no account
  --deny FILE     networks to leave out: AS numbers, ranges, the formats of docs/companies.md; may be repeated
  --without-deny  build, inspect, truth: without any deny list, to see how far the other rules carry
  --objections FILE   companies that objected (npm run companies -- list --json), instead of the local database's
  --partnerships  lists KG, OHG, GbR and PartG whose size is known
  --force     build: although nothing changed; publish: although the table shrank by more than a fifth

Exit code: 0 done, 1 refused, broken or failed, 2 wrong usage.`

export interface RangesOptions {
  readonly command: Command
  readonly words: readonly string[]
  readonly sources: readonly string[] | null
  readonly list: string | null
  readonly out: string
  readonly state: string
  readonly json: boolean
  readonly force: boolean
  readonly remote: boolean
  readonly published: boolean
  /** `--publish` of a refresh. */
  readonly publish: boolean
  readonly config: string | null
  readonly cache: string | null
  readonly acceptTerms: readonly Registry[]
  readonly deny: readonly string[]
  readonly withoutDeny: boolean
  readonly objections: string | null
  readonly partnerships: boolean
}

export type RangesRequest = { readonly run: RangesOptions } | { readonly help: string } | { readonly wrong: string }

/** How many words may follow each command. */
const WORDS: Readonly<Record<Command, readonly [least: number, most: number]>> = {
  sources: [0, 0],
  refresh: [0, 0],
  build: [0, 0],
  publish: [0, 1],
  rollback: [0, 0],
  versions: [0, 0],
  verify: [0, 0],
  diff: [2, 2],
  lookup: [1, 1000],
  inspect: [1, 1],
  truth: [1, 1],
}

export function readRangesOptions(args: readonly string[]): RangesRequest {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        source: { type: 'string', multiple: true },
        list: { type: 'string' },
        out: { type: 'string' },
        state: { type: 'string' },
        json: { type: 'boolean' },
        force: { type: 'boolean' },
        remote: { type: 'boolean' },
        published: { type: 'boolean' },
        publish: { type: 'boolean' },
        config: { type: 'string' },
        cache: { type: 'string' },
        'accept-terms': { type: 'string', multiple: true },
        deny: { type: 'string', multiple: true },
        'without-deny': { type: 'boolean' },
        objections: { type: 'string' },
        partnerships: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [name, ...words] = positionals
    if (values.help === true || name === 'help') return { help: HELP }
    const command = COMMANDS.find((known) => known === name)
    if (command === undefined) return { wrong: name === undefined ? 'What is to be done?' : `"${name}" is no command.` }
    const [least, most] = WORDS[command]
    if (words.length < least || words.length > most)
      return { wrong: `"${command}" takes ${least === most ? least : `${least} to ${most}`} words, not ${words.length}.` }
    const acceptTerms = REGISTRIES.filter((registry) => values['accept-terms']?.includes(registry))
    const stranger = values['accept-terms']?.find((word) => !REGISTRIES.some((registry) => registry === word))
    if (stranger !== undefined) return { wrong: `"${stranger}" is no registry; --accept-terms takes ${REGISTRIES.join(', ')}.` }
    return {
      run: {
        command,
        words,
        sources: values.source ?? null,
        list: values.list ?? null,
        out: values.out ?? BUILDS,
        state: values.state ?? DEFAULT_STATE,
        json: values.json === true,
        force: values.force === true,
        remote: values.remote === true,
        published: values.published === true || values.remote === true,
        publish: values.publish === true,
        config: values.config ?? null,
        cache: values.cache ?? null,
        acceptTerms,
        deny: values.deny ?? [],
        withoutDeny: values['without-deny'] === true,
        objections: values.objections ?? null,
        partnerships: values.partnerships === true,
      },
    }
  } catch (error) {
    // parseArgs names the word that it does not know; nothing else of its message is needed.
    return { wrong: error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'This option is not known.' }
  }
}
