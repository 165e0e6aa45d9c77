/**
 * The slim bar above every page of the demo: who one visits as, what will come of it, and the way to the admin.
 *
 * It is the only part of the page that a real website would not have, and says so.
 */
import { type Html, html } from './html.ts'
import { DEFAULT_PERSONA, PERSONAS, type Persona } from './personas.ts'

/** @param path of the page shown, so that another persona sees the same page. @param admin address of /admin on the Worker. */
export function demoBar(path: string, current: Persona, admin: string): Html {
  return html`<aside class="demo" aria-label="Demo controls">
  <div class="demo-row">
    <span class="demo-mark">Demo</span>
    <span class="demo-ask" id="demo-ask">Visit as</span>
    <ul class="demo-who" aria-labelledby="demo-ask">${PERSONAS.map((persona) => choice(path, persona, persona === current))}</ul>
    <a class="demo-admin" href="${admin}">Open the admin <span aria-hidden="true">→</span></a>
  </div>
  <details class="demo-more">
    <summary><span class="demo-outcome">${current.outcome}</span> <span class="demo-how">How this works</span></summary>
    <p>Pretended: this demo server plays the part of Cloudflare. It passes what your browser sends on to the Worker and
      says that it came from ${current.address}${current.gpc ? ', with the header Sec-GPC: 1 that such a browser sends' : ''}. Your
      choice stands in the address bar of this page and is stored nowhere.</p>
    <p>Real: the one-line snippet in this page, the Worker that receives its events, the table of networks it looks them up
      in, and everything you see in the admin. The Worker does not know that this is a demo.</p>
  </details>
</aside>`
}

// noreferrer: another visitor arrives, who did not come from the page the last one was on.
function choice(path: string, persona: Persona, chosen: boolean): Html {
  const href = persona === DEFAULT_PERSONA ? path : `${path}?as=${persona.id}`
  return chosen
    ? html`<li><a href="${href}" rel="noreferrer" aria-current="true">${persona.label}</a></li>`
    : html`<li><a href="${href}" rel="noreferrer">${persona.label}</a></li>`
}
