/**
 * Open positions. A sensitive path: whoever looks for another job must not be named as "somebody of company X",
 * so Doorplate only counts a visit here, without looking at where it comes from.
 */
import { html } from '../html.ts'
import type { Page } from '../page.ts'

const POSITIONS = [
  ['Calibration engineer', 'Wellinghafen, full or part time', 'You know why the second decimal matters and can explain it to a plumber.'],
  ['Embedded developer, C and Rust', 'Wellinghafen or from home', 'Five years on one battery is a software problem. It is yours.'],
  ['Field technician', 'North, with a van', 'You fit what others built, and tell them what they should have built.'],
] as const

export const careers: Page = {
  path: '/careers',
  title: 'Careers',
  description: 'Work on instruments that people trust.',
  body: (to) => html`<section class="wrap section slim">
  <p class="over">Careers</p><h1>Sixty people, one workshop, no open-plan office</h1>
  <p class="lead">We build, calibrate and fit our instruments ourselves. These three chairs are empty.</p>
  <ul class="posts">${POSITIONS.map(([title, where, what]) => html`<li><p class="over">${where}</p><h2>${title}</h2><p>${what}</p></li>`)}</ul>
  <p><a class="button" href="${to('/contact')}">Write to us</a></p>
  <p class="note">Who reads this page is nobody’s business: visits to it are counted, and never looked up.</p>
</section>`,
}
