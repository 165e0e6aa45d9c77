// biome-ignore-all lint/suspicious/noDoubleEquals: both sides are strings, and every `=` is a byte in each visitor's browser
/**
 * Whether this browser may send anything (P1): asked anew at every occasion, because an objection may come at any
 * moment, from another tab too. The server asks the same questions again; here they spare the visitor the request.
 *
 * Fails closed: where the visitor's refusal cannot be read (storage blocked), the exception ends the occasion.
 */
import { line } from './line.ts'

/**
 * Only `true` is consent; undefined and null are no answer yet; all else is a refusal, on every basis. With `data-cmp`
 * the answer is no until the consent tool says yes; cmp.js beside this file asks it.
 *
 * `import` needs no Trusted Types policy and carries this script's nonce. It gets a whole URL, because a script of
 * another origin has no base of its own to resolve `./cmp.js` with (HTML, "muted errors"). That it fails must not reach
 * the page, and Date is a function at hand that does nothing with the failure.
 */
export let consent: unknown = line.dataset.cmp && !import(new URL('cmp.js', line.src) as never).catch(Date)

/** Kept in memory too: a refusal that storage does not take, because it is full, still holds on this page. */
let optedOut: unknown

/**
 * Takes the visitor's word (the refusal is the only thing ever written to the device, P6), then answers: no
 * objection, and consent or a basis that needs none.
 */
export const ask = (command?: string, value?: unknown): boolean => {
  if (command == 'consent') consent = value
  if (command == 'opt-out') localStorage['doorplate:opt-out'] = optedOut = 1
  if (command == 'opt-in') optedOut = !delete localStorage['doorplate:opt-out']
  return (
    !optedOut &&
    (consent ?? line.dataset.basis == 'legitimate-interest') === true &&
    !localStorage['doorplate:opt-out'] &&
    // Any one objects: true, 'yes', 1 or a string that begins with 1 ('0', 'false', 'no' and 'unspecified' do not).
    // `test` joins the list with commas; the 0 puts one before the first. In doubt it is an objection.
    !/,[1ty]/.test([0, self.doNotTrack, navigator.doNotTrack, navigator.msDoNotTrack, navigator.globalPrivacyControl] as unknown as string)
  )
}
