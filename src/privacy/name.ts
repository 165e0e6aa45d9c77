import { pointsToSomebody } from './redact.ts'

/**
 * Names of downloads, outbound hosts, forms and own events. Free text can name a person (`Offer_Anna_Schmidt.pdf`),
 * so a name is kept only if the site lists it, as a name or as a pattern with `*`; else it is `(other)` (P3). What a `*`
 * stands for was never read by the operator, so a name that looks like an address, a person or an id is not kept by one.
 */
export function redactName(raw: string | undefined, listed: readonly string[]): string {
  if (raw === undefined || raw === '') return ''
  const name = raw.trim()
  // Signs that nobody sees can hold what nobody would list.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(name)) return '(other)'
  if (listed.some((pattern) => pattern.toLowerCase() === name.toLowerCase())) return name
  return listed.some((pattern) => matches(name, pattern)) && !pointsToSomebody(name) ? name : '(other)'
}

/** `*` stands for any run of characters; nothing else is special. Linear: the parts are found one after another. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const text = name.toLowerCase()
  const head = parts[0] ?? ''
  if (parts.length === 1) return text === head
  const tail = parts[parts.length - 1] ?? ''
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  let at = head.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found === -1 || found + part.length > text.length - tail.length) return false
    at = found + part.length
  }
  return true
}
