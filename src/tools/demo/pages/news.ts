/** Two articles and their list. */
import { type Html, html } from '../html.ts'
import type { Page, To } from '../page.ts'

interface Article {
  readonly slug: string
  readonly title: string
  readonly day: string
  readonly teaser: string
  readonly text: (to: To) => Html
}

const ARTICLES: readonly Article[] = [
  {
    slug: 'wellinghafen-waterworks',
    title: 'The valve that cost nine thousand euros a year',
    day: '4 November 2026',
    teaser: 'Four clamp-on meters, one early shift, and a surprise behind pump 3.',
    text: (
      to,
    ) => html`<p class="lead">Wellinghafen pumps 11,000 cubic metres a day. On paper. Since spring the bill for electricity had said something else.</p>
<p>On a Tuesday at six, Maike Brodersen’s team strapped four <a href="${to('/products/flow-f2')}">Flow F2</a> to the pipes behind the pumps. Nothing was cut, nothing stopped. At nine the first curve lay on the table: at night, when the town sleeps, pump 3 still moved six cubic metres an hour. In a circle.</p>
<h2>A check valve that no longer checked</h2>
<p>A quarter of what pump 3 lifted ran back through a valve that stood open by two millimetres. The part cost 140 euros. The electricity it had wasted, nine thousand a year.</p>
<p>“We had suspected the meters, the tariff, even the town,” says Brodersen. “Nobody had suspected the valve, because nobody could see it.”</p>
<p>The four meters stayed. A <a href="${to('/products/harbour-g4')}">Harbour G4</a> now takes their readings to the control room, and somebody looks at the night hours every morning.</p>`,
  },
  {
    slug: 'pulse-v3-in-stock',
    title: 'Pulse V3 is in stock',
    day: '12 October 2026',
    teaser: 'Third generation, half the size, five years on one battery.',
    text: (to) => html`<p class="lead">The third generation of our vibration sensor leaves the workshop this week.</p>
<p><a href="${to('/products/pulse-v3')}">Pulse V3</a> is half the size of its predecessor and computes the spectrum on board, so the radio is on for less than a second an hour. The battery lasts five years; changing it takes a coin and a minute.</p>
<p>Customers who use V2 can mix both on one gateway. Prices stay <a href="${to('/pricing')}">where they were</a>.</p>`,
  },
]

export const news: Page = {
  path: '/news',
  title: 'News',
  description: 'What happens at Pellworth and in the plants we measure.',
  body: (to) => html`<section class="wrap section slim">
  <p class="over">News</p><h1>From the workshop and the pump room</h1>
  <ul class="posts">${ARTICLES.map(
    (article) =>
      html`<li><p class="over">${article.day}</p><h2><a href="${to(`/news/${article.slug}`)}">${article.title}</a></h2><p>${article.teaser}</p></li>`,
  )}</ul>
</section>`,
}

export const articles: readonly Page[] = ARTICLES.map((article) => ({
  path: `/news/${article.slug}`,
  title: article.title,
  description: article.teaser,
  body: (to) => html`<article class="wrap section slim prose">
  <p class="over"><a href="${to('/news')}">News</a> / ${article.day}</p><h1>${article.title}</h1>
  ${article.text(to)}
</article>`,
}))
