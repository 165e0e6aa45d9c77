/**
 * IAB TCF 2.2 and 2.3, https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework .
 * Doorplate is no vendor of the list, so the visitor's word on the purposes is asked: 1 (access to information on the
 * device), 8 (measuring content) and 9 (understanding audiences). Decided is what `tcloaded` and `useractioncomplete`
 * say; `cmpuishown` says that a question stands on the screen, and where `gdprApplies` is not true nobody was asked.
 */
import type { Answer, Tool } from './tool.ts'

interface TcData {
  readonly eventStatus?: unknown
  readonly gdprApplies?: unknown
  readonly purpose: { readonly consents: Readonly<Record<number, unknown>> }
}

declare global {
  interface Window {
    readonly __tcfapi?: (command: string, version: number, callback: (data: TcData, success: boolean) => void) => void
  }
}

let listening = false
let consents: Answer

export const tcf: Tool = {
  events: [],
  read(again) {
    if (self.__tcfapi && !listening) {
      listening = true
      consents = false
      self.__tcfapi('addEventListener', 2, (data, success) => {
        try {
          if (success && data.eventStatus !== 'cmpuishown') {
            consents =
              data.gdprApplies === true &&
              (data.eventStatus === 'tcloaded' || data.eventStatus === 'useractioncomplete') &&
              [1, 8, 9].every((purpose) => data.purpose.consents[purpose] === true)
          }
        } catch {
          consents = false
        }
        again()
      })
    }
    return consents
  },
}
