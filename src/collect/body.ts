/**
 * Reads an event's body. The answer waits for the body and for nothing else: reading it after the reply loses every
 * event over a real socket, because the runtime closes the stream with the response.
 *
 * A body of a stated length is taken as a whole, because reading it in pieces costs as much as all the rest of an event:
 * the runtime hands over no more than was stated (and drops the statement where the body comes in chunks). Any other is
 * read piece by piece up to what is allowed, whatever its sender goes on sending.
 */
export const MAX_BODY = 2048
const DEADLINE_MS = 5_000

export type Body = { readonly text: string } | 'too-large' | 'unreadable'

/**
 * At most {@link MAX_BODY} bytes of UTF-8.
 * @param deadline an argument so that no test has to wait.
 */
export async function readBody(request: Request, deadline: Deadline = onTheClock): Promise<Body> {
  const stated = request.headers.get('content-length')
  if (Number(stated) > MAX_BODY) return 'too-large'
  try {
    const body = await within(deadline, () => (stated === null ? readBounded(request) : request.text()))
    if (typeof body !== 'string') return body === null ? 'too-large' : 'unreadable'
    // What is no UTF-8 was replaced by this character.
    return body.includes('\ufffd') ? 'unreadable' : { text: body }
  } catch {
    return 'unreadable'
  }
}

/** What `read` comes to, or nothing where it takes too long. Not `Promise.race`, which would cost an event two promises more. */
function within<T>(deadline: Deadline, read: () => Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = deadline(DEADLINE_MS, () => resolve(undefined))
    read().then(
      (value) => {
        cancel()
        resolve(value)
      },
      () => {
        cancel()
        reject()
      },
    )
  })
}

/** The body, or null where it is longer than allowed. When the deadline passes the runtime ends it, with the reply. */
async function readBounded({ body }: Request): Promise<string | null> {
  if (body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  // Leaving the loop cancels the stream: a sender that goes on does not hold the answer.
  for await (const chunk of body) {
    length += chunk.length
    if (length > MAX_BODY) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Calls `late` after so many milliseconds, unless what it answers is called before. */
export type Deadline = (ms: number, late: () => void) => () => void

function onTheClock(ms: number, late: () => void): () => void {
  const timer = setTimeout(late, ms)
  return () => clearTimeout(timer)
}
