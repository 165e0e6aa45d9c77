/**
 * `npm run rules`: the operator's own ranges. Effective within a minute, without a deploy.
 */
import { parseArgs } from 'node:util'
import { toRule } from '../collect/rule-list.ts'
import { readRules, removeRule, saveRule } from '../ledger/rules.ts'
import { readSites } from '../ledger/sites.ts'
import { type Bounds, readBounds, writeBounds } from '../ranges/bounds.ts'
import { ALL_SITES, ownKey, RuleCompany, whyNotAssign } from '../ranges/rules.ts'
import type { SiteId } from '../words.ts'
import { withDatabase } from './d1/open.ts'

const HELP = `The operator's own networks: block one, or assign it to a company. A rule beats the range table.

  npm run rules -- add RANGE --block --site demo [--why TEXT]
  npm run rules -- assign RANGE --site demo --name "Acme GmbH" --country DE --domain acme.example --employees 51-200
  npm run rules -- list [--site demo] [--json]
  npm run rules -- remove RANGE --site demo

  RANGE           203.0.113.0/24, 203.0.113.7, 2001:db8::/48 or "203.0.113.0 - 203.0.113.63"
  --site ID       the site the rule is for; --all-sites for every site
  --block         visits from there are only counted (your own office, a partner who asked)
  --assign        the same as the verb "assign"
  --name, --country, --domain, --city, --industry, --employees, --kind
                  the company (kind: business unless given); at least 8 IPv4 addresses or a /53 of IPv6, five people or more
  --why TEXT      your reason, for the list
  --remote        the deployed database instead of the local one
  --state DIR     where the local database is kept (.wrangler/state)

Takes effect within a minute. Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

const OPTIONS = {
  site: { type: 'string' },
  'all-sites': { type: 'boolean', default: false },
  block: { type: 'boolean', default: false },
  assign: { type: 'boolean', default: false },
  name: { type: 'string' },
  country: { type: 'string' },
  domain: { type: 'string' },
  city: { type: 'string' },
  industry: { type: 'string' },
  employees: { type: 'string' },
  kind: { type: 'string', default: 'business' },
  why: { type: 'string', default: '' },
  remote: { type: 'boolean', default: false },
  state: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** A usage that does not fit; the message says what would. */
class WrongUsage extends Error {}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : 'That did not work.')
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS })
  const [verb, range, ...rest] = positionals
  if (values.help || verb === undefined) {
    console.log(HELP)
    return values.help ? 0 : 2
  }
  if (rest.length > 0) throw new WrongUsage(`One range at a time; put "a - b" in quotes.`)
  const open = <T>(work: (db: D1Database) => Promise<T>) => withDatabase(values.remote, work, values.state)
  switch (verb) {
    case 'list':
      return list(values, open)
    case 'add':
    case 'assign':
      return add(verb === 'assign' || values.assign, values, boundsOf(range), open)
    case 'remove': {
      const { first, last } = boundsOf(range)
      const gone = await open((db) => removeRule(db, scope(values), first, last))
      console.log(
        gone ? `Removed ${range}. Effective within a minute.` : `There is no rule for exactly ${range} there. "list" shows what there is.`,
      )
      return gone ? 0 : 1
    }
    default:
      throw new WrongUsage(`"${verb}" is no verb of this command. --help lists them.`)
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']
type Open = <T>(work: (db: D1Database) => Promise<T>) => Promise<T>

function boundsOf(range: string | undefined): Bounds {
  if (range === undefined) throw new WrongUsage('Say the range: 203.0.113.0/24.')
  const bounds = readBounds(range)
  if (typeof bounds === 'string') throw new WrongUsage(bounds)
  return bounds
}

function scope({ site, 'all-sites': all }: Values): string {
  if (all) return ALL_SITES
  if (site === undefined) throw new WrongUsage('Say the site: --site <id>, or --all-sites.')
  return site
}

async function add(assign: boolean, values: Values, bounds: Bounds, open: Open): Promise<number> {
  if (assign === values.block) throw new WrongUsage('Say one of --block and --assign.')
  const siteId = scope(values)
  const company = assign ? companyOf(values) : null
  const refusal = company === null ? null : whyNotAssign(bounds, company)
  if (refusal !== null) {
    console.error(refusal)
    return 1
  }
  const created = new Date().toISOString().slice(0, 10)
  const { first, last } = bounds
  return open(async (db) => {
    if (siteId !== ALL_SITES && !(await readSites(db)).byId.has(siteId as SiteId)) {
      console.error(`There is no site "${siteId}". "npm run sites -- list" shows them.`)
      return 1
    }
    const row = {
      siteId,
      first,
      last,
      action: assign ? 'assign' : 'block',
      company: company && JSON.stringify(company),
      why: values.why,
      created,
    } as const
    await saveRule(db, row)
    console.log(`${writeBounds(bounds)} ${company === null ? 'is blocked' : `is ${company.name}`}. Effective within a minute.`)
    return 0
  })
}

function companyOf(values: Values): RuleCompany {
  const { name, country, domain } = values
  if (name === undefined || country === undefined)
    throw new WrongUsage('A company needs --name and --country; without them it could not be told from another.')
  const company = RuleCompany.safeParse({
    key: ownKey({ name, country, domain: domain ?? null }),
    kind: values.kind,
    name,
    domain: domain?.toLowerCase() ?? null,
    country,
    city: values.city ?? null,
    industry: values.industry ?? null,
    employees: values.employees ?? null,
  })
  if (!company.success)
    throw new WrongUsage(
      `--${String(company.error.issues[0]?.path[0] ?? 'name')} does not fit: country like DE, employees like 51-200 or 10001+, kind like business.`,
    )
  return company.data
}

async function list(values: Values, open: Open): Promise<number> {
  const rules = (await open((db) => readRules(db, values.site ?? null))).map(toRule)
  const shown = rules.map(({ siteId, bounds, action, company, why, created }) => ({
    site: siteId,
    range: writeBounds(bounds),
    action,
    company: company?.name ?? null,
    why,
    created,
  }))
  if (values.json) console.log(JSON.stringify(shown))
  else if (shown.length === 0) console.log('No rules.')
  else
    for (const rule of shown)
      console.log([rule.site, rule.range, rule.action, rule.company ?? '', rule.created, rule.why].join('  ').trimEnd())
  return 0
}
