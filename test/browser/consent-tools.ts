/**
 * Doubles of the consent tools, each with the names, states and events that its documentation describes (the adapters in
 * src/snippet/cmp name the pages). Every function below runs inside the page, so it may use nothing from here; what the
 * visitor then clicks is `tool.accept()`, `tool.deny()` and so on.
 */

/** What the visitor decided on an earlier page. */
export type Stored = 'yes' | 'no' | null

/** The script of a tool whose visitor has decided so before. */
export const scriptOf = (tool: keyof typeof TOOLS, stored: Stored) => `(function ${TOOLS[tool].toString()})(${JSON.stringify(stored)})`

export const TOOLS = {
  cookiebot(stored: Stored) {
    const state = { hasResponse: false, consent: { necessary: true, statistics: false, method: null as string | null } }
    const decide = (yes: boolean) => {
      state.hasResponse = true
      state.consent = { necessary: true, statistics: yes, method: 'explicit' }
      // On every later page too, accepted or not as stored.
      dispatchEvent(new Event('CookiebotOnConsentReady'))
      dispatchEvent(new Event(yes ? 'CookiebotOnAccept' : 'CookiebotOnDecline'))
    }
    Object.assign(window, { Cookiebot: state, tool: { state, accept: () => decide(true), deny: () => decide(false) } })
    if (stored) setTimeout(() => decide(stored === 'yes'))
  },

  usercentrics2(stored: Stored) {
    let ready = false
    const service = {
      name: 'Doorplate',
      categorySlug: 'marketing',
      consent: { status: false, history: [] as { type: string; status: boolean }[] },
    }
    const decide = (yes: boolean) => {
      // The click is told before the decision is kept; the view changes after it.
      dispatchEvent(new CustomEvent('UC_UI_CMP_EVENT', { detail: { type: yes ? 'ACCEPT_ALL' : 'DENY_ALL' } }))
      service.consent = { status: yes, history: [...service.consent.history, { type: 'explicit', status: yes }] }
      dispatchEvent(new CustomEvent('UC_UI_VIEW_CHANGED', { detail: { view: 'PRIVACY_BUTTON' } }))
    }
    service.consent.history.push({ type: 'implicit', status: false })
    if (stored) service.consent = { status: stored === 'yes', history: [{ type: 'explicit', status: stored === 'yes' }] }
    Object.assign(window, {
      UC_UI: { isInitialized: () => ready, getServicesBaseInfo: () => (ready ? [{ name: 'Essential', consent: {} }, service] : []) },
      tool: { service, accept: () => decide(true), deny: () => decide(false) },
    })
    // Once, and before us when the line stands below.
    const initialise = () => {
      ready = true
      dispatchEvent(new Event('UC_UI_INITIALIZED'))
    }
    initialise()
  },

  usercentrics3(stored: Stored) {
    const consent = { given: stored === 'yes', type: stored ? 'EXPLICIT' : 'IMPLICIT' }
    const services = { abc: { name: 'Doorplate', consent } }
    const decide = (yes: boolean) => {
      Object.assign(consent, { given: yes, type: 'EXPLICIT' })
      dispatchEvent(new CustomEvent('UC_CONSENT', { detail: {} }))
    }
    Object.assign(window, {
      // Kept by version 3 for what was built on version 2.
      UC_UI: { isInitialized: () => true, getServicesBaseInfo: () => [] },
      __ucCmp: { getConsentDetails: async () => ({ consent: { status: 'X' }, services: structuredClone(services) }) },
      tool: { consent, accept: () => decide(true), deny: () => decide(false) },
    })
    dispatchEvent(new Event('UC_UI_INITIALIZED'))
  },

  borlabs2(stored: Stored) {
    let yes = stored === 'yes'
    const decide = (now: boolean) => {
      yes = now
      document.dispatchEvent(new Event('borlabs-cookie-consent-saved', { bubbles: true }))
    }
    Object.assign(window, {
      BorlabsCookie: { checkCookieConsent: (id: string) => id === 'doorplate' && yes },
      tool: { accept: () => decide(true), deny: () => decide(false) },
    })
  },

  borlabs3(stored: Stored) {
    let yes = false
    const decide = (now: boolean) => {
      yes = now
      document.dispatchEvent(new Event('borlabs-cookie-consent-saved'))
    }
    Object.assign(window, {
      BorlabsCookie: { Consents: { hasConsent: (id: string) => id === 'doorplate' && yes } },
      tool: { accept: () => decide(true), deny: () => decide(false) },
    })
    setTimeout(() => {
      yes = stored === 'yes'
      document.dispatchEvent(new Event('borlabs-cookie-after-init'))
    })
  },

  klaro(stored: Stored) {
    const watchers = new Set<{ update(manager: unknown, what: string, how: unknown): void }>()
    const notify = (what: string) => {
      for (const watcher of watchers) watcher.update(manager, what, manager.consents)
    }
    const manager = {
      consents: { doorplate: stored === 'yes' } as Record<string, boolean>,
      confirmed: stored !== null,
      getConsent: (name: string) => manager.consents[name] || false,
      watch: (watcher: typeof watchers extends Set<infer W> ? W : never) => watchers.add(watcher),
      updateConsent(name: string, yes: boolean) {
        manager.consents[name] = yes
        notify('consents')
      },
      saveAndApplyConsents() {
        manager.confirmed = true
        notify('saveConsents')
        notify('applyConsents')
      },
      resetConsents() {
        manager.consents = { doorplate: false }
        manager.confirmed = false
        notify('applyConsents')
        notify('consents')
      },
    }
    const decide = (yes: boolean) => {
      manager.updateConsent('doorplate', yes)
      manager.saveAndApplyConsents()
    }
    Object.assign(window, {
      klaro: { getManager: () => manager },
      tool: { manager, accept: () => decide(true), deny: () => decide(false) },
    })
  },

  cookieyes(stored: Stored) {
    const state = {
      activeLaw: 'gdpr',
      isUserActionCompleted: stored !== null,
      categories: { necessary: true, analytics: stored === 'yes' },
    }
    const decide = (yes: boolean) => {
      const detail = yes ? { accepted: ['necessary', 'analytics'], rejected: [] } : { accepted: ['necessary'], rejected: ['analytics'] }
      document.dispatchEvent(new CustomEvent('cookieyes_consent_update', { detail }))
      Object.assign(state, { isUserActionCompleted: true, categories: { necessary: true, analytics: yes } })
    }
    Object.assign(window, { getCkyConsent: () => state, tool: { state, accept: () => decide(true), deny: () => decide(false) } })
    document.dispatchEvent(new CustomEvent('cookieyes_banner_load', { detail: state }))
  },

  complianz(stored: Stored) {
    let value = stored && (stored === 'yes' ? 'allow' : 'deny')
    const settings = { consenttype: 'optin' }
    const decide = (yes: boolean) => {
      value = yes ? 'allow' : 'deny'
      document.dispatchEvent(new CustomEvent('cmplz_status_change', { detail: { category: 'statistics', value } }))
      document.dispatchEvent(
        new CustomEvent('cmplz_fire_categories', { detail: { categories: yes ? ['functional', 'statistics'] : ['functional'] } }),
      )
      if (!yes) document.dispatchEvent(new CustomEvent('cmplz_revoke', { detail: false }))
    }
    Object.assign(window, {
      complianz: settings,
      // Outside of opt-in regions everything is allowed until somebody objects.
      cmplz_has_consent: (category: string) =>
        category === 'functional' || (value === null ? settings.consenttype !== 'optin' : value === 'allow' && category === 'statistics'),
      tool: { settings, accept: () => decide(true), deny: () => decide(false) },
    })
    document.dispatchEvent(new CustomEvent('cmplz_fire_categories', { detail: { categories: ['functional'] } }))
  },

  tcf(stored: Stored) {
    type Listener = (data: unknown, success: boolean) => void
    const listeners: Listener[] = []
    const data = (eventStatus: string, yes: boolean) => ({
      eventStatus,
      gdprApplies: true,
      tcfPolicyVersion: 5,
      purpose: { consents: yes ? { 1: true, 8: true, 9: true } : {} },
    })
    let now: unknown = stored ? data('tcloaded', stored === 'yes') : data('cmpuishown', false)
    const tell = (what: unknown, success = true) => {
      now = what
      for (const listener of listeners) listener(what, success)
    }
    Object.assign(window, {
      __tcfapi(command: string, version: number, listener: Listener) {
        if (command !== 'addEventListener' || version !== 2) throw new Error('not asked as documented')
        listeners.push(listener)
        listener(now, true)
      },
      tool: { data, tell, accept: () => tell(data('useractioncomplete', true)), deny: () => tell(data('useractioncomplete', false)) },
    })
  },

  consentMode(stored: Stored) {
    const layer: unknown[] = []
    // gtag pushes `arguments`, which a function written with `...` does not have.
    const gtag = new Function('dataLayer', 'return function () { dataLayer.push(arguments) }')(layer) as (...words: unknown[]) => void
    const decide = (yes: boolean) => gtag('consent', 'update', { analytics_storage: yes ? 'granted' : 'denied', ad_storage: 'denied' })
    Object.assign(window, { dataLayer: layer, gtag, tool: { gtag, layer, accept: () => decide(true), deny: () => decide(false) } })
    gtag('consent', 'default', { analytics_storage: 'denied' })
    gtag('js', new Date())
    layer.push({ event: 'gtm.js' }, null, 'text')
    // As gtm.js does when it comes: its own push, which calls the one it found.
    const found = layer.push
    layer.push = (...entries) => found.apply(layer, entries)
    if (stored) decide(stored === 'yes')
  },
} satisfies Record<string, (stored: Stored) => void>
