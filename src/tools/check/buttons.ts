/**
 * The buttons of the consent tools' banners that give or refuse consent to everything. They change; `--accept` and
 * `--refuse` name them where this list does not know them. A selector goes into open shadow roots, where Usercentrics
 * has its banner, and takes what is visible: most tools hide a second layer with buttons of its own behind the first.
 */
export interface Buttons {
  readonly tool: string
  readonly accept: string
  readonly refuse: string
  /**
   * Where the names were seen: in what the tool itself publishes (its package or plugin), in a copy of its banner on a
   * page, or only in scripts of others that press them.
   */
  readonly seen: 'source' | 'banner' | 'others'
}

export const BUTTONS: readonly Buttons[] = [
  {
    tool: 'Cookiebot',
    accept: '#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll, #CybotCookiebotDialogBodyButtonAccept',
    refuse: '#CybotCookiebotDialogBodyButtonDecline, #CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll',
    seen: 'banner',
  },
  {
    tool: 'Usercentrics 2',
    accept: '[data-testid="uc-accept-all-button"]',
    refuse: '[data-testid="uc-deny-all-button"]',
    seen: 'others',
  },
  {
    tool: 'Usercentrics 3',
    accept: '#usercentrics-cmp-ui button#accept, #usercentrics-cmp-ui .uc-accept-button',
    refuse: '#usercentrics-cmp-ui button#deny, #usercentrics-cmp-ui .uc-deny-button',
    seen: 'others',
  },
  { tool: 'Borlabs Cookie 3', accept: '.brlbs-btn-accept-all', refuse: '.brlbs-btn-accept-only-essential', seen: 'others' },
  // The first layer says `data-cookie-accept`, the second `data-cookie-accept-all`; both have the class where the button means all.
  {
    tool: 'Borlabs Cookie 2',
    accept: '#BorlabsCookieBox ._brlbs-btn-accept-all',
    refuse: '#BorlabsCookieBox [data-cookie-refuse]',
    seen: 'source',
  },
  // In the dialog "accept selected" is a success button too, and stands first.
  {
    tool: 'Klaro',
    accept: '.klaro .cm-btn-accept-all, .klaro .cookie-notice .cm-btn-success',
    refuse: '.klaro .cn-decline',
    seen: 'source',
  },
  { tool: 'CookieYes', accept: '.cky-btn-accept', refuse: '.cky-btn-reject', seen: 'banner' },
  { tool: 'Complianz', accept: '.cmplz-btn.cmplz-accept', refuse: '.cmplz-btn.cmplz-deny', seen: 'source' },
]
