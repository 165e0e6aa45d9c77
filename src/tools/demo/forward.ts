/**
 * The part of Cloudflare that the demo plays: it hands a request for one of Doorplate's paths to the Worker and says,
 * as Cloudflare would, which address it came from. The Worker cannot tell the difference and knows of no demo.
 *
 * Only the headers that Doorplate's gate, its bot check and its opt-out page read go along; the Referer stays here,
 * because on this website it carries the choice of persona.
 */
import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http'
import type { Persona } from './personas.ts'

/** Paths that belong to Doorplate on a site's own host. */
export function isDoorplates(path: string): boolean {
  return ['/d.js', '/e', '/opt-out', '/you', '/visitor.css', '/plate.svg'].includes(path) || path.startsWith('/.well-known/')
}

const PASSED_ON = [
  ...['content-type', 'content-length', 'origin', 'cookie', 'user-agent', 'accept', 'accept-language'],
  ...['dnt', 'sec-gpc', 'x-opt-out', 'x-do-not-track'],
  ...['sec-purpose', 'purpose', 'x-moz', 'sec-fetch-site', 'if-none-match', 'if-modified-since'],
] as const

/** What the Worker is sent for a request of this persona. @param host where the visitor believes to be, e.g. `localhost:8788`. */
export function headersFor(persona: Persona, from: IncomingHttpHeaders, host: string): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = { host }
  for (const name of PASSED_ON) {
    const value = from[name]
    if (value !== undefined) headers[name] = value
  }
  headers['cf-connecting-ip'] = persona.address
  if (persona.gpc) headers['sec-gpc'] = '1'
  return headers
}

/** Method, path, query and body go as they are; so does the answer. @param worker origin, e.g. `http://localhost:8787`. */
export function forward(visit: IncomingMessage, answer: ServerResponse, persona: Persona, worker: string): void {
  const headers = headersFor(persona, visit.headers, visit.headers.host ?? new URL(worker).host)
  // A connection each: one that is kept may be closed by the Worker at the moment it is used again.
  const options = { agent: false, method: visit.method ?? 'GET', path: visit.url ?? '/', headers }
  const onward = request(new URL(worker), options, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, withoutHops(reply.headers))
    reply.pipe(answer)
  })
  onward.on('error', () => {
    if (answer.headersSent) answer.destroy()
    else answer.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end('The Worker does not answer.\n')
  })
  // A visitor who hangs up takes the onward request along.
  answer.on('close', () => onward.destroy())
  visit.pipe(onward)
}

/** RFC 9110, 7.6.1: these describe one connection and end with it. */
function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _c, 'keep-alive': _k, 'transfer-encoding': _t, ...passed } = headers
  return passed
}
