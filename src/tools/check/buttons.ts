/**
 * The buttons of the consent tools' banners, as the tools themselves name them today. They change; `--accept` and
 * `--refuse` name them where this list does not know them.
 */
export interface Buttons {
  readonly tool: string
  readonly accept: string
  readonly refuse: string
}

export const BUTTONS: readonly Buttons[] = [
  { tool: 'Cookiebot', accept: '#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll', refuse: '#CybotCookiebotDialogBodyButtonDecline' },
  { tool: 'Usercentrics 2', accept: '[data-testid="uc-accept-all-button"]', refuse: '[data-testid="uc-deny-all-button"]' },
  { tool: 'Usercentrics 3', accept: '#usercentrics-cmp-ui button#accept', refuse: '#usercentrics-cmp-ui button#deny' },
  { tool: 'Borlabs Cookie 3', accept: '.brlbs-btn-accept-all', refuse: '.brlbs-btn-accept-only-essential' },
  { tool: 'Borlabs Cookie 2', accept: '#BorlabsCookieBox [data-cookie-accept-all]', refuse: '#BorlabsCookieBox [data-cookie-refuse]' },
  { tool: 'Klaro', accept: '.klaro .cm-btn-success', refuse: '.klaro .cn-decline' },
  { tool: 'CookieYes', accept: '.cky-btn-accept', refuse: '.cky-btn-reject' },
  { tool: 'Complianz', accept: '.cmplz-btn.cmplz-accept', refuse: '.cmplz-btn.cmplz-deny' },
]
