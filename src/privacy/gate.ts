import type { Basis } from '../words.ts'
import type { Objection } from './objection.ts'

/**
 * The gate: decides from objection, basis and consent whether an event may be looked at (P1).
 *
 * Consent never overrides an objection, and a refusal blocks on every basis. The reason is for tests and for
 * *Explain my visit*; a visitor cannot tell one from another, nor from a counted event.
 */
export type GateDecision = { readonly open: true } | { readonly open: false; readonly reason: GateReason }

export type GateReason = Objection | 'consent-denied' | 'consent-missing' | 'site-off'

/** What the page's consent tool said: 1 given, 0 refused, undefined nothing. */
export type ConsentWord = 0 | 1 | undefined

export function decide(objection: Objection | null, basis: Basis, consent: ConsentWord): GateDecision {
  if (objection !== null) return blocked(objection)
  if (consent === 0) return blocked('consent-denied')
  switch (basis) {
    case 'consent':
      return consent === 1 ? OPEN : blocked('consent-missing')
    case 'legitimate-interest':
      return OPEN
    case 'off':
      return blocked('site-off')
  }
}

const OPEN: GateDecision = { open: true }

function blocked(reason: GateReason): GateDecision {
  return { open: false, reason }
}
