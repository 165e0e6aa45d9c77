/**
 * Klaro, https://klaro.org/docs/api/js_api . The service's name is `doorplate`. `getConsent` says the configured
 * default until the visitor has `confirmed`, and a switch that is moved changes it before it is saved: so it is asked
 * only when something has been saved or applied.
 */
import type { Answer, Tool } from './tool.ts'

interface Manager {
  readonly confirmed?: unknown
  getConsent(service: string): unknown
  watch(watcher: { update(manager: Manager, what: string): void }): void
}

declare global {
  interface Window {
    readonly klaro?: { getManager(): Manager }
  }
}

let watched: Manager | undefined
let consents: Answer

export const klaro: Tool = {
  events: [],
  read(again) {
    const manager = self.klaro?.getManager()
    if (manager && manager !== watched) {
      const look = () => {
        consents = manager.confirmed === true && manager.getConsent('doorplate') === true
      }
      look()
      manager.watch({
        update(_, what) {
          if (what !== 'consents' || manager.confirmed !== true) {
            look()
            again()
          }
        },
      })
      watched = manager
    }
    return consents
  },
}
