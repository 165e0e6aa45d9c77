/**
 * The snippet's entry: everything that can happen goes to `on`, which never throws.
 */
import { on } from './occasion.ts'

window.doorplate = on

// On the window in the capture phase every event of the document passes, also one that the page stops later.
for (const type of ['pageshow', 'popstate', 'visibilitychange', 'click', 'submit']) addEventListener(type, (event) => on(type, event), true)

// Single-page apps: `pushState` and `replaceState` tell nobody, so they are wrapped. The Navigation API would be
// smaller, but browsers from before 2026 lack it.
for (const type of ['pushState', 'replaceState'] as const) {
  const change = history[type]
  history[type] = (...given) => {
    change.apply(history, given)
    on()
  }
}

on()
