/**
 * What `npm run setup` was asked to do: words in, plain data out. Each question it would ask has a flag, so that a script
 * can answer all of them.
 */
import { isIP } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_STATE, KEPT } from '../start/options.ts'

export const HELP = `Sets Doorplate up, step by step, and says at each why. It can be run again: what is there already is left as it is.

  npm run setup                          asks; on Cloudflare, or with --local on this machine
  npm run setup -- --local --yes         on this machine, without questions, without an account, offline
  npm run setup -- --remote --yes --site shop --host www.example.com --endpoint t.example.com

  --site ID            the first site’s id (shop; on this machine the demo website’s)
  --host HOST          a host of its pages; repeat for several
  --endpoint HOST      where the site reaches Doorplate, on its own domain (t. before the host’s domain unless said)
  --time-zone ZONE     in which its days begin (Europe/Berlin)
  --web-logs-days N    how many days its own web server keeps logs with addresses
  --own-network IP     leaves out the network this address belongs to: your own office
  --new-token          makes a new owner token although there is one
  --no-table           leaves the range table as it is
  --source S, --list FILE   builds the range table from these (npm run ranges -- --help)
  --state DIR          where local data is kept (${DEFAULT_STATE})
  --yes                takes what is usual instead of asking
  --json               for programs; implies --yes

Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

export interface SetupOptions {
  /** Null: to be asked. */
  readonly where: 'local' | 'remote' | null
  readonly ask: boolean
  readonly json: boolean
  readonly site: string | null
  readonly hosts: readonly string[]
  readonly endpoints: readonly string[]
  readonly timeZone: string | null
  readonly webLogsDays: number | null
  readonly ownNetwork: string | null
  readonly newToken: boolean
  readonly table: boolean
  readonly sources: readonly string[] | null
  readonly list: string | null
  readonly state: string
  readonly tokenFile: string
  /** Where builds of the range table are kept; null for the usual place. */
  readonly builds: string | null
}

export type SetupRequest = { readonly run: SetupOptions } | { readonly help: string } | { readonly wrong: string }

/** @param terminal whether somebody is there to answer */
export function readSetupOptions(args: readonly string[], terminal: boolean): SetupRequest {
  const values = parse(args)
  if (typeof values === 'string') return { wrong: `${values} --help explains them.` }
  if (values.help === true) return { help: HELP }
  if (values.local === true && values.remote === true) return { wrong: 'Say one of --local and --remote.' }
  const where = values.local === true ? 'local' : values.remote === true ? 'remote' : null
  const ask = terminal && values.yes !== true && values.json !== true
  if (where === null && !ask) return { wrong: 'Nobody is there to be asked: say --local or --remote.' }
  const days = values['web-logs-days'] === undefined ? null : readDays(values['web-logs-days'])
  if (Number.isNaN(days)) return { wrong: `--web-logs-days takes a number of days, not "${values['web-logs-days']}".` }
  const network = values['own-network'] ?? null
  if (network !== null && isIP(network) === 0) return { wrong: `--own-network takes an IP address, not "${network}".` }
  if (where === 'remote' && !ask && (values.host ?? []).length === 0)
    return { wrong: 'Say a host of the site’s pages: --host www.example.com.' }
  return {
    run: {
      where,
      ask,
      json: values.json === true,
      site: values.site ?? null,
      hosts: values.host ?? [],
      endpoints: values.endpoint ?? [],
      timeZone: values['time-zone'] ?? null,
      webLogsDays: days,
      ownNetwork: network,
      newToken: values['new-token'] === true,
      table: values['no-table'] !== true,
      sources: values.source ?? null,
      list: values.list ?? null,
      state: values.state ?? DEFAULT_STATE,
      tokenFile: join(values.state ?? KEPT, 'admin-token'),
      builds: values.state === undefined ? null : join(values.state, 'ranges'),
    },
  }
}

export function readDays(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        local: { type: 'boolean' },
        remote: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
        site: { type: 'string' },
        host: { type: 'string', multiple: true },
        endpoint: { type: 'string', multiple: true },
        'time-zone': { type: 'string' },
        'web-logs-days': { type: 'string' },
        'own-network': { type: 'string' },
        'new-token': { type: 'boolean' },
        'no-table': { type: 'boolean' },
        source: { type: 'string', multiple: true },
        list: { type: 'string' },
        state: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'This option is not known.'
  }
}
