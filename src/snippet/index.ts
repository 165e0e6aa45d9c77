/**
 * The snippet's entry: what was said before this file came, then everything that can happen goes to `on`, which never
 * throws. The build puts the whole file into one `try`: so a second copy of it on the page ends at the first line,
 * because the command of the first has no `q`, and counts nothing twice.
 */
// biome-ignore-all lint/suspicious/useIterableCallbackReturn: bytes
import { ask } from './gate.ts'
import { on } from './occasion.ts'

// Consent and opt-out are taken in their order, and nothing is sent before the last of them. Events are dropped.
self.doorplate?.q.map((words) => ask(...words))
self.doorplate = on as never

// On the window in the capture phase every event of the document passes, also one that the page stops later.
;['visibilitychange', 'pageshow', 'popstate', 'click', 'submit'].map((type) => addEventListener(type, on, true))

// Single-page apps: `pushState` and `replaceState` tell nobody, so they are wrapped. The Navigation API would be
// smaller, but browsers from before 2026 lack it.
;(['pushState', 'replaceState'] as const).map((type) => {
  const change = history[type]
  history[type] = (...given) => on(change.call(history, ...given))
})

on()
