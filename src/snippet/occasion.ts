// biome-ignore-all lint/suspicious/noDoubleEquals: see gate.ts
// biome-ignore-all lint/style/useTemplate: a plus is shorter
/**
 * Everything that can happen: a command of the page, an event of the browser, a change of route. Each time the gate
 * is asked, then the page in sight is compared with the one counted last, then activity is looked at. Whatever is
 * missing or broken in this browser, the site never sees an exception of ours.
 *
 * A view waits until the page is visible: so a prerendered page counts once it is shown, a prefetched one never, a tab
 * in the background when it is opened. A leave is sent when the page first goes out of sight, so the time between the
 * two is the visible time. Going to another page hides this one too (HTML, "unload a document"), so `visibilitychange`
 * is enough; only Safari before 14.1 forgets it, and there the seconds are missing. What comes after a return to the
 * tab is not added: one leave per page is the price of never telling one tab from another.
 */
import { ask } from './gate.ts'
import { line } from './line.ts'
import { send } from './send.ts'

/** The wire's keys of a view; its leave repeats them and adds `d`. */
export type Page = Record<string, unknown>

/** May be revoked in the middle of an occasion: a click on the opt-out link holds for the rest of that click. */
export let allowed: boolean
export let path: string
/** The view whose leave is still to come. */
export let page: Page | false | undefined
/** Path of the last view, so that the same page is not counted twice. */
let counted: string | undefined
let since: Date
let shown: boolean

/** A URL in everything that is read here, and it stringifies to its href. */
const here = location as unknown as URL

/**
 * `doorplate(command, value)` of the page, or an event of the browser, or nothing: look again.
 */
// biome-ignore lint/suspicious/noExplicitAny: what a page passes is anything; what is missing ends in the catch
export const on = (what?: any, value?: any): void => {
  try {
    allowed = ask(what, value)
    // `pageshow` of a page out of the back/forward cache: a new view, as if it had been loaded again.
    if (what?.persisted) counted = undefined

    // Without query and fragment. With `data-hash` a route in the fragment is resolved like a link.
    path = new URL(here.hash.split(line.dataset.hash as string)[1] || '', here).pathname.slice(0, 512)
    shown = allowed && !document.hidden
    if (!shown || path != counted) {
      if (page) page.d = Math.min(3600, (((new Date() as never) - (since as never)) / 1000) | 0)
      send('leave', page)
      // After an objection there is no page any more, so nothing of it is sent later.
      // biome-ignore lint/suspicious/noAssignInExpressions: bytes
      if ((page = shown && { p: path, f: counted })) {
        since = new Date()
        if (!counted) {
          // Read when the document's first view may be sent, not before.
          const from = (document.referrer && new URL(document.referrer)) as URL
          if (from.host != here.host) page.r = from.host
          else page.f = from.pathname.slice(0, 512)
          for (const word of ['source', 'medium', 'campaign'])
            page['u' + word[0]] = new URL(here).searchParams.get('utm_' + word)?.slice(-64)
        }
        counted = path
        send('view', page)
      }
    }
    if (what == 'event') send(what, value)
    // The form's name, never a field's value: where a field is called "id", `id` is that field and `send` fails on it.
    if (what.type == 'submit') send('form', what.target.dataset.doorplateForm || what.target.id)
    if (what.type == 'click')
      // biome-ignore lint/suspicious/useIterableCallbackReturn: bytes
      what.composedPath().map((node: HTMLAnchorElement) => {
        send('event', node.dataset?.doorplateEvent)
        // Only a link has one, and an area of an image map.
        if (node.href) {
          const file = /[^/]*\.(docx?|pdf|zip|gz|csv|xlsx?|pptx?|mp[34])$/i.exec(node.pathname)
          // `#doorplate-opt-out` is the command of that name.
          on(node.hash.split('#doorplate-')[1])
          if (file) send('download', file[0])
          else if (node.host != here.host) send('outbound', node.host)
        }
      })
  } catch {}
}
