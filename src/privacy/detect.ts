import { fold } from './decode.ts'

/**
 * Detectors: does a piece of text look as if it named a person or a network, or singled out a record or a device?
 *
 * They are the second line. What can be dropped was dropped before; what cannot be told from a word (a first name, a
 * short number) no detector finds, and docs/privacy.md says so. In doubt they say yes: a page counted as `:id` is a
 * small loss.
 */

/** A person or a network: e-mail addresses, IP addresses, telephone and account numbers. */
export function namesSomebody(text: string): boolean {
  const plain = fold(text)
  return PERSONAL.some((pattern) => pattern.test(plain)) || looksLikeIpv6(plain) || looksLikeIban(plain)
}

/** A record, a device or a session: UUIDs, long numbers, digests, tokens. */
export function singlesOut(text: string): boolean {
  const plain = withoutYears(fold(text))
  return IDENTIFYING.some((pattern) => pattern.test(plain)) || hasLongNumber(plain) || plain.split(/[^a-z0-9]+/i).some(looksRandom)
}

/** 0 to 255, or with zeros before it as octal and host names have it. */
const OCTET = '(?:0\\d{1,4}|25[0-5]|2[0-4]\\d|1?\\d?\\d)'
/** Whatever people put between the parts of a number: signs, one letter, or the word. */
const BETWEEN = '(?:[^\\p{L}\\p{N}]{1,3}|[^\\p{L}\\p{N}]{0,3}(?:dot|punkt|[a-z])[^\\p{L}\\p{N}]{0,3})'

/** Four octets and more, or groups of hexadecimal digits, that are parted by the slashes of a path. */
const SPLIT = new RegExp(`(?<!\\d)${OCTET}(?:/${OCTET}){3}(?!\\d)|(?<![0-9a-z])[0-9a-f]{1,4}(?:/{1,2}[0-9a-f]{1,4}){3,7}(?![0-9a-z])`, 'gi')

/** A path without the addresses that its slashes part. Letters of hexadecimal numbers have to be among the digits: dates and pages of lists stay. */
export function withoutSplitAddresses(path: string): string {
  return path.replace(SPLIT, (run) => {
    const text = run.replaceAll('/', '-')
    return namesSomebody(text) || (/[a-f]/i.test(run) && singlesOut(text)) ? ':redacted' : run
  })
}

const PERSONAL: readonly RegExp[] = [
  // e-mail addresses, also spelled out
  /@|[([{<]\s*(?:at|a|ät|à|æt)\s*[)\]}>]|&commat|[-_. |]at[-_. |].+[-_. |]dot[-_. |]|[a-z\d]AT[a-z\d].*DOT[a-z]/,
  /[-_. |]at[-_. |][^/]+\.(?!(?:html?|php\d?|aspx?|jsp|xml|pdf|txt)$)[a-z]{2,}$/i,
  // IPv4 in decimal, in hexadecimal, and its first three octets
  new RegExp(`(?<!\\d)${OCTET}(?:${BETWEEN}${OCTET}){3}(?!\\d)`, 'iu'),
  /(?:0x[0-9a-f]{1,2}[^a-z0-9]?){4}/i,
  /(?<![\d.])(?=[\d.]{9,})(?:\d{1,3}\.){2}\d{1,3}(?![\d.])|(?:\d{1,3}\.){3}[x*]/i,
  // IPv6
  /(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/i,
  // telephone
  /(?:^|[^0-9])(?:\+|00)\d[\d \-().]{6,}\d/,
]

/**
 * IPv6 with other signs for its colons, as host names and file names write it: eight groups of up to four hexadecimal
 * digits, fewer around a doubled sign, or the first few of a public network. Asked of each run of such groups, so that
 * `add-face-bed` stays a word.
 */
function looksLikeIpv6(text: string): boolean {
  const runs = text.replace(/[^a-z0-9]/gi, '-').match(/(?<![a-z0-9])[0-9a-f]{0,4}(?:-{1,2}[0-9a-f]{1,4})+(?:--)?(?![a-z0-9])/gi) ?? []
  return runs.some((run) => {
    const groups = run.split('-').filter((group, at, all) => group !== '' || at === 0 || at === all.length - 1)
    if (groups.length >= 8 || (run.includes('--') && run.split('-').length >= 3 && /\d/.test(run))) return true
    return groups.length >= 4 && /^(?:20(?:01|03)|2[0-9a-f]*[a-f][0-9a-f]*|f[cde][0-9a-f]{2})$/i.test(groups[0] ?? '') && mixed(run)
  })
}

/** Letters and digits in one group. */
const mixed = (run: string): boolean => run.split('-').some((group) => /\d/.test(group) && /[a-f]/i.test(group))

/** ISO 13616: country, check digits, and up to thirty signs, in groups of four where people write it. */
function looksLikeIban(text: string): boolean {
  const candidates = text.match(/(?<![a-z0-9])[a-z]{2}\d{2}(?:[ ._-]?[a-z0-9]{4}){2,7}(?:[ ._-]?[a-z0-9]{1,4})?(?![a-z0-9])/gi) ?? []
  return candidates.some((candidate) => (candidate.match(/\d/g) ?? []).length >= 8)
}

const IDENTIFYING: readonly RegExp[] = [
  /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i, // UUID
  /\d{5,}/, // customer and order numbers, packed addresses
  /(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}|[a-f]{8,}/i, // hexadecimal runs
  /(?<![0-9a-z])(?=[^/]*\d)[0-9a-f]{2}([^a-z0-9])[0-9a-f]{2}(?:\1[0-9a-f]{2}){2,}(?![0-9a-z])/i, // bytes with signs between: hardware addresses
  /(?<![0-9a-z])(?=[^/]*\d)[0-9a-f]{4}([^a-z0-9])[0-9a-f]{4}(?:\1[0-9a-f]{4})+(?![0-9a-z])/i, // the same in pairs of bytes
  /(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{16,}/, // base64url runs and tokens
  /[\w+-]{6,}={1,2}$/, // base64 with its padding
  /^[\w-]{16,}\.[\w-]{8,}\.[\w-]{8,}$/, // JSON Web Tokens
]

/** Years and numbers of standards single out nobody: `iso-9001-2015` stays what it is. 2001 and 2003 begin networks. */
function withoutYears(text: string): string {
  return text
    .replace(/(?<![a-z])(?:(?:din|en|iso|iec|vde|vdi|ieee|astm|rfc)[-_ ]?)+\d{3,5}(?!\d)/gi, 'norm')
    .replace(/(?<!\d)(?:19[5-9]\d|20(?!01|03)[0-4]\d)(?!\d)/g, 'year')
}

/** Eight digits and more in groups: telephone, card and customer numbers, however they are parted. */
function hasLongNumber(text: string): boolean {
  return (text.match(/\d(?:[ ._()/-]{0,2}\d)+/g) ?? []).some((number) => number.replace(/\D/g, '').length >= 8)
}

/**
 * One word of letters and digits as no person writes: it changes between the two again and again, or has a digit and
 * six consonants in a row. ULIDs, cuids, base32.
 */
function looksRandom(word: string): boolean {
  if (word.length < 10) return false
  const changes = word.match(/\d[a-z]|[a-z](?=\d)/gi) ?? []
  return changes.length >= 4 || (word.length >= 12 && changes.length > 0 && /[b-df-hj-np-tv-xz]{6,}/i.test(word))
}
