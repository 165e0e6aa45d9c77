/**
 * Doorplate's host as a browser test sees it: serves the built snippet and writes down every event with the headers
 * that matter. With a Worker behind it, it plays the part of Cloudflare: the request goes on as it came, with the
 * address it came from.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { headersFor } from '../../src/tools/demo/forward.ts'
import { serveAsset } from './assets.ts'

export interface Received {
  readonly event: Readonly<Record<string, unknown>>
  readonly headers: IncomingHttpHeaders
}

export interface Collector {
  readonly port: number
  readonly received: Received[]
  /** Every request in order, as `GET /d.js`. */
  readonly requests: string[]
  /** Waits for events to come; the test's own limit ends it. */
  until(enough: (events: readonly Received['event'][]) => boolean): Promise<void>
  close(): Promise<void>
}

export interface Behind {
  readonly worker: URL
  /** The address that Cloudflare would report. */
  readonly address: string
}

export async function openCollector(behind?: Behind): Promise<Collector> {
  const received: Received[] = []
  const requests: string[] = []
  const waiting = new Set<() => void>()

  const server = createServer(async (request, reply) => {
    requests.push(`${request.method} ${request.url}`)
    if (await serveAsset(new URL(request.url ?? '/', 'http://localhost').pathname, reply)) return
    if (request.url === '/e') {
      const body = await bodyOf(request)
      // As Cloudflare would, the reply waits for the Worker's.
      if (behind !== undefined) await passOn(request, body, behind)
      received.push({ event: JSON.parse(body), headers: request.headers })
      reply.writeHead(204).end()
      for (const look of waiting) look()
    } else if (request.url === '/opt-out') {
      reply.writeHead(200, { 'set-cookie': 'doorplate_optout=1; SameSite=Lax; Path=/; HttpOnly' }).end('you object')
    } else {
      reply.writeHead(200, { 'content-type': 'text/html' }).end('<link rel="icon" href="data:,">')
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()

  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    requests,
    until: (enough) =>
      new Promise((done) => {
        const look = () => {
          if (!enough(received.map(({ event }) => event))) return
          waiting.delete(look)
          done()
        }
        waiting.add(look)
        look()
      }),
    close() {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}

async function passOn(request: IncomingMessage, body: string, { worker, address }: Behind): Promise<void> {
  const { host: _host, 'content-length': _length, ...headers } = headersFor({ address, gpc: false } as never, request.headers, worker.host)
  await fetch(new URL('/e', worker), { method: 'POST', body, headers: headers as Record<string, string> })
}
