/** What the operator's token shows of a running installation: the secret, the hourly work, the table, and a canary. */
import { isIP } from 'node:net'
import * as z from 'zod'
import { type Check, ok, type Result, unknown, wrong } from './finding.ts'
import { migrationsCheck, type SiteHosts, sitesCheck, tableAge } from './stores.ts'

export interface Operating {
  readonly url: string
  readonly token: string
  readonly now: () => number
  /** Waits so many milliseconds between two looks at the canary. */
  readonly wait: (ms: number) => Promise<void>
  /** How long an event may take: isolates learn of a new site within a minute, totals are written within twenty seconds. */
  readonly patienceMs: number
  /** Locally the visitor's address can be chosen. */
  readonly address?: string
  readonly ask?: typeof fetch
}

const Hour = z.string().nullable()
const Health = z.object({
  migrations: z.array(z.string()),
  table: z.object({ version: z.string(), companies: z.number(), oldestSource: z.string().nullable() }).nullable(),
  chores: z.array(z.object({ name: z.string(), ran: z.string(), done: Hour })),
  sites: z.array(z.object({ site: z.string(), shed: z.number() })),
})
const Sites = z.object({ sites: z.array(z.object({ id: z.string() })) })
const Site = z.object({ id: z.string(), basis: z.string(), pageHosts: z.array(z.string()), endpointHosts: z.array(z.string()) })
const Rows = z.array(z.record(z.string(), z.unknown()))
const Watched = z.object({ origin: z.string(), ledger: Rows, totals: Rows })

export class Operator {
  readonly #operating: Operating

  constructor(operating: Operating) {
    this.#operating = operating
  }

  async #get(path: string, init: RequestInit = {}): Promise<Response> {
    const { url, token, ask = fetch } = this.#operating
    return ask(new URL(path, url), { redirect: 'manual', ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
  }

  async #read<T>(path: string, shape: z.ZodType<T>, init?: RequestInit): Promise<T> {
    const response = await this.#get(`/admin/api${path}`, init)
    if (!response.ok) throw new Error(`${path} answers ${response.status}`)
    return shape.parse(await response.json())
  }

  /** @param files migrations of this version */
  checks(files: readonly string[]): readonly Check[] {
    const today = () => new Date(this.#operating.now()).toISOString().slice(0, 10)
    return [
      { name: 'secret', look: () => this.secret() },
      {
        name: 'migrations there',
        look: async () =>
          migrationsCheck((await this.#read('/health', Health)).migrations, files, 'npx wrangler d1 migrations apply DB --remote --env=""'),
      },
      {
        name: 'range table there',
        look: async () => {
          const { table } = await this.#read('/health', Health)
          return table === null
            ? wrong('none is published: npm run ranges -- build && npm run ranges -- publish --remote')
            : tableAge(table, today())
        },
      },
      { name: 'sites there', look: () => this.sites() },
      { name: 'shed events', look: () => this.shed() },
    ]
  }

  async secret(): Promise<Result> {
    const response = await this.#get('/admin/api/me')
    await response.body?.cancel()
    switch (response.status) {
      case 200:
        return ok('the token opens /admin')
      case 404:
        return wrong('ADMIN_TOKEN_HASH is missing, so /admin is 404: npm run setup makes a token and stores its SHA-256')
      case 401:
      case 403:
        return wrong('the Worker knows another token: npm run setup -- --new-token makes one')
      default:
        return wrong(`/admin answers ${response.status}`)
    }
  }

  async sites(): Promise<Result> {
    const { sites } = await this.#read('/sites', Sites)
    const hosts: SiteHosts[] = []
    for (const { id } of sites) hosts.push(await this.#read(`/sites/${id}`, Site))
    return sitesCheck(hosts)
  }

  async shed(): Promise<Result> {
    const shedding = (await this.#read('/health', Health)).sites.filter(({ shed }) => shed > 0)
    if (shedding.length === 0) return ok('none in seven days')
    const list = shedding.map(({ site, shed }) => `${site} ${shed}`).join(', ')
    return wrong(`${list} in seven days: more came than one database writes, or somebody floods the site (docs/scaling.md)`)
  }

  /** Whether the hourly work runs: each chore ended well within the last two hours. */
  async hourlyWork(): Promise<Result> {
    const { chores } = await this.#read('/health', Health)
    if (chores.length === 0)
      return unknown('it has not run yet; it does at minute 17 of each hour. Later: Settings → Trigger events of the Worker')
    const since = this.#operating.now() - 2 * 3_600_000
    const failed = chores.filter(({ done }) => done === null || Date.parse(done) < since - 3_600_000)
    if (failed.length === 0) return ok(`last ran ${chores[0]?.ran}`)
    const [first] = failed
    const late = Date.parse(first?.ran ?? '') < since - 3_600_000
    return late
      ? wrong(`it last ran ${first?.ran}, so nothing is deleted any more: npx wrangler triggers deploy --env=""`)
      : wrong(
          `${failed.map(({ name }) => name).join(', ')} failed: npm run retention -- --dry-run says what waits; see docs/troubleshooting.md`,
        )
  }

  /**
   * An event on a reserved site: with consent it is counted, with an objection or without consent it leaves nothing, no
   * list shows it, what is stored has no address in it, and afterwards all of it is deleted again.
   */
  async canary(): Promise<Result> {
    // One that an interrupted doctor left behind has events of its own.
    await this.#bury()
    const { origin } = await this.#watch()
    try {
      const seen = await this.#seen(origin)
      if (seen === null)
        return wrong(
          'an event was not counted: is the database overloaded, or a flush failing? docs/troubleshooting.md, "Nothing is counted"',
        )
      const text = JSON.stringify([seen.ledger, seen.totals])
      if (text.includes('/objected'))
        return wrong('an event with Global Privacy Control was counted: something in front of the Worker drops the header Sec-GPC')
      if (text.includes('/unasked')) return wrong('an event without consent was counted on a consent site')
      const address = addressIn(text)
      if (address !== null)
        return wrong(
          `a stored row holds the address ${address}: stop counting (npm run sites -- set ID --basis off) and report it (docs/security.md)`,
        )
      const lists = ['/admin/api/sites', '/admin/api/health', '/admin']
      for (const path of lists) if (/canary/i.test(await (await this.#get(path)).text())) return wrong(`${path} lists the canary’s site`)
    } finally {
      await this.#bury()
    }
    return ok('counted, not leaked, deleted again')
  }

  #watch(): Promise<z.infer<typeof Watched>> {
    return this.#read('/canary', Watched, { method: 'POST' })
  }

  #bury(): Promise<unknown> {
    return this.#read('/canary', z.object({ rows: z.number() }), { method: 'DELETE' })
  }

  /** Sends until it is counted: isolates that don't know the site yet drop the event. */
  async #seen(origin: string): Promise<z.infer<typeof Watched> | null> {
    const { wait, patienceMs } = this.#operating
    const step = Math.min(5_000, patienceMs / 20)
    for (let waited = 0; waited < patienceMs; waited += step) {
      await this.#send(origin, { k: 'view', p: '/objected', ok: 1 }, { 'sec-gpc': '1' })
      await this.#send(origin, { k: 'view', p: '/unasked' })
      await this.#send(origin, { k: 'view', p: '/canary', ok: 1 })
      await wait(step)
      const rows = await this.#watch()
      if (JSON.stringify([rows.ledger, rows.totals]).includes('/canary')) return rows
    }
    return null
  }

  async #send(origin: string, event: object, headers: Record<string, string> = {}): Promise<void> {
    const { url, address, ask = fetch } = this.#operating
    const response = await ask(new URL('/e', url), {
      method: 'POST',
      headers: { origin, 'content-type': 'text/plain', ...(address === undefined ? {} : { 'cf-connecting-ip': address }), ...headers },
      body: JSON.stringify(event),
    })
    await response.body?.cancel()
  }
}

/** The first word in these rows that is an IP address. */
function addressIn(text: string): string | null {
  return text.split(/[^0-9a-fA-F:.]+/).find((word) => isIP(word) !== 0) ?? null
}
