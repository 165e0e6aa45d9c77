/**
 * Google Consent Mode: `gtag('consent', 'update', { analytics_storage })`. It has no public getter, so the commands
 * themselves are followed, those before us and those to come. A `default` is nobody's decision and does not count.
 */
import type { Answer, Tool } from './tool.ts'

declare global {
  interface Window {
    readonly dataLayer?: unknown
  }
}

/** gtag pushes its `arguments`: an object with 0, 1 and 2. */
interface Command {
  readonly 0: unknown
  readonly 1: unknown
  readonly 2: { readonly analytics_storage?: unknown }
}

let layer: unknown
let granted: Answer

const take = (commands: readonly unknown[]) => {
  for (const command of commands) {
    try {
      const { 0: what, 1: how, 2: states } = command as Command
      const storage = states.analytics_storage
      if (what === 'consent' && how === 'update' && storage !== undefined) granted = storage === 'granted'
    } catch {
      // Any page may push anything.
    }
  }
}

export const consentMode: Tool = {
  events: [],
  read(again) {
    const { dataLayer } = self
    if (Array.isArray(dataLayer) && dataLayer !== layer) {
      layer = dataLayer
      take(dataLayer)
      const { push } = dataLayer
      dataLayer.push = (...commands) => {
        const length = push.apply(dataLayer, commands)
        take(commands)
        again()
        return length
      }
    }
    return granted
  },
}
