/**
 * What a Content-Security-Policy says of a script and of the requests it makes; as far as the source of a page can
 * tell: https://www.w3.org/TR/CSP3/ . Several policies must all allow.
 */

/** A policy as directives, the first of a name counts. */
export type Policy = ReadonlyMap<string, readonly string[]>

/** One header or `meta` may hold several policies, with commas between them. */
export function readPolicies(text: string): Policy[] {
  return text
    .split(',')
    .map((policy) => {
      const directives = new Map<string, readonly string[]>()
      for (const directive of policy.split(';')) {
        const [name = '', ...values] = directive.trim().split(/\s+/)
        if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values)
      }
      return directives
    })
    .filter((policy) => policy.size > 0)
}

/** Whether a page on `page` may load a script from `url`, with this nonce or integrity hash on its tag. */
export function allowsScript(policies: readonly Policy[], url: URL, page: URL, tag: { nonce: string; integrity: string }): boolean {
  return policies.every((policy) => {
    const sources = policy.get('script-src-elem') ?? policy.get('script-src') ?? policy.get('default-src')
    if (sources === undefined) return true
    if (tag.nonce !== '' && sources.includes(`'nonce-${tag.nonce}'`)) return true
    if (tag.integrity !== '' && tag.integrity.split(/\s+/).every((hash) => sources.includes(`'${hash}'`))) return true
    return !sources.includes("'strict-dynamic'") && sources.some((source) => matches(source, url, page))
  })
}

/** Whether it may send to `url`. */
export function allowsConnection(policies: readonly Policy[], url: URL, page: URL): boolean {
  return policies.every((policy) => {
    const sources = policy.get('connect-src') ?? policy.get('default-src')
    return sources === undefined || sources.some((source) => matches(source, url, page))
  })
}

/** `'self'`, `*`, `https:`, `t.example.com`, `https://*.example.com:8443/path/`. */
function matches(source: string, url: URL, page: URL): boolean {
  if (source === "'self'") return url.origin === page.origin
  if (source === '*') return ['http:', 'https:', page.protocol].includes(url.protocol)
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return secureAs(source.toLowerCase(), url.protocol)
  const [, scheme, host = '', port, path = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:']+)(?::(\d+|\*))?(\/.*)?$/i.exec(source) ?? []
  if (host === '') return false
  const wanted = host.toLowerCase()
  const hostFits = wanted === '*' || (wanted.startsWith('*.') ? url.hostname.endsWith(wanted.slice(1)) : url.hostname === wanted)
  const schemeFits = secureAs(`${scheme?.toLowerCase() ?? page.protocol.replace(':', '')}:`, url.protocol)
  const portFits = port === '*' || (port ?? '') === url.port
  const pathFits = path === '' || path === '/' || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path)
  return hostFits && schemeFits && portFits && pathFits
}

/** A source that says `http:` allows `https:` too. */
function secureAs(allowed: string, protocol: string): boolean {
  return allowed === protocol || (allowed === 'http:' && protocol === 'https:')
}
