/**
 * Cookiebot, https://www.cookiebot.com/en/developer/ . Its accept event comes on every later page too and says nothing
 * of a decision; `hasResponse` does, and `method` whether it was the visitor's or implied.
 */
import type { Tool } from './tool.ts'

declare global {
  interface Window {
    readonly Cookiebot?: {
      readonly hasResponse?: unknown
      readonly consent: { readonly statistics?: unknown; readonly method?: unknown }
    }
  }
}

export const cookiebot: Tool = {
  events: ['CookiebotOnConsentReady', 'CookiebotOnAccept', 'CookiebotOnDecline'],
  read() {
    const tool = self.Cookiebot
    return tool && tool.hasResponse === true && tool.consent.method === 'explicit' && tool.consent.statistics === true
  },
}
