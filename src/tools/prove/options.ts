/** What `npm run prove` was asked to do. */
import { parseArgs } from 'node:util'

/** Events of a full proof. */
export const DEFAULT_EVENTS = 5_500
/** Fewer can't take every path. */
const FEWEST_EVENTS = 200

export const HELP = `Proves on the bytes that no visitor's address, and nothing else of a visitor, stays or leaves.

  npm run prove                         ${DEFAULT_EVENTS.toLocaleString('en-US')} events along every path, then the search
  npm run prove -- --events N           another number of events, at least ${FEWEST_EVENTS}
  npm run prove -- --json               the verdict as JSON
  npm run prove -- --mutants            plants every leak of test/mutants and shows that each is found
  npm run prove -- --mutant FILE        the same with one of them by its name, or with a patch of your own (unified diff, paths as in src/…)
  npm run prove -- --help               this text

The Worker is built as it would be deployed and runs on this machine with its state in a temporary folder. Before
anything is called absent, every form is planted once in every place and must be found there.
Ends with 0 when nothing was found and every check held, with 1 otherwise.`

export interface ProveOptions {
  readonly events: number
  readonly json: boolean
  /** Patches to try; empty: the Worker itself is proved. */
  readonly mutants: 'all' | readonly string[]
}

export type ProveRequest = { readonly run: ProveOptions } | { readonly help: string } | { readonly wrong: string }

export function readProveOptions(args: readonly string[]): ProveRequest {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        events: { type: 'string' },
        json: { type: 'boolean', default: false },
        mutants: { type: 'boolean', default: false },
        mutant: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { help: HELP }
    const events = values.events === undefined ? DEFAULT_EVENTS : Number(values.events)
    if (!Number.isInteger(events) || events < FEWEST_EVENTS)
      return { wrong: `--events takes a whole number of at least ${FEWEST_EVENTS}, not "${values.events}".` }
    return { run: { events, json: values.json, mutants: values.mutants ? 'all' : values.mutant } }
  } catch (error) {
    return { wrong: `${error instanceof Error ? error.message : 'This option is not known.'} See: npm run prove -- --help` }
  }
}
