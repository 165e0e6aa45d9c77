/**
 * CookieYes, https://www.cookieyes.com/documentation/retrieving-consent-data-using-api-getckyconsent/ and, on the same
 * site, "events on cookie banner interactions". The WordPress plugin without its web app has neither: there nothing is
 * known, and nothing is sent.
 */
import type { Answer, Tool } from './tool.ts'

declare global {
  interface Window {
    readonly getCkyConsent?: () => { readonly isUserActionCompleted?: unknown; readonly categories: { readonly analytics?: unknown } }
  }
}

/** The event's word is the newer one. */
let updated: Answer
addEventListener(
  'cookieyes_consent_update',
  (event) => {
    updated = (event as CustomEvent<{ accepted?: readonly unknown[] }>).detail?.accepted?.includes('analytics') === true
  },
  true,
)

export const cookieYes: Tool = {
  events: ['cookieyes_banner_load', 'cookieyes_consent_update'],
  read() {
    if (updated !== undefined) return updated
    const state = self.getCkyConsent?.()
    return state && state.isUserActionCompleted === true && state.categories.analytics === true
  },
}
