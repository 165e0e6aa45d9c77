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
  const bare = raw.split(/[?#;]/, 1)[0] ?? ''
  if (!bare.startsWith('/') || bare.startsWith('//')) return null
  const segments = bare.split('/').map(redactSegment)
  const path = collapse(segments.join('/'), patterns)
  return path.length > MAX_PATH ? `${path.slice(0, MAX_PATH - 1)}…` : path
}

function redactSegment(raw: string): string {
  const segment = printable(decode(raw)).replaceAll('/', ' ').trim()
  // What follows a `?` or `#` only after decoding is a query all the same.
  const bare = segment.split(/[?#;]/, 1)[0] ?? ''
  if (bare === '') return ''
  if (namesSomebody(bare)) return ':redacted'
  if (singlesOut(bare)) return ':id'
  return bare.length > MAX_SEGMENT ? `${bare.slice(0, MAX_SEGMENT - 1)}…` : bare
}

/** Whether a text looks as if it named a person or a network, or singled out a record or a device. */
export function pointsToSomebody(text: string): boolean {
  const plain = printable(decode(text))
  return namesSomebody(plain) || singlesOut(plain)
}

const namesSomebody = (text: string): boolean => PERSONAL.some((pattern) => pattern.test(text)) || dashedIpv6(text)
const singlesOut = (text: string): boolean => IDENTIFYING.some((pattern) => pattern.test(text))

/**
 * IPv6 as host names write it, with dashes for colons: eight groups of up to four hexadecimal digits, or fewer around a
 * double dash. Asked of each run of such groups, so that `add-face-bed` stays a word.
 */
function dashedIpv6(text: string): boolean {
  return (text.match(/[0-9a-f]{0,4}(?:-{1,2}[0-9a-f]{1,4})+(?:--)?/gi) ?? []).some((run) => {
    const groups = run.split('-')
    return groups.length >= 8 || (run.includes('--') && groups.length >= 3 && /\d/.test(run))
  })
}

/** Percent-decoding up to three times (mailing tools encode twice); malformed sequences stay as they are. */
function decode(text: string): string {
  let decoded = text
  for (let round = 0; round < 3; round += 1) {
    if (!/%[0-9a-f]{2}/i.test(decoded)) break
    const next = decoded.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodeRun(run))
    if (next === decoded) break
    decoded = next
  }
  return decoded
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}

/** Control, bidirectional and invisible characters out: they can hide one text inside another. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
}

/** Things that name a person or a network. */
const PERSONAL: readonly RegExp[] = [
  /@|＠|\(at\)|\[at\]|\{at\}|[-_. ]at[-_. ].+[-_. ]dot[-_. ]/i, // e-mail addresses, also spelled out
  /(?:^|[^0-9])(?:\d{1,3}[.-]){3}\d{1,3}(?:[^0-9]|$)/, // IPv4, dotted or dashed as in host names
  /(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/i, // IPv6
  /(?:^|[^0-9])(?:\+|00)\d[\d \-().]{6,}\d/, // telephone
  /\b[a-z]{2}\d{2}[a-z0-9]{11,30}\b/i, // IBAN
]

/** Things that single out a record, a device or a session. */
const IDENTIFYING: readonly RegExp[] = [
  /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i, // UUID
  /\d{5,}/, // long digits: customer and order numbers, packed addresses
  /(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}/i, // hexadecimal runs
  /(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{16,}/, // base64url runs and tokens
  /^[\w-]{16,}\.[\w-]{8,}\.[\w-]{8,}$/, // JSON Web Tokens
]
