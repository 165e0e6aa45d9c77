/** A server of releases on this machine: files with tags, and every way in which a download goes wrong. */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReleaseServer {
  readonly url: string
  /** What is served under a path; changes take effect at once. */
  readonly files: Map<string, Served>
  /** Requests so far: path, and the answer's status. */
  readonly log: string[]
  close(): Promise<void>
}

export type Served =
  | string
  | { readonly status: number; readonly body?: string }
  /** Promises more than it sends. */
  | { readonly cutAfter: number; readonly body: string }
  | { readonly redirect: string }

export async function releaseServer(): Promise<ReleaseServer> {
  const files = new Map<string, Served>()
  const log: string[] = []
  const server = createServer((request, response) => {
    const served = files.get(request.url ?? '') ?? { status: 404 }
    const answer = (status: number, headers: Record<string, string | number> = {}, body = '') => {
      log.push(`${request.url} ${status}`)
      response.writeHead(status, headers)
      response.end(body)
    }
    if (typeof served === 'string') {
      const etag = `"${createHash('sha256').update(served).digest('hex').slice(0, 8)}"`
      if (request.headers['if-none-match'] === etag) answer(304, { etag })
      else answer(200, { etag, 'content-length': Buffer.byteLength(served), 'last-modified': 'Fri, 20 Nov 2026 04:00:00 GMT' }, served)
    } else if ('redirect' in served) answer(302, { location: served.redirect })
    else if ('cutAfter' in served) {
      log.push(`${request.url} cut`)
      response.writeHead(200, { 'content-length': served.body.length })
      response.write(served.body.slice(0, served.cutAfter), () => response.destroy())
    } else answer(served.status, {}, served.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    files,
    log,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
