/** A website with the line on it: every path is one of the pages in test/pages. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { serveAsset } from './assets.ts'

export interface Website {
  readonly port: number
  /** Paths asked for, with the browser's word on what for: `/next`, `/prerendered prefetch;prerender`. */
  readonly asked: string[]
  /** What stands in the place of the line from now on. */
  line: string
  /** Content-Security-Policy of every page; none while empty. */
  policy: string
  /** Scripts of the site's own, by path. */
  readonly scripts: Map<string, string>
  /** Waits until a path has been asked for. */
  untilAsked(path: string): Promise<void>
  close(): Promise<void>
}

const PAGES: ReadonlyMap<string, string> = new Map([
  ['app', 'app.html'],
  ['bare', 'bare.html'],
  ['policy', 'strict.html'],
])

export async function openWebsite(line: string): Promise<Website> {
  const asked: string[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    asked.push([pathname, request.headers['sec-purpose']].filter(Boolean).join(' '))
    for (const look of waiting) look()
    if (await serveAsset(pathname, reply)) return
    const script = website.scripts.get(pathname)
    if (script !== undefined) {
      reply.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
      return
    }
    const page = PAGES.get(pathname.split('/')[1] ?? '') ?? 'site.html'
    const html = await readFile(new URL(`../pages/${page}`, import.meta.url), 'utf8')
    const headers = { 'content-type': 'text/html; charset=utf-8', ...(website.policy && { 'content-security-policy': website.policy }) }
    reply.writeHead(200, headers).end(html.replace('<!-- line -->', website.line))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()

  const website: Website = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    asked,
    line,
    policy: '',
    scripts: new Map(),
    untilAsked: (path) =>
      new Promise((done) => {
        const look = () => {
          if (!asked.includes(path)) return
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
  return website
}
