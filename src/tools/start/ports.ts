/**
 * Is a port free, and if not, which pair is?
 *
 * Browsers and curl try ::1 and 127.0.0.1 for `localhost`, so both must be free: a stranger's server on one of
 * them would answer half of the requests. There is a race (somebody may take the port between the question and
 * the Worker's start); then the Worker's own message says so.
 */
import { createServer } from 'node:net'

const LOOPBACKS = ['127.0.0.1', '::1'] as const

export async function isFree(port: number): Promise<boolean> {
  for (const host of LOOPBACKS) if (!(await canListen(port, host))) return false
  return true
}

/** Which of the wanted ports are taken, in one sentence that offers a free pair; null when all are free. */
export async function portsTaken(
  port: number,
  demoPort: number,
  free: (port: number) => Promise<boolean> = isFree,
): Promise<string | null> {
  const taken: string[] = []
  if (!(await free(port))) taken.push(`port ${port} (the Worker)`)
  if (!(await free(demoPort))) taken.push(`port ${demoPort} (the demo website)`)
  if (taken.length === 0) return null

  const other = await nextFreePair(port, free)
  const offer = other === null ? 'npm start -- --port N' : `npm start -- --port ${other}`
  const which = taken.join(' and ')
  return `${which.charAt(0).toUpperCase()}${which.slice(1)} ${taken.length === 1 ? 'is' : 'are'} in use by another program. Choose other ports: ${offer}`
}

/** The first pair of neighbours among the next hundred ports, or null. */
async function nextFreePair(from: number, free: (port: number) => Promise<boolean>): Promise<number | null> {
  for (let port = from + 2; port < Math.min(from + 100, 65_534); port += 2) {
    if ((await free(port)) && (await free(port + 1))) return port
  }
  return null
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer()
    // Only "in use" and "not allowed" speak against a port; a machine without IPv6 has no ::1 to listen on.
    server.once('error', (error: NodeJS.ErrnoException) => answer(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(true)))
  })
}
