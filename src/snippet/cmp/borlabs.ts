/**
 * Borlabs Cookie 3 (https://borlabs.io/kb/javascript-api-v3/, from 3.0.6, which tells when it is ready) and 2. The
 * service's id is `doorplate`. Neither tells a refusal from a missing decision.
 */
import type { Tool } from './tool.ts'

declare global {
  interface Window {
    readonly BorlabsCookie?: {
      readonly Consents?: { hasConsent(service: string): unknown }
      checkCookieConsent(cookie: string): unknown
    }
  }
}

export const borlabs: Tool = {
  events: ['borlabs-cookie-after-init', 'borlabs-cookie-consent-saved'],
  read() {
    const api = self.BorlabsCookie
    return api && (api.Consents ? api.Consents.hasConsent('doorplate') : api.checkCookieConsent('doorplate')) === true
  },
}
