/**
 * Asks the page's consent tool, for lines with `data-cmp="auto"`. Every tool is asked by its documented API, never by
 * its cookie or storage. What is unknown, not decided yet, implied or broken is a no; where several tools answer, all
 * must say yes. d.js holds the answer no until this file says otherwise, on every basis, so a file that does not come
 * fails closed.
 *
 * There is no polling: tools are asked again when one of their events passes, and when a script has loaded, because
 * that is how a tool appears on a page.
 */
import { borlabs } from './borlabs.ts'
import { complianz } from './complianz.ts'
import { consentMode } from './consent-mode.ts'
import { cookiebot } from './cookiebot.ts'
import { cookieYes } from './cookieyes.ts'
import { klaro } from './klaro.ts'
import { tcf } from './tcf.ts'
import type { Answer, Tool } from './tool.ts'
import { usercentrics2 } from './usercentrics-2.ts'
import { usercentrics3 } from './usercentrics-3.ts'

const tools: readonly Tool[] = [borlabs, complianz, consentMode, cookiebot, cookieYes, klaro, tcf, usercentrics2, usercentrics3]

const answers: Answer[] = []
const asked: unknown[] = []
let said = false

/** Tells d.js, but not what it knows already. */
const conclude = () => {
  const yes = answers.includes(true) && !answers.includes(false)
  if (yes === said) return
  said = yes
  self.doorplate?.('consent', yes)
}

const ask = () => {
  for (const [tool, { read }] of tools.entries()) {
    try {
      const answer = read(ask)
      asked[tool] = answer
      if (answer instanceof Promise) {
        // A tool that has never answered says no; one that has keeps its word until it says another.
        answers[tool] ??= false
        const settle = (yes: boolean) => {
          if (asked[tool] === answer) {
            answers[tool] = yes
            conclude()
          }
        }
        answer.then(settle, () => settle(false))
      } else answers[tool] = answer
    } catch {
      answers[tool] = false
    }
  }
  conclude()
}

// On the window in the capture phase: some tools dispatch there, others on the document, and not all events bubble.
for (const type of ['DOMContentLoaded', 'load', ...tools.flatMap(({ events }) => events)]) addEventListener(type, ask, true)
// The `load` of a script stays below the document.
document.addEventListener('load', ask, true)
ask()
