/**
 * Every way through the Worker that a proof takes. A new surface is a new row here, and nothing else.
 *
 * `leaves` says what must be found in the ledger or the totals afterwards. Without it a Worker that drops everything
 * would pass: the proof counts, and fails when an event did not arrive where its path leads.
 */
import type { Outcome } from '../../ledger/activity.ts'
import type { Role } from './canaries.ts'
import type { Sending } from './client.ts'
import { BURST, CLOSED, PORTAL, SHOP, STRANGER } from './sites.ts'
import { alsoAgent, alsoCookie } from './visitor.ts'
import { wanderings } from './wanderings.ts'
import type { Fault } from './worker/faults.ts'

export interface Path {
  readonly name: string
  readonly from: Role
  /** Of a hundred events of its stage, roughly. */
  readonly share: number
  readonly status: number
  /** Where more than one answer is right. */
  readonly answers?: readonly number[]
  readonly leaves: 'ledger' | 'seconds' | 'nothing' | Outcome
  /** Broken binding; the stage's own one if it has one. */
  readonly fault?: Fault
  request(address: string, turn: number): Sending
}

type Body = Readonly<Record<string, unknown>>

/** An event as a browser posts it. */
export const event = (origin: string, body: Body | string, headers: Readonly<Record<string, string>> = {}): Sending => ({
  method: 'POST',
  path: '/e',
  headers: { 'Content-Type': 'text/plain', Origin: origin, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

export const PAGES = ['/', '/produkte', '/produkte/pumpen', '/preise', '/loesungen/wasser', '/referenzen', '/news/2026'] as const
const page = (turn: number): string => PAGES[turn % PAGES.length] ?? '/'
const view = (turn: number): Body => ({ k: 'view', p: page(turn), ...(turn % 3 === 0 ? { r: 'www.google.com' } : { f: page(turn + 1) }) })

/** A body whose length nobody states. */
const IN_PIECES = { 'Transfer-Encoding': 'chunked' }

const path = (name: string, from: Role, share: number, status: number, leaves: Path['leaves'], request: Path['request']): Path => ({
  name,
  from,
  share,
  status,
  leaves,
  request,
})

const objects = (name: string, headers: Readonly<Record<string, string>>): Path =>
  path(`objection: ${name}`, 'objector', 10, 204, 'nothing', (_address, turn) => event(SHOP, { ...view(turn), ok: 1 }, headers))

/** Sent first, into a Worker that has done nothing yet: no binding may be touched. */
export const OBJECTIONS: readonly Path[] = [
  objects('Sec-GPC', { 'Sec-GPC': '1' }),
  objects('Sec-GPC among others', { 'Sec-GPC': '0, 1' }),
  objects('DNT', { DNT: '1' }),
  objects('DNT with extensions', { DNT: '1xyz' }),
  objects('X-Opt-Out', { 'X-Opt-Out': '1' }),
  objects('X-Do-Not-Track', { 'X-Do-Not-Track': '1' }),
  objects('cookie', alsoCookie('doorplate_optout=1')),
  objects('plain cookie', alsoCookie('optout=1')),
  path('objection: refusal', 'objector', 10, 204, 'nothing', (_address, turn) => event(SHOP, { ...view(turn), ok: 0 })),
  path('objection: refusal on a consent site', 'objector', 10, 204, 'nothing', (_address, turn) => event(PORTAL, { ...view(turn), ok: 0 })),
]

/** No objection, but no permission either: the one query for the site list may happen, and nothing else. */
export const WITHHELD: readonly Path[] = [
  path('consent missing', 'objector', 60, 204, 'nothing', (_address, turn) => event(PORTAL, view(turn))),
  path('site is off', 'objector', 40, 204, 'nothing', (_address, turn) => event(CLOSED, { ...view(turn), ok: 1 })),
]

export const TRAFFIC: readonly Path[] = [
  path('counted: view', 'listed', 30, 204, 'ledger', (_address, turn) => event(SHOP, view(turn))),
  path('counted: view with consent', 'listed', 8, 204, 'ledger', (_address, turn) => event(PORTAL, { ...view(turn), ok: 1 })),
  path('counted: campaign', 'listed', 3, 204, 'ledger', (_address, turn) =>
    event(SHOP, { k: 'view', p: page(turn), us: 'newsletter', um: 'email', uc: 'herbst' }),
  ),
  path('counted: download', 'listed', 3, 204, 'ledger', () => event(SHOP, { k: 'download', p: '/produkte', n: 'Prospekt.pdf' })),
  path('counted: outbound', 'listed', 2, 204, 'ledger', () => event(SHOP, { k: 'outbound', p: '/referenzen', n: 'partner.example' })),
  path('counted: form', 'listed', 2, 204, 'ledger', () => event(SHOP, { k: 'form', p: '/kontakt', n: 'contact' })),
  path('counted: event', 'listed', 2, 204, 'ledger', () => event(SHOP, { k: 'event', p: '/produkte', n: 'video-start' })),
  path('counted: leave', 'listed', 4, 204, 'seconds', (_address, turn) => event(SHOP, { ...view(turn), k: 'leave', d: 7 })),
  path('counted: the page sends the address', 'listed', 16, 204, 'ledger', (address, turn) => event(SHOP, wanderings(address, turn))),
  path('unlisted', 'unlisted', 14, 204, 'unlisted', (_address, turn) => event(SHOP, view(turn))),
  path('unlisted: the page sends the address', 'unlisted', 8, 204, 'unlisted', (address, turn) => event(SHOP, wanderings(address, turn))),
  path('unlisted: leave', 'unlisted', 2, 204, 'nothing', (_address, turn) => event(SHOP, { ...view(turn), k: 'leave', d: 5 })),
  path('kind not shown', 'hidden', 4, 204, 'kind', (_address, turn) => event(SHOP, view(turn))),
  path('rule: block', 'blocked', 3, 204, 'rule', (_address, turn) => event(SHOP, view(turn))),
  path('rule: assign', 'assigned', 3, 204, 'ledger', (_address, turn) => event(SHOP, view(turn))),
  path('sensitive path', 'listed', 4, 204, 'sensitive-path', () => event(SHOP, { k: 'view', p: '/karriere/stellen', f: '/produkte' })),
  path('from a sensitive path', 'listed', 2, 204, 'ledger', () => event(SHOP, { k: 'view', p: '/produkte', f: '/datenschutz' })),
  path('bot', 'listed', 3, 204, 'bot', (_address, turn) =>
    event(SHOP, view(turn), alsoAgent('Googlebot/2.1 (+http://www.google.com/bot.html)')),
  ),
  path('prefetch', 'listed', 2, 204, 'nothing', (_address, turn) => event(SHOP, view(turn), { 'Sec-Purpose': 'prefetch;prerender' })),
  path('unknown origin', 'listed', 2, 204, 'nothing', (_address, turn) => event(STRANGER, view(turn))),
  path('broken origin', 'listed', 1, 204, 'nothing', (address, turn) => event(`null ${address}`, view(turn))),
  path('body: not JSON', 'listed', 2, 204, 'nothing', (address) => event(SHOP, `{"k":"view","p":"/${address}`)),
  path('body: unknown key', 'listed', 2, 204, 'nothing', (address, turn) => event(SHOP, { ...view(turn), ip: address })),
  path('body: wrong type', 'listed', 1, 204, 'nothing', (address) => event(SHOP, { k: 'view', p: '/', d: address })),
  path('body: no path', 'listed', 1, 204, 'nothing', (address) => event(SHOP, { k: 'view', p: `http://${address}/` })),
  path('body: oversize', 'listed', 1, 413, 'nothing', (address) => event(SHOP, { k: 'view', p: `/${address} `.repeat(120) })),
  path('body: oversize, in pieces', 'listed', 1, 413, 'nothing', (address) =>
    event(SHOP, { k: 'view', p: `/${address} `.repeat(120) }, IN_PIECES),
  ),
  path('body: no UTF-8', 'listed', 1, 204, 'nothing', (address) => ({
    ...event(SHOP, ''),
    body: Buffer.concat([Buffer.from(`{"k":"view","p":"/${address}`), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}')]),
  })),
  path('counted: body in pieces', 'listed', 2, 204, 'ledger', (_address, turn) => event(SHOP, view(turn), IN_PIECES)),
  path('wrong method', 'listed', 1, 405, 'nothing', () => ({
    method: 'PUT',
    path: '/e',
    headers: { Origin: SHOP, 'Content-Type': 'text/plain' },
    body: '{}',
  })),
  path('preflight', 'listed', 1, 405, 'nothing', () => ({
    method: 'OPTIONS',
    path: '/e',
    headers: { Origin: SHOP, 'Access-Control-Request-Method': 'POST' },
  })),
  path('no such path', 'listed', 1, 404, 'nothing', () => ({ method: 'GET', path: '/wp-login.php', headers: {} })),
]

const broken = (fault: Fault, leaves: Path['leaves'], origin = SHOP): Path => ({
  ...path(`broken: ${fault}`, 'listed', 10, 204, leaves, (_address, turn) => event(origin, view(turn))),
  fault,
})

/** With a Worker that is warm: it knows its sites and has its table in memory. */
export const FAULTS_WARM: readonly Path[] = [
  // What could not be written waits in the isolate and is written with the next.
  broken('d1-fails', 'ledger'),
  broken('d1-echoes', 'ledger'),
  // It was written, and nobody knows: it must not be counted twice.
  broken('d1-loses', 'ledger'),
]

/** Each in a Worker that has just started and knows nothing. */
export const FAULTS_COLD: readonly Path[] = [
  broken('kv-fails', 'unlisted'),
  broken('kv-echoes', 'unlisted'),
  broken('kv-garbles', 'unlisted'),
  broken('d1-echoes', 'nothing'),
  broken('d1-fails', 'nothing'),
  // Its word holds for a while, so it has to be the first.
  broken('limit-spent', 'shed'),
  broken('limit-echoes', 'nothing', BURST),
]

/** Leaving a page waits in the queue for its view, seconds long where there is none; the twins' visits leave theirs. */
export const QUEUED: readonly Path[] = TRAFFIC.filter(({ name }) => !name.includes('leave'))

/** While the database fails: what the Worker must not ask it first. */
export const QUEUED_AGAIN: readonly Path[] = TRAFFIC.filter(({ name }) => name === 'counted: view' || name === 'unlisted')

/** Cut off by a shutdown: how much of it arrives is nobody's promise. */
export const BURSTS: readonly Path[] = [
  path('burst before a shutdown', 'listed', 70, 204, 'nothing', (_address, turn) => event(BURST, view(turn))),
  path('burst of strangers', 'unlisted', 30, 204, 'nothing', (_address, turn) => event(BURST, view(turn))),
]
