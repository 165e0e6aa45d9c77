import { decode, stillEncoded } from './decode.ts'
import { namesSomebody, singlesOut, withoutSplitAddresses } from './detect.ts'
import { collapse } from './patterns.ts'

/**
 * Redaction, on the server, whatever the snippet did: what leaves this file may be stored (P2, P3).
 *
 * Dropping comes first: query and fragment are cut before anything is looked at, and safety never rests on a
 * detector alone. Then segments that look like a person, a device or a secret become `:id` or `:redacted`.
 */
const MAX_PATH = 256
const MAX_SEGMENT = 80

/**
 * A path that may be stored, or null where the input is not a path.
 * @param patterns paths the operator marked, such as `/customers/:name`.
 */
export function redactPath(raw: string, patterns: readonly string[] = []): string | null {
  const whole = wholePath(raw)
  return whole === null ? null : storedPath(whole, patterns)
}

/** What is stored of a {@link wholePath}. */
export function storedPath(whole: string, patterns: readonly string[]): string {
  const path = collapse(withoutSplitAddresses(whole), patterns)
  return path.length > MAX_PATH ? `${path.slice(0, MAX_PATH - 1)}…` : path
}

/**
 * The path with every segment redacted, before patterns collapse it and before it is cut: what a sensitive page is
 * recognised by, so that neither can hide one. Not for storing.
 */
export function wholePath(raw: string): string | null {
  const bare = raw.split(/[?#;]/, 1)[0] ?? ''
  return bare.startsWith('/') && !bare.startsWith('//') ? bare.split('/').map(redactSegment).join('/') : null
}

function redactSegment(raw: string): string {
  return PLAIN.test(raw) && !LONG_HEX.test(raw) ? raw : inspected(raw)
}

/**
 * One to three plain words, or one or two and a short number: `products`, `case-studies`, `page-12`. No detector finds
 * anything in these (a property test holds it), and nearly every segment of a website is one.
 */
const PLAIN = /^[a-z]{1,20}(?:-[a-z]{1,20}){0,2}$|^[a-z]{1,20}(?:-[a-z]{1,20})?-\d{1,3}$/
/** Letters that might be a number in hexadecimal. */
const LONG_HEX = /[a-f]{8}/

/** A segment after all the detectors. Exported for the test that holds {@link PLAIN} to it. */
export function inspected(raw: string): string {
  const segment = decode(raw).replaceAll('/', ' ').trim()
  if (stillEncoded(segment)) return ':redacted'
  // What follows a `?` or `#` only after decoding is a query all the same.
  const bare = segment.split(/[?#;]/, 1)[0] ?? ''
  if (bare === '') return ''
  if (namesSomebody(bare)) return ':redacted'
  if (singlesOut(bare)) return ':id'
  return bare.length > MAX_SEGMENT ? `${bare.slice(0, MAX_SEGMENT - 1)}…` : bare
}

/** Whether a text looks as if it named a person or a network, or singled out a record or a device. */
export function pointsToSomebody(text: string): boolean {
  const plain = decode(text)
  return stillEncoded(plain) || namesSomebody(plain) || singlesOut(plain)
}
