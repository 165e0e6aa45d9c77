/**
 * The demo website: a small site of an invented company that carries Doorplate's one line.
 *
 * It keeps nothing: no session, no cookie, no log. Listens on the loopback addresses only.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { DATA_SHEETS } from './data-sheet.ts'
import { forward, isDoorplates } from './forward.ts'
import { document } from './layout.ts'
import { PAGES } from './pages/index.ts'
import { notFound } from './pages/not-found.ts'
import { keepPersona, personaIn, personaOfReferer } from './personas.ts'
import { CHOICE, FAVICON, GPC } from './static.ts'

export interface DemoOptions {
  readonly port: number
  /** Origin of the Worker, e.g. `http://localhost:8787`. */
  readonly worker: string
}

export interface Demo {
  readonly port: number
  stop(): Promise<void>
}

/** A policy as strict as a careful site's: the snippet must work under it. */
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** @throws when the port is taken. Port 0 takes any free one. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const answer = (visit: IncomingMessage, reply: ServerResponse): void => serve(visit, reply, options)
  const first = await listen(createServer(answer), options.port, '127.0.0.1')
  const port = portOf(first)
  // Browsers try ::1 first for `localhost`; a machine without IPv6 does without.
  const second = await listen(createServer(answer), port, '::1').catch(() => null)
  const servers = second === null ? [first] : [first, second]
  return {
    port,
    stop: async () => {
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    },
  }
}

function serve(visit: IncomingMessage, reply: ServerResponse, { worker }: DemoOptions): void {
  const target = visit.url ?? '/'
  const url = URL.canParse(target, 'http://demo') ? new URL(target, 'http://demo') : null
  if (url !== null && isDoorplates(url.pathname)) {
    forward(visit, reply, personaOfReferer(visit.headers.referer), worker)
    return
  }
  visit.resume() // What was typed into a form is read from the wire and dropped.
  const { status, headers, body } = url === null ? plain(400, 'Bad address.\n') : answerOf(visit.method ?? 'GET', url, worker)
  reply.writeHead(status, { ...SECURITY, ...headers, 'content-length': Buffer.byteLength(body) })
  reply.end(visit.method === 'HEAD' ? undefined : body)
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

function answerOf(method: string, { pathname, searchParams }: URL, worker: string): Answer {
  const persona = personaIn(searchParams)
  if (method === 'POST' && pathname === '/contact') {
    return { status: 303, headers: { location: keepPersona('/contact/thanks', persona) }, body: '' }
  }
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET.\n')

  const file = FILES.get(pathname)
  if (file !== undefined) return file
  const page = PAGES.get(pathname)
  const shown = document(page ?? notFound(pathname), { persona, admin: `${worker}/admin` })
  return { status: page === undefined ? 404 : 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: shown }
}

const FILES: ReadonlyMap<string, Answer> = new Map([
  ['/site.css', file('text/css; charset=utf-8', stylesheet())],
  ['/favicon.svg', file('image/svg+xml', FAVICON)],
  ['/demo/gpc.js', file('text/javascript; charset=utf-8', GPC)],
  ['/demo/choice.js', file('text/javascript; charset=utf-8', CHOICE)],
  ...[...DATA_SHEETS].map(([name, bytes]): [string, Answer] => [`/downloads/${name}`, file('application/pdf', bytes)]),
])

/** In the order in which they override each other. */
function stylesheet(): string {
  const parts = ['base', 'bar', 'frame', 'cards', 'pages', 'narrow']
  return parts.map((name) => readFileSync(new URL(`styles/${name}.css`, import.meta.url), 'utf8')).join('\n')
}

function file(type: string, body: string | Uint8Array): Answer {
  return { status: 200, headers: { 'content-type': type }, body }
}

function plain(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => done(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the demo website does not listen on a port')
  return address.port
}
