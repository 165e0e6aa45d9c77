import type { Basis } from '../../words.ts'
import { SNIPPET_INTEGRITY } from '../snippet-integrity.ts'

/**
 * The line to paste, in its three forms. *Gated* comes with the attributes by which a consent tool holds it back;
 * docs/consent.md documents the same lines and a test compares them.
 */
export interface LineFor {
  /** Host on which the site reaches Doorplate. */
  readonly endpoint: string
  readonly basis: Basis
  /** With the hash of exactly this version's file, so that browsers run no other. */
  readonly pinned: boolean
}

/** How consent tools hold a script back: what replaces `defer src`, the rest is the same. */
export const CONSENT_TOOLS = {
  cookiebot: { name: 'Cookiebot', held: (src: string) => `type="text/plain" data-cookieconsent="statistics" src="${src}"` },
  usercentrics: { name: 'Usercentrics', held: (src: string) => `type="text/plain" data-usercentrics="Doorplate" src="${src}"` },
  klaro: {
    name: 'Klaro',
    held: (src: string) => `type="text/plain" data-type="text/javascript" data-name="doorplate" data-src="${src}"`,
  },
  cookieyes: { name: 'CookieYes', held: (src: string) => `data-cookieyes="cookieyes-analytics" src="${src}"` },
  /** Both hold back what stands in their own settings, so the line has no attribute for it. */
  borlabs: { name: 'Borlabs Cookie', held: (src: string) => `defer src="${src}"` },
  complianz: { name: 'Complianz', held: (src: string) => `defer src="${src}"` },
} as const satisfies Record<string, { readonly name: string; readonly held: (src: string) => string }>
export type ConsentTool = keyof typeof CONSENT_TOOLS

export function plainLine(of: LineFor): string {
  return script(`defer src="${origin(of)}/d.js"`, of)
}

export function gatedLine(of: LineFor, tool: ConsentTool): string {
  return script(`${CONSENT_TOOLS[tool].held(`${origin(of)}/d.js`)} data-cmp="auto"`, of)
}

export function selfHostedLine(of: LineFor): string {
  const waits = of.basis === 'legitimate-interest' ? '' : ' data-cmp="auto"'
  return script(`defer src="/d.js" data-to="${origin(of)}"${waits}`, of)
}

/** Only a Doorplate on one's own machine has no certificate. */
const origin = ({ endpoint }: LineFor): string => `http${/^localhost(?::|$)/.test(endpoint) ? '' : 's'}://${endpoint}`

function script(attributes: string, { basis, pinned }: LineFor): string {
  const claims = basis === 'legitimate-interest' ? ' data-basis="legitimate-interest"' : ''
  const hash = pinned ? ` crossorigin integrity="${SNIPPET_INTEGRITY['d.js']}"` : ''
  return `<script ${attributes}${claims}${hash}></script>`
}
