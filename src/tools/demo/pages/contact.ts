/** A form, and the page that thanks for it. What is typed in is thrown away: this company has nobody to read it. */
import { html } from '../html.ts'
import type { Page } from '../page.ts'

export const contact: Page = {
  path: '/contact',
  title: 'Contact',
  description: 'Borrow a test kit, or ask somebody who has fitted one.',
  body: (to) => html`<section class="wrap section contact">
  <div>
    <p class="over">Contact</p><h1>Ask somebody who has fitted one</h1>
    <p class="lead">Tell us what you would like to know about your plant. An engineer answers, usually the same day.</p>
    <address>Pellworth Instruments<br>Am Pegel 4<br>Wellinghafen</address>
    <p class="note">This is a demo: nothing you type here is kept or sent to anyone. Doorplate learns that a form called “contact” was sent, never what was in it.</p>
  </div>
  <form class="form" method="post" action="${to('/contact')}" data-doorplate-form="contact">
    <label>Your name <input name="name" autocomplete="off" required></label>
    <label>E-mail <input name="email" type="email" autocomplete="off" required></label>
    <label>What shall we measure? <textarea name="question" rows="5" required></textarea></label>
    <button class="button">Send</button>
  </form>
</section>`,
}

export const thanks: Page = {
  path: '/contact/thanks',
  title: 'Thank you',
  description: 'Your question has arrived.',
  body: (to) => html`<section class="wrap section slim">
  <p class="over">Contact</p><h1>Thank you. Somebody is reading it already.</h1>
  <p class="lead">At a real company, that is. Here it was thrown away unread.</p>
  <p class="actions"><a class="button" href="${to('/news')}">Read the news meanwhile</a></p>
</section>`,
}
