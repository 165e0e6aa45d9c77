/**
 * Usercentrics Web CMP v3, https://usercentrics.com/docs/web/ : `__ucCmp.getConsentDetails()`. The service is named
 * "Doorplate" there; consent that is not EXPLICIT was never given by a visitor.
 */
import type { Tool } from './tool.ts'

interface Details {
  readonly services: Readonly<
    Record<string, { readonly name?: unknown; readonly consent?: { readonly given?: unknown; readonly type?: unknown } }>
  >
}

declare global {
  interface Window {
    readonly __ucCmp?: { getConsentDetails(): Promise<Details> }
  }
}

/** Async, so that the answer is a promise of this browser whatever the tool's is. */
const given = async (api: NonNullable<Window['__ucCmp']>) => {
  const { services } = await api.getConsentDetails()
  return Object.values(services).some(({ name, consent }) => name === 'Doorplate' && consent?.given === true && consent.type === 'EXPLICIT')
}

export const usercentrics3: Tool = {
  events: ['UC_UI_INITIALIZED', 'UC_CONSENT', 'UC_UI_CMP_EVENT'],
  read: () => self.__ucCmp && given(self.__ucCmp),
}
