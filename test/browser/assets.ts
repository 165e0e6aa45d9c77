/** dist/assets as Cloudflare serves it: with the headers of `_headers`, before any Worker runs. */
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

/** Answers a request for a file of the snippet; false for all else. */
export async function serveAsset(pathname: string, reply: ServerResponse): Promise<boolean> {
  if (pathname !== '/d.js' && pathname !== '/cmp.js') return false
  const rules = await readFile('dist/assets/_headers', 'utf8')
  const [, lines = ''] = new RegExp(`^${pathname}\\n((?: {2}.*\\n)+)`, 'm').exec(rules) ?? []
  for (const line of lines.trim().split('\n')) {
    const [name = '', value = ''] = line.trim().split(': ')
    reply.setHeader(name, value)
  }
  // Every test loads anew and sees every request.
  reply.setHeader('cache-control', 'no-store')
  reply.end(await readFile(`dist/assets${pathname}`))
  return true
}
