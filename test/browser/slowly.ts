/** A network that has delivered one half of every page and lets the other one wait. */
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Slowly {
  readonly origin: string
  /** The other half comes. */
  release(): void
  close(): void
}

export async function openSlowly(to: string): Promise<Slowly> {
  let release = (): void => undefined
  const released = new Promise<void>((done) => {
    release = done
  })
  const server = createServer((visit, answer) => {
    const { 'accept-encoding': _packed, ...headers } = visit.headers
    const onward = request(new URL(visit.url ?? '/', to), { agent: false, headers }, async (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      const whole = Buffer.concat(await reply.toArray())
      if (reply.headers['content-type']?.startsWith('text/html')) {
        answer.write(whole.subarray(0, whole.length / 2))
        await released
        answer.end(whole.subarray(whole.length / 2))
      } else answer.end(whole)
    })
    onward.on('error', () => answer.destroy())
    onward.end()
  })
  await new Promise<void>((ready) => server.listen(0, 'localhost', ready))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    release,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
