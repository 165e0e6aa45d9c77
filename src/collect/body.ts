/**
 * Reads an event's body. The answer waits for the body and for nothing else: reading it after the reply loses every
 * event over a real socket, because the runtime closes the stream with the response.
 */
export const MAX_BODY = 2048
const DEADLINE_MS = 5_000

export type Body = { readonly text: string } | 'too-large' | 'unreadable'

/**
 * At most {@link MAX_BODY} bytes of UTF-8.
 * @param after settles when the sender has taken too long; an argument so that no test has to wait.
 */
export async function readBody(request: Request, after: (ms: number) => Promise<void> = wait): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) return 'too-large'
  if (request.body === null) return 'unreadable'
  const reader = request.body.getReader()
  const late = after(DEADLINE_MS).then(() => 'late' as const)
  const bytes = new Uint8Array(MAX_BODY)
  let length = 0
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), late])
      if (part === 'late') return 'unreadable'
      if (part.done) return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes.subarray(0, length)) }
      const chunk: Uint8Array = part.value
      if (length + chunk.length > MAX_BODY) return 'too-large'
      bytes.set(chunk, length)
      length += chunk.length
    }
  } catch {
    return 'unreadable'
  } finally {
    // Not awaited: a sender that stalls must not hold the answer either.
    reader.cancel().catch(() => undefined)
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
