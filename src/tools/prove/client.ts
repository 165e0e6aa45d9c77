/**
 * Sends requests over real sockets, kept open as browsers do, and hands back every byte of the answer: status line,
 * headers as they were sent, body.
 */
import { Agent, request } from 'node:http'

export interface Sending {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Answer {
  readonly status: number
  /** Status line and headers, one a line, `Date` left out: it differs by the second and says nothing. */
  readonly head: Buffer
  readonly body: Buffer
}

export interface Client {
  send(sending: Sending): Promise<Answer>
  close(): void
}

/** @param sockets how many requests may be under way at once. */
export function openClient(url: URL, sockets: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const send = (sent: Sending): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { method, path, headers, body } = sent
      const sending = request(
        {
          agent,
          host: url.hostname,
          port: url.port,
          method,
          path,
          headers: { ...headers, ...('Transfer-Encoding' in headers ? {} : length(body)) },
          maxHeaderSize: 1 << 20,
          insecureHTTPParser: true,
        },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', reject)
          answer.on('end', () => {
            const lines = [`${answer.statusCode} ${answer.statusMessage}`]
            for (let index = 0; index < answer.rawHeaders.length; index += 2) {
              const name = answer.rawHeaders[index] ?? ''
              if (name.toLowerCase() !== 'date') lines.push(`${name}: ${answer.rawHeaders[index + 1]}`)
            }
            resolve({ status: answer.statusCode ?? 0, head: Buffer.from(lines.join('\n'), 'latin1'), body: Buffer.concat(parts) })
          })
        },
      )
      sending.on('error', (error: NodeJS.ErrnoException) => {
        // The runtime closes a socket that was idle for ten seconds; after a long search nobody here has noticed yet.
        if (sending.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) resolve(send(sent))
        else reject(error)
      })
      sending.end(body)
    })
  return { send, close: () => agent.destroy() }
}

/** Unless told, Node would send a body of unknown length in chunks, browsers don't. */
const length = (body: Sending['body']): Record<string, string> =>
  body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
