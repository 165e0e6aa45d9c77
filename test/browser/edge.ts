/**
 * Doorplate's host as visitors reach it: a part of Cloudflare played in front of the real Worker. Files of dist/assets
 * are answered before the Worker, as `[assets]` has it; all else goes on as it came, with the address it came from.
 */
import { readFile } from 'node:fs/promises'
import { createServer, request as forward } from 'node:http'
import { serveAsset } from './assets.ts'

export interface Edge {
  readonly port: number
  /** The address that Cloudflare would report. */
  address: string
  close(): Promise<void>
}

const FILES: ReadonlyMap<string, string> = new Map([
  ['/visitor.css', 'text/css; charset=utf-8'],
  ['/plate.svg', 'image/svg+xml'],
])

export async function openEdge(worker: URL): Promise<Edge> {
  const server = createServer(async (request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const type = FILES.get(pathname)
    if (type !== undefined) {
      reply.writeHead(200, { 'content-type': type }).end(await readFile(`dist/assets${pathname}`))
      return
    }
    if (await serveAsset(pathname, reply)) return
    const headers = { ...request.headers, 'cf-connecting-ip': edge.address }
    // A connection each: one that is kept may be closed by the runtime at the moment it is used again.
    const to = { agent: false, host: worker.hostname, port: worker.port, method: request.method, path: request.url, headers }
    const onward = forward(to, (answer) => {
      reply.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(reply)
    })
    onward.on('error', () => reply.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  const edge: Edge = {
    port: typeof at === 'object' && at !== null ? at.port : 0,
    address: '',
    close() {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
  return edge
}
