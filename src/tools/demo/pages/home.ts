/** The first page: what the company does, for whom, and three ways on. */
import { PRODUCTS } from '../catalogue.ts'
import { drawing, HERO } from '../drawings.ts'
import { html } from '../html.ts'
import type { Page } from '../page.ts'

export const home: Page = {
  path: '/',
  title: 'Know what flows in your plant',
  description: 'Flow meters, vibration sensors and gateways that are fitted without stopping the plant.',
  body: (to) => html`<section class="hero"><div class="wrap hero-row">
  <div>
    <p class="over">Measuring without stopping</p>
    <h1>Know what flows in your plant. Before it stops.</h1>
    <p class="lead">Sensors that clamp on in twenty minutes, a gateway that needs no cloud of ours, and people who have stood in a pump room at night.</p>
    <p class="actions"><a class="button" href="${to('/products')}">See the instruments</a> <a class="button quiet" href="${to('/contact')}">Borrow a test kit</a></p>
  </div>
  <figure class="hero-figure">${HERO}<figcaption>Pump 3, Wellinghafen waterworks, one day</figcaption></figure>
</div></section>
<section class="wrap band" aria-label="In figures"><dl class="figures">
  <div><dt>plants measured</dt><dd>1,140</dd></div>
  <div><dt>median time to fit</dt><dd>22 min</dd></div>
  <div><dt>sensors in service</dt><dd>38,600</dd></div>
  <div><dt>calibrated in-house since</dt><dd>1997</dd></div>
</dl></section>
<section class="wrap section">
  <h2>Three instruments, one answer</h2>
  <ul class="cards">${PRODUCTS.map(
    (product) => html`<li class="card">${drawing(product.drawing)}
    <p class="over">${product.kind}</p><h3><a href="${to(`/products/${product.slug}`)}">${product.name}</a></h3><p>${product.claim}</p></li>`,
  )}</ul>
</section>
<section class="tint"><div class="wrap section quote">
  <blockquote><p>We clamped four meters on during the early shift. By noon we had found the valve that had cost us nine thousand euros a year.</p>
  <footer>Maike Brodersen, head of operations, Wellinghafen waterworks</footer></blockquote>
  <p><a href="${to('/news/wellinghafen-waterworks')}">Read how they found it <span aria-hidden="true">→</span></a></p>
</div></section>`,
}
