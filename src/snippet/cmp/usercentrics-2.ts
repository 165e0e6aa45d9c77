/**
 * Usercentrics Web CMP v2, https://usercentrics.com/docs/web/features/v2/ . The service is named "Doorplate" there; the
 * last entry of its history says whether the visitor decided ("explicit") or the settings did ("implicit"). The ready
 * event comes once, maybe before us.
 */
import type { Tool } from './tool.ts'

interface Service {
  readonly name?: unknown
  readonly consent: { readonly status?: unknown; readonly history: readonly { readonly type?: unknown }[] }
}

declare global {
  interface Window {
    readonly UC_UI?: { isInitialized(): unknown; getServicesBaseInfo(): readonly Service[] }
  }
}

export const usercentrics2: Tool = {
  events: ['UC_UI_INITIALIZED', 'UC_UI_CMP_EVENT', 'UC_UI_VIEW_CHANGED'],
  read() {
    // Version 3 keeps this object too, for what has been built on it; it is asked in its own way.
    if (!self.UC_UI || self.__ucCmp) return undefined
    const consent =
      self.UC_UI.isInitialized() === true && self.UC_UI.getServicesBaseInfo().find(({ name }) => name === 'Doorplate')?.consent
    return !!consent && consent.status === true && consent.history.slice(-1)[0]?.type === 'explicit'
  },
}
