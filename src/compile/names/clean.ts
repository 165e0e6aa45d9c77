/**
 * AS names as sources write them, made fit to be read: registries put handles in front, exports cut names off, break
 * their encoding, and leave invisible characters in them. What cannot be mended is said to be truncated, because half
 * a name could be somebody else's whole one.
 */

export interface CleanName {
  readonly text: string
  /** The source cut it off: it matches nothing and is shown to nobody. */
  readonly truncated: boolean
}

/** Soft hyphen, zero-width characters, byte order mark, direction marks: nobody sees them, every comparison does. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]/g
/** `&amp;` and what became of it when its semicolons were lost, twice: `&amp amp`. */
const AMPERSAND = /&(?:\s*amp;?)+/g
/** `Ã¼` for `ü`: UTF-8 that was read as Latin-1 once. */
const MOJIBAKE = /[\u00c2-\u00c5][\u0080-\u00bf\u2018-\u203a\u0152-\u0178]/
/** `NOVONORDISKAS-AS-AP - NOVO NORDISK A/S`: a handle of capitals, digits and hyphens, then the name. */
const HANDLE_DASH = /^(?:[A-Z0-9][A-Z0-9_.-]*|[A-Za-z0-9][\w.-]*-AS(?:-[A-Z]+)?)\s+-\s+(?=\S)/
/** `rh-as Rheinmetall AG`, `UKW-NET1 Universitaet …`: a handle with a hyphen in it, then at least one word. */
const HANDLE_WORD =
  /^(?:[a-z0-9]+(?:-[a-z0-9]+)*-(?:as|asn|net|lan|ap)\d*|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-ASN?\d*|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+|AS\d+|AS-[A-Z0-9-]+|[A-Z0-9]+(?:-[A-Z0-9]+)*-(?:AS|ASN|NET|LAN|AP|MNT)\d*)\s+(?=[\p{L}"'(])/u

/** Words of letters and single spaces, none of which can be a handle: there is nothing to mend, and most names are so. */
const CLEAN = /^[A-Za-z]+(?: [A-Za-z]+)*(?: [A-Za-z.]+)?$/

export function cleanName(raw: string): CleanName {
  if (raw.length !== FULL_COLUMN && CLEAN.test(raw) && !raw.endsWith('...')) return { text: raw, truncated: false }
  let text = mend(raw.replace(INVISIBLE, '').replace(AMPERSAND, '&')).replace(/\s+/g, ' ').trim()
  text = text.replace(HANDLE_DASH, '').replace(HANDLE_WORD, '')
  text = once(text)
    .replace(/^"([^"]*)"$/, '$1')
    // An AS that nobody described.
    .replace(/^AS ?\d+$/i, '')
    .trim()
  return { text, truncated: isTruncated(text, raw) }
}

function mend(text: string): string {
  if (!MOJIBAKE.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  const mended = bytes.toString('utf8')
  return mended.includes('\ufffd') ? text : mended
}

/** `Valley View University - Valley View University` says one thing. */
function once(text: string): string {
  const [first, second, ...more] = text.split(/ - /)
  return second !== undefined && more.length === 0 && first?.toLowerCase() === second.toLowerCase() ? second : text
}

/** The widest column that an export of AS names is known to have: a name that fills it exactly went on. */
const FULL_COLUMN = 79

function isTruncated(text: string, raw: string): boolean {
  const opened = text.split('(').length - text.split(')').length
  const quotes = text.split('"').length - 1
  return (
    opened > 0 || quotes % 2 === 1 || raw.length === FULL_COLUMN || /(?:\.\.\.|\u2026|\ufffd|[-,&])$/.test(text) || text.includes('\ufffd')
  )
}
