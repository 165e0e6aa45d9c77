// biome-ignore-all lint/suspicious/noDoubleEquals: see gate.ts
// biome-ignore-all lint/suspicious/noAssignInExpressions: bytes
// biome-ignore-all lint/complexity/noCommaOperator: bytes
/**
 * Puts one event on the wire, with the keys that the server's `collect/event.ts` knows. A string body makes it
 * `text/plain`, so the browser asks no preflight. `sendBeacon` outlives the page; where it is missing or refuses,
 * `fetch` with `keepalive` does, and only with `credentials` does the visitor's opt-out cookie travel along.
 */
import { consent } from './gate.ts'
import { line } from './line.ts'
import { allowed, type Page, page, path } from './occasion.ts'

/**
 * One expression, in which both parameters do their work and then take what is sent and where: two names and a block fewer.
 * @param what the page for a view or its leave, else a name, of which the end is kept; without a name nothing is sent
 */
export const send = (k: string, what: Page | string | null | false | undefined): unknown =>
  allowed &&
  what &&
  ((k = JSON.stringify({ p: path, k, ok: consent ? 1 : undefined, ...(what == page ? page : { n: (what as string).slice(-64) }) })),
  (what = new URL('/e', line.dataset.to || line.src) as never),
  navigator.sendBeacon?.(what as never, k) ||
    // A failure must not reach the page; Date is a function at hand that does nothing with it.
    fetch(what as never, { body: k, mode: 'no-cors', method: 'POST', keepalive: 1 as never, credentials: 'include' }).catch(Date))
