import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Role } from '../../ledger/desk/tokens.ts'
import { shardsOf } from '../../ledger/shard.ts'
import type { Site } from '../../ledger/site.ts'
import { readSites } from '../../ledger/sites.ts'
import { POINTER_KEY, readPointer, type TablePointer } from '../../ranges/pointer.ts'
import type { SiteId } from '../../words.ts'
import type { RouteOf } from '../api/route.ts'
import type { AdminEnv } from '../auth.ts'
import { type Format, formatOf } from '../format.ts'
import type { AdminHouse } from '../house.ts'
import { languageOf } from '../language.ts'
import { may, type Principal, seesSite } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { readTexts, type Texts } from '../texts/index.ts'

/**
 * A page of the dashboard, in one piece: where it is, who may see it, what it shows, and the forms on it.
 *
 * **To add a page**
 * 1. Texts: `texts/en/<page>.ts` and `texts/de/<page>.ts` (typed by the English one), both named in `texts/<language>/index.ts`.
 * 2. `pages/<page>.tsx`: `export const traffic = sitePage({ path: '/traffic', nav: 'traffic', role: 'viewer', show, forms })`.
 *    `show(at)` returns `{ title, body }`: JSX, or a Response. `at` holds everything a page may need, see {@link At}.
 *    A page that works without any site (`at.site` may be null) is an `operatorPage`.
 * 3. Name it in `pages/list.ts`. The server, the masthead and every test that walks over pages read that list.
 * 4. Its own style, where it needs any: `styles/<page>.css`; the build joins the files of that folder into admin.css.
 *
 * **Forms** are `<Form at={at} name="addTag">` (parts/form.tsx) and post to the page's own address; the `forms` entry
 * of that name does the work, usually by `at.run(route, …)`, which is the API's own route with its role, its checks
 * and its audit entry. It returns
 * - `{ done: 'added' }`: the browser is sent back to the page (303) with `?done=added`, and the page's `done` texts say
 *   what happened; `to` leads elsewhere, `n` puts a number into the sentence;
 * - `{ answer: <p>…</p> }`: the page is shown once more with it, for what must be in no address (a new token, a look-up);
 *   place it by `at.answer('name')`;
 * - a `Refusal`: the page is shown once more with the reason at its form and what was typed still in it.
 * Nothing else is needed against forgery: behind the door a change is accepted from our own pages only (auth.ts).
 */
export interface AnyAt {
  readonly c: Context<AdminEnv>
  readonly t: Texts
  /** In the site's time zone; UTC without a site. */
  readonly f: Format
  readonly principal: Principal
  readonly house: AdminHouse
  /** Milliseconds since 1970. */
  readonly now: number
  /** Parameters of the address, the first of each name. */
  readonly query: Readonly<Record<string, string>>
  readonly nav: Nav
  /** Sites the reader may see (P8). */
  readonly sites: readonly Site[]
  readonly site: Site | null
  /** Hosts of a site's pages, sorted. */
  readonly pageHosts: (site: SiteId) => readonly string[]
  /** Sites, rules, tokens, segments and the audit log. */
  readonly desk: D1Database
  /** What serves; null while no table is published. */
  readonly table: TablePointer | null
  /** Whether the reader has at least this role: what he may not do is not shown. */
  readonly may: (role: Role) => boolean
  /** An address of the dashboard, with the site: `at.to('/rules')`; parameters that are empty are left out. */
  readonly to: (path: string, query?: Readonly<Record<string, string | undefined>>) => string
  /** Runs a route of the API as the reader: same role, checks and audit entry. */
  readonly run: <A>(route: RouteOf<A>, sent: Partial<Sent>) => Promise<A | Refusal>
  /** What the form of that name answered just now. */
  readonly answer: (form: string) => Child
  /** A form that was refused just now. */
  readonly refused: Refused | null
  /** Sentence about what was done just now. */
  readonly notice: string | null
}

export interface At extends AnyAt {
  readonly site: Site
  /** Counters, tags and notes of the site. */
  readonly db: D1Database
}

export interface Refused {
  readonly form: string
  readonly refusal: Refusal
  readonly fields: FormData
}

interface Sent {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

export const NAV = ['companies', 'traffic', 'sites', 'rules', 'ranges', 'privacy', 'tokens'] as const
export type Nav = (typeof NAV)[number]

export interface Shown {
  readonly title: string
  readonly body: Child
  readonly status?: 400 | 404
}

export type Outcome = Refusal | { readonly done: string; readonly n?: number; readonly to?: string } | { readonly answer: Child }

interface Definition<A extends AnyAt> {
  /** Below /admin, as Hono writes it: `/companies/:key`; `/` is the dashboard's first page. */
  readonly path: string
  /** The entry of the masthead it belongs to. */
  readonly nav: Nav
  readonly role: Role
  readonly show: (at: A) => Promise<Shown | Response> | Shown
  readonly forms?: Readonly<Record<string, (at: A, fields: FormData) => Promise<Outcome>>>
  /** What can have been done here; the sentence gets the number of the form's `n`. */
  readonly done?: (t: Texts) => Readonly<Record<string, string | ((n: string) => string)>>
}

export interface Page extends Omit<Definition<AnyAt>, 'show' | 'forms'> {
  readonly needsSite: boolean
  readonly formNames: readonly string[]
  readonly show: (at: AnyAt) => Promise<Shown | Response>
  readonly act: (at: AnyAt, form: string, fields: FormData) => Promise<Outcome>
}

/** A page about one site; without any site the reader is told how to make one. */
export function sitePage(definition: Definition<At>): Page {
  const { show, forms = {}, ...rest } = definition
  const withSite = (at: AnyAt): At => {
    if (at.site === null) throw new Error('a page about a site was shown without one')
    return { ...at, site: at.site, db: shardsOf(at.c.env).of(at.site.id) }
  }
  return {
    ...rest,
    needsSite: true,
    formNames: Object.keys(forms),
    show: async (at) => show(withSite(at)),
    act: async (at, form, fields) => (await forms[form]?.(withSite(at), fields)) ?? UNKNOWN_FORM,
  }
}

/** A page that also works without any site. */
export function operatorPage(definition: Definition<AnyAt>): Page {
  const { show, forms = {}, ...rest } = definition
  return {
    ...rest,
    needsSite: false,
    formNames: Object.keys(forms),
    show: async (at) => show(at),
    act: async (at, form, fields) => (await forms[form]?.(at, fields)) ?? UNKNOWN_FORM,
  }
}

/** What a page reads as its own reader; that the API refuses it would be our mistake. */
export function granted<A>(answer: A | Refusal): A {
  if (answer instanceof Refusal) throw new Error('a page may not read what it shows')
  return answer
}

const UNKNOWN_FORM = new Refusal(400, 'This page has no such form.', 'form')

/** What a page gets, read once. `site` undefined: the reader asked for one he does not have. */
export async function openPage(c: Context<AdminEnv>, nav: Nav): Promise<Omit<AnyAt, 'site'> & { readonly site: Site | null | undefined }> {
  const principal = c.get('principal')
  const house = c.get('house')
  const now = house.now()
  const query = readQuery(c.req.url)
  const language = languageOf(c)
  const [{ byId, byPageHost }, pointer, t] = await Promise.all([
    readSites(c.env.DB),
    c.env.RANGES.get(POINTER_KEY, { type: 'json', cacheTtl: 60 }),
    readTexts(c.env, language),
  ])
  const sites = [...byId.values()].filter(({ id }) => seesSite(principal, id)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const site = query.site === undefined ? (sites[0] ?? null) : sites.find(({ id }) => id === query.site)
  return {
    c,
    t,
    f: formatOf(language, site?.timeZone ?? 'UTC'),
    principal,
    house,
    now,
    query,
    nav,
    sites,
    site,
    pageHosts: (of) => [...byPageHost].flatMap(([host, { id }]) => (id === of ? [host] : [])).sort(),
    desk: c.env.DB,
    table: readPointer(pointer),
    may: (role) => may(principal.role, role),
    to: (path, more = {}) => addressOf(path, { site: site?.id, ...more }),
    run: async <A,>(route: RouteOf<A>, { params = {}, query: asked = {}, body }: Partial<Sent>) => {
      if (!may(principal.role, route.role)) return new Refusal(403, `This needs the role ${route.role}.`)
      const of = route.site === 'none' ? null : (site ?? null)
      if (route.site !== 'none' && of === null) return new Refusal(404, 'There is no such site.', 'site')
      const answer = await route.run({ c, now, principal, site: of, params, query: asked, body })
      if (answer instanceof Response) throw new Error('a file is nothing for a page')
      return answer
    },
    answer: () => null,
    refused: null,
    notice: null,
  }
}

/** Parameters of an address, the first of each name, empty ones left out: a form sends every field it has. */
function readQuery(url: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of new URL(url).searchParams) {
    if (value !== '' && !Object.hasOwn(query, name)) query[name] = value
  }
  return query
}

type Query = Readonly<Record<string, string | undefined>>

export function addressOf(path: string, query: Query): string {
  return `/admin${path === '/' ? '' : path}${search(query)}`
}

/** This page with other parameters; what the last form said is no part of its address. */
export function hereWith({ c, query: { done: _done, n: _n, ...query } }: AnyAt, more: Query = {}): string {
  return `${c.req.path}${search({ ...query, ...more })}`
}

function search(query: Query): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

/** A field of a form as text, trimmed; empty where it was not sent. */
export function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
