/**
 * The site's own privacy page: what an operator tells visitors about Doorplate, and the switch to object.
 *
 * The link `#doorplate-opt-out` is the snippet's own; the way back and the sentence that says which way it stands are
 * this page's (`/demo/choice.js`).
 */
import { html } from '../html.ts'
import type { Page } from '../page.ts'

export const privacy: Page = {
  path: '/privacy',
  title: 'Privacy',
  description: 'Which companies visit this website, and how to object.',
  body: () => html`<section class="wrap section slim prose">
  <p class="over">Privacy</p><h1>We see which companies visit, not who you are</h1>
  <p class="lead">This website uses Doorplate. It notices that somebody in the network of a larger organisation opened a page, and adds one to a counter that belongs to that organisation.</p>
  <h2>What happens to your address</h2>
  <p>Your browser tells Doorplate which page you opened. The network address it comes from is looked up in a table of organisations that run networks of their own, inside that one request, and forgotten with it. It is not stored, not even shortened or encrypted.</p>
  <h2>What is kept</h2>
  <p>For an organisation on the list: which pages were opened in which hour, how often, and which page led to which. If only one person of it came in that hour, these rows describe that person’s walk. They are deleted after 90 days. Everybody else, home and mobile connections among them, only adds to daily counts that name nobody. On some pages, this one among them, an address is never looked up.</p>
  <h2>What is not done</h2>
  <p>No cookie, no fingerprint, no identifier, no comparison with other websites, nobody else is told.</p>
  <h2 id="opt-out">Your objection</h2>
  <p>A browser that sends Global Privacy Control or Do Not Track has objected already: nothing is looked up, counted or noted. Or object here; the wish is remembered in this browser, and it is the only thing Doorplate ever puts there.</p>
  <p class="actions"><a class="button" id="object" href="#doorplate-opt-out">Do not count my visits</a> <button class="button quiet" id="return" type="button" hidden>Count my visits again</button></p>
  <p class="note" id="standing" role="status"></p>
  <script src="/demo/choice.js" defer></script>
</section>`,
}
