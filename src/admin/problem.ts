import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/**
 * Errors of the API as RFC 9457 problem documents. `detail` is always a sentence of ours that says what to do, never
 * the text of an exception: on this platform that text echoes input.
 */
export function problem(c: Context, status: ContentfulStatusCode, detail: string): Response {
  return c.body(JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail }), status, {
    'Content-Type': 'application/problem+json',
  })
}

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  500: 'Something broke',
}
