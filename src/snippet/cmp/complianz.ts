/**
 * Complianz 6 and 7, https://complianz.io/developers-guide-for-third-party-integrations/ . Outside of opt-in regions
 * `cmplz_has_consent` says yes before anybody has decided, so only opt-in is believed.
 */
import type { Tool } from './tool.ts'

declare global {
  interface Window {
    readonly cmplz_has_consent?: (category: string) => unknown
    readonly complianz?: { readonly consenttype?: unknown }
  }
}

export const complianz: Tool = {
  events: ['cmplz_before_cookiebanner', 'cmplz_fire_categories', 'cmplz_status_change', 'cmplz_revoke'],
  read: () => self.cmplz_has_consent && self.complianz?.consenttype === 'optin' && self.cmplz_has_consent('statistics') === true,
}
