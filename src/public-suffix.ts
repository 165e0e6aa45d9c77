import { fastPathLookup, getEmptyResult, parseImpl } from 'tldts-core'
import { SUFFIXES } from './suffixes.ts'

/**
 * The registrable domain of a host, by the ICANN section of the public suffix list: what tldts does, with its own reading
 * and checking of hosts, and the list packed so that it is a ninth of the Worker instead of a fifth. A test compares the
 * two on every rule and on hosts nobody would think of.
 */
interface Suffix {
  /** Whether the labels up to here are a suffix themselves, or only lead to longer ones. */
  readonly rule: boolean
  readonly below: Suffixes | null
}
type Suffixes = ReadonlyMap<string, Suffix>

/** Unpacked by the first host that is asked about: most isolates serve an event, some never do. */
let unpacked: Suffixes | null = null

export interface HostCheck {
  /** Null for what is no host, instead of the domain that could be read into it. */
  readonly validateHostname?: boolean
}

/** `example.co.uk` for `www.example.co.uk`; null for an address, a suffix by itself, and what is no host. */
export function getDomain(host: string, check: HostCheck = {}): string | null {
  return parseImpl(host, DOMAIN, findSuffix, check, getEmptyResult()).domain
}

/** How far tldts shall read: to the registrable domain. */
const DOMAIN = 3

const findSuffix: Parameters<typeof parseImpl>[2] = (host, options, out) => {
  if (fastPathLookup(host, options, out)) return
  unpacked ??= unpack(SUFFIXES)
  out.publicSuffix = suffixOf(host, unpacked)
}

function suffixOf(host: string, suffixes: Suffixes): string {
  // Where no rule says more, the last label is the suffix.
  let suffix = host.slice(host.lastIndexOf('.') + 1)
  let end = host.length
  for (let level: Suffixes | null = suffixes; level !== null; ) {
    const dot = end === 0 ? -1 : host.lastIndexOf('.', end - 1)
    const label = host.slice(dot + 1, end)
    // An exception is no suffix: the labels right of it are.
    if (level.has(`!${label}`)) return host.slice(end + 1)
    const found: Suffix | undefined = level.get(label) ?? level.get('*')
    if (found === undefined) break
    if (found.rule) suffix = host.slice(dot + 1)
    if (dot === -1) break
    level = found.below
    end = dot
  }
  return suffix
}

/** `jp(kobe~(!city *) …) uk(co …)`: labels from the right, those below in brackets, `~` behind one that is no rule itself. */
function unpack(packed: string): Suffixes {
  let at = 0
  const level = (top: boolean): Suffixes => {
    const labels = new Map<string, Suffix>()
    while (at < packed.length && packed[at] !== ')') {
      const label = /[^ ()~]+/y
      label.lastIndex = at
      const [name = ''] = label.exec(packed) ?? []
      at += name.length
      const rule = !top && packed[at] !== '~'
      if (packed[at] === '~') at++
      let below: Suffixes | null = null
      if (packed[at] === '(') {
        at++
        below = level(false)
        at++
      }
      labels.set(name, { rule, below })
      if (packed[at] === ' ') at++
    }
    return labels
  }
  return level(true)
}
