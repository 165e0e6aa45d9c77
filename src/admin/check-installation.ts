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

export type FindingCode =
  | 'static'
  | 'site-off'
  | 'line-found'
  | 'line-missing'
  | 'line-twice'
  | 'host-unknown'
  | 'not-https'
  | 'basis-agrees'
  | 'basis-claims-more'
  | 'basis-claims-less'
  | 'plain-before-consent'
  | 'gated-as-essential'
  | 'gated-without-consent'
  | 'integrity-outdated'
  | 'integrity-without-crossorigin'
  | 'policy-allows'
  | 'policy-blocks-script'
  | 'policy-blocks-events'

export interface Finding {
  readonly code: FindingCode
  readonly level: 'good' | 'note' | 'wrong'
  /** What was found, in a sentence. */
  readonly says: string
  /** What to do about it; empty where there is nothing to do. */
  readonly mend: string
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
  const findings: Finding[] = [
    note(
      'static',
      'This looks at the source of the page only.',
      'A line that a tag manager or a script adds later is not in it: `npm run check -- <address>` looks with a browser.',
    ),
  ]
  if (site.basis === 'off')
    findings.push(wrong('site-off', 'This site is off: nothing is counted whatever the page says.', 'Set a basis in the site’s settings.'))
  if (line === undefined) {
    findings.push(
      wrong(
        'line-missing',
        'Doorplate’s line is not in the source of this page.',
        'Put the line of the site’s settings page into the <head> of every page.',
      ),
    )
    return findings
  }
  findings.push(good('line-found', `The line is there, ${line.form}: ${line.file.host}${line.file.pathname}.`))
  if (second !== undefined) {
    findings.push(
      note(
        'line-twice',
        'The line is there more than once. The first one that runs counts, nothing is counted twice.',
        'Remove all but one, so that it is clear which attributes hold.',
      ),
    )
  }
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
  if (!endpointHosts.includes(endpoint.host)) {
    const expected = endpointHosts[0]
    findings.push(
      wrong(
        'host-unknown',
        `Events go to ${endpoint.host}, which is no host of this site.`,
        expected
          ? `Use https://${expected} in the line, or register ${endpoint.host} for this site.`
          : `Register ${endpoint.host} for this site.`,
      ),
    )
  }
  if (endpoint.protocol !== 'https:' && endpoint.hostname !== 'localhost') {
    findings.push(wrong('not-https', 'The line uses http: browsers block it on pages that come by https.', 'Write https:// in the line.'))
  }
  return findings
}

function ofBasis({ attributes }: Line, { basis }: CheckedSite): Finding[] {
  const claimed = attributes.get('data-basis') === 'legitimate-interest' ? 'legitimate-interest' : 'consent'
  if (basis === 'off') return []
  if (claimed === basis) return [good('basis-agrees', `The line and the settings agree: ${basis}.`)]
  if (basis === 'consent') {
    return [
      wrong(
        'basis-claims-more',
        'The line claims a legitimate interest, the settings say consent: events are sent before consent and dropped by the server.',
        'Remove data-basis from the line.',
      ),
    ]
  }
  return [
    note(
      'basis-claims-less',
      'The settings say legitimate interest, the line waits for consent all the same.',
      'Add data-basis="legitimate-interest" to the line, if this is not what you want.',
    ),
  ]
}

function ofGate({ form, attributes }: Line, { basis }: CheckedSite): Finding[] {
  const findings: Finding[] = []
  if (form === 'plain' && basis === 'consent') {
    findings.push(
      note(
        'plain-before-consent',
        'The plain line sends no event before consent, but loading the file is a request before consent.',
        'Use the gated or the self-hosted line, or say so in your notice: docs/consent.md.',
      ),
    )
  }
  if (form !== 'gated') return findings
  const categories = [...attributes].filter(([name]) =>
    /^data-(cookieconsent|cookieyes|category|borlabs-cookie|name|usercentrics)/.test(name),
  )
  if (categories.some(([, value]) => /necessary|essential|functional|required/i.test(value))) {
    findings.push(
      wrong(
        'gated-as-essential',
        'The line is held back in a category that loads without consent.',
        'Choose the statistics category of your consent tool.',
      ),
    )
  }
  if (!attributes.has('data-cmp')) {
    findings.push(
      note(
        'gated-without-consent',
        'The line is held back, but nothing in it tells the file that consent was given.',
        'Add data-cmp="auto", or let the consent tool run doorplate(\'consent\', true) beside it.',
      ),
    )
  }
  return findings
}

function ofIntegrity({ attributes, form }: Line): Finding[] {
  const integrity = attributes.get('integrity')
  if (integrity === undefined) return []
  const findings: Finding[] = []
  if (!integrity.split(/\s+/).includes(SNIPPET_INTEGRITY['d.js'])) {
    findings.push(
      form === 'self-hosted'
        ? note(
            'integrity-outdated',
            'The copy on your server is of another version of Doorplate.',
            'Copy d.js (and cmp.js) again and take the hash of the settings page.',
          )
        : wrong(
            'integrity-outdated',
            'The hash in the line is of another version: browsers will not run the file.',
            `Use integrity="${SNIPPET_INTEGRITY['d.js']}".`,
          ),
    )
  }
  if (form !== 'self-hosted' && !attributes.has('crossorigin')) {
    findings.push(
      wrong(
        'integrity-without-crossorigin',
        'A hash needs crossorigin beside it: without it browsers will not run the file.',
        'Add crossorigin to the line.',
      ),
    )
  }
  return findings
}

function ofPolicy({ file, endpoint, attributes }: Line, page: URL, policies: ReturnType<typeof readPolicies>): Finding[] {
  if (policies.length === 0) return []
  const findings: Finding[] = []
  if (!allowsScript(policies, file, page, { nonce: attributes.get('nonce') ?? '', integrity: attributes.get('integrity') ?? '' })) {
    findings.push(wrong('policy-blocks-script', 'The page’s Content-Security-Policy blocks the file.', `Add ${file.origin} to script-src.`))
  }
  if (!allowsConnection(policies, new URL('/e', endpoint), page)) {
    findings.push(
      wrong('policy-blocks-events', 'The page’s Content-Security-Policy blocks the events.', `Add ${endpoint.origin} to connect-src.`),
    )
  }
  return findings.length > 0 ? findings : [good('policy-allows', 'The page’s Content-Security-Policy allows the line.')]
}

const good = (code: FindingCode, says: string): Finding => ({ code, level: 'good', says, mend: '' })
const note = (code: FindingCode, says: string, mend: string): Finding => ({ code, level: 'note', says, mend })
const wrong = (code: FindingCode, says: string, mend: string): Finding => ({ code, level: 'wrong', says, mend })
