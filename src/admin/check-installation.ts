/**
 * "Check my installation" without a browser: what the source of a page says about Doorplate's line, against what the
 * site's settings say. It is static: a line that a tag manager or a script adds later is not in the source, and
 * whether a consent tool really holds a line back only a browser shows (`npm run check`).
 */
import type { Basis } from '../words.ts'
import { type Line, readPageSource } from './installation/lines.ts'
import { allowsConnection, allowsScript, readPolicies } from './installation/policy.ts'
import { SNIPPET_INTEGRITY } from './snippet-integrity.ts'

export { type FetchedPage, fetchPage, type PageFault } from './installation/page.ts'

/** What the check has to know of a site. */
export interface CheckedSite {
  readonly basis: Basis
  /** Where its pages are, with ports, lower case: `www.example.com`. */
  readonly pageHosts: readonly string[]
  /** Where it reaches Doorplate: `t.example.com`. */
  readonly endpointHosts: readonly string[]
}

/** What may be found; the dashboard's texts say each in a sentence and what to do about it. */
export type FindingCode =
  | 'static'
  | 'site-off'
  | 'line-found'
  | 'line-missing'
  | 'line-twice'
  | 'host-unknown'
  | 'host-unregistered'
  | 'not-https'
  | 'basis-agrees'
  | 'basis-claims-more'
  | 'basis-claims-less'
  | 'plain-before-consent'
  | 'gated-as-essential'
  | 'gated-without-consent'
  | 'copy-outdated'
  | 'integrity-outdated'
  | 'integrity-without-crossorigin'
  | 'policy-allows'
  | 'policy-blocks-script'
  | 'policy-blocks-events'

export interface Finding {
  readonly code: FindingCode
  readonly level: 'good' | 'note' | 'wrong'
  /** What its sentences name: a host, a hash. */
  readonly about: string
  /** What to use in its place. */
  readonly instead: string
}

/**
 * @param page where the page is; policies and relative addresses are read against it. Without it, the site's first page host
 * @param headers the policies of the page's headers, which pasted HTML does not have
 */
export async function checkHtml(
  html: string,
  site: CheckedSite,
  page?: string,
  headers: readonly string[] = [],
): Promise<readonly Finding[]> {
  const address = URL.parse(page ?? `https://${site.pageHosts[0] ?? 'localhost'}/`) ?? new URL('https://localhost/')
  const source = await readPageSource(html, address)
  const policies = [...headers, ...source.policies].flatMap(readPolicies)
  const [line, second] = source.lines
  const findings = [note('static')]
  if (site.basis === 'off') findings.push(wrong('site-off'))
  if (line === undefined) return [...findings, wrong('line-missing')]
  findings.push(good('line-found', `${line.file.host}${line.file.pathname}`))
  if (second !== undefined) findings.push(note('line-twice'))
  return [
    ...findings,
    ...ofHost(line, site),
    ...ofBasis(line, site),
    ...ofGate(line, site),
    ...ofIntegrity(line),
    ...ofPolicy(line, address, policies),
  ]
}

function ofHost({ endpoint }: Line, { endpointHosts }: CheckedSite): Finding[] {
  const findings: Finding[] = []
  const [own] = endpointHosts
  if (!endpointHosts.includes(endpoint.host))
    findings.push(own === undefined ? wrong('host-unregistered', endpoint.host) : wrong('host-unknown', endpoint.host, own))
  if (endpoint.protocol !== 'https:' && endpoint.hostname !== 'localhost') findings.push(wrong('not-https'))
  return findings
}

function ofBasis({ attributes }: Line, { basis }: CheckedSite): Finding[] {
  const claimed = attributes.get('data-basis') === 'legitimate-interest' ? 'legitimate-interest' : 'consent'
  if (basis === 'off') return []
  if (claimed === basis) return [good('basis-agrees')]
  return basis === 'consent' ? [wrong('basis-claims-more')] : [note('basis-claims-less')]
}

function ofGate({ form, attributes }: Line, { basis }: CheckedSite): Finding[] {
  if (form === 'plain' && basis === 'consent') return [note('plain-before-consent')]
  if (form !== 'gated') return []
  const findings: Finding[] = []
  const categories = [...attributes].filter(([name]) =>
    /^data-(cookieconsent|cookieyes|category|borlabs-cookie|name|usercentrics)/.test(name),
  )
  if (categories.some(([, value]) => /necessary|essential|functional|required/i.test(value))) findings.push(wrong('gated-as-essential'))
  if (!attributes.has('data-cmp')) findings.push(note('gated-without-consent'))
  return findings
}

function ofIntegrity({ attributes, form }: Line): Finding[] {
  const integrity = attributes.get('integrity')
  if (integrity === undefined) return []
  const findings: Finding[] = []
  if (!integrity.split(/\s+/).includes(SNIPPET_INTEGRITY['d.js'])) {
    findings.push(form === 'self-hosted' ? note('copy-outdated') : wrong('integrity-outdated', SNIPPET_INTEGRITY['d.js']))
  }
  if (form !== 'self-hosted' && !attributes.has('crossorigin')) findings.push(wrong('integrity-without-crossorigin'))
  return findings
}

function ofPolicy({ file, endpoint, attributes }: Line, page: URL, policies: ReturnType<typeof readPolicies>): Finding[] {
  if (policies.length === 0) return []
  const findings: Finding[] = []
  if (!allowsScript(policies, file, page, { nonce: attributes.get('nonce') ?? '', integrity: attributes.get('integrity') ?? '' }))
    findings.push(wrong('policy-blocks-script', file.origin))
  if (!allowsConnection(policies, new URL('/e', endpoint), page)) findings.push(wrong('policy-blocks-events', endpoint.origin))
  return findings.length > 0 ? findings : [good('policy-allows')]
}

const finding =
  (level: Finding['level']) =>
  (code: FindingCode, about = '', instead = ''): Finding => ({ code, level, about, instead })
const good = finding('good')
const note = finding('note')
const wrong = finding('wrong')
