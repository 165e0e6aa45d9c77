import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/**
 * Errors of the API as RFC 9457 problem documents. `detail` is always a sentence of ours that says what to do, never
 * the text of an exception: on this platform that text echoes input. `field` names the parameter at fault.
 */
export function problem(c: Context, status: ContentfulStatusCode, detail: string, field?: string): Response {
  const body = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, ...(field === undefined ? {} : { field }) }
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
}

const TITLES: Partial<Record<ContentfulStatusCode, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Refused',
  429: 'Too many',
  500: 'Something broke',
}

/** What a route's handler answers when it refuses; becomes a problem document. */
export class Refusal {
  readonly status: ContentfulStatusCode
  readonly detail: string
  readonly field: string | undefined
  /** Out of a closed list, where a page says it in the reader's language. */
  readonly code: string | undefined

  constructor(status: ContentfulStatusCode, detail: string, field?: string, code?: string) {
    this.status = status
    this.detail = detail
    this.field = field
    this.code = code
  }
}
