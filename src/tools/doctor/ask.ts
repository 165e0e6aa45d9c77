import { request } from 'node:http'

/**
 * Asks the local Worker as if under a site's own host: `fetch` lets nobody choose the header Host, and the Worker answers
 * each host as the site it belongs to.
 */
export function askAs(host: string): typeof fetch {
  return (input, init) =>
    new Promise((tell, fail) => {
      const headers = Object.fromEntries(new Headers(init?.headers))
      const onward = request(new URL(String(input)), { method: init?.method ?? 'GET', headers: { ...headers, host } }, (reply) => {
        const parts: Buffer[] = []
        reply.on('data', (part: Buffer) => parts.push(part))
        reply.on('error', fail)
        reply.on('end', () => {
          const pairs = Object.entries(reply.headersDistinct).flatMap(([name, values]) =>
            (values ?? []).map((value): [string, string] => [name, value]),
          )
          const status = reply.statusCode ?? 500
          const empty = status === 204 || status === 304
          tell(new Response(empty ? null : Buffer.concat(parts), { status, headers: pairs }))
        })
      })
      onward.on('error', fail)
      onward.end(typeof init?.body === 'string' ? init.body : undefined)
    })
}
