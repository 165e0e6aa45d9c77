/** A page that does not exist, in the website's own clothes. */
import { html } from '../html.ts'
import type { Page } from '../page.ts'

export function notFound(path: string): Page {
  return {
    path,
    title: 'Not here',
    description: 'This page does not exist.',
    body: (to) => html`<section class="wrap section slim">
  <p class="over">404</p><h1>Nothing flows through this pipe</h1>
  <p class="lead">The page you asked for does not exist.</p>
  <p class="actions"><a class="button" href="${to('/')}">To the start</a></p>
</section>`,
  }
}
