/** The range of instruments, and a page with a data sheet for each. */
import { dataSheetName, euro, PRODUCTS, type Product } from '../catalogue.ts'
import { drawing } from '../drawings.ts'
import { html } from '../html.ts'
import type { Page } from '../page.ts'

export const products: Page = {
  path: '/products',
  title: 'Products',
  description: 'Flow F2, Pulse V3 and Harbour G4: instruments that are fitted without stopping the plant.',
  body: (to) => html`<section class="wrap section">
  <p class="over">Products</p><h1>Fitted today, read tonight</h1>
  <p class="lead">Every instrument goes on without cutting, welding or stopping anything, and speaks the protocols your control room knows.</p>
  <ul class="rows">${PRODUCTS.map(
    (product) => html`<li class="row">${drawing(product.drawing)}
    <div><p class="over">${product.kind}</p><h2><a href="${to(`/products/${product.slug}`)}">${product.name}</a></h2><p>${product.claim}</p></div>
    <p class="price">from ${euro(product.price)}</p></li>`,
  )}</ul>
</section>`,
}

export const productPages: readonly Page[] = PRODUCTS.map(productPage)

function productPage(product: Product): Page {
  return {
    path: `/products/${product.slug}`,
    title: product.name,
    description: `${product.kind}: ${product.claim}`,
    body: (to) => html`<section class="wrap section product">
  <div class="product-picture">${drawing(product.drawing)}</div>
  <div>
    <p class="over"><a href="${to('/products')}">Products</a> / ${product.kind}</p>
    <h1>${product.name}</h1>
    <p class="lead">${product.claim}</p>
    <p>${product.story}</p>
    <p class="actions"><a class="button" href="/downloads/${dataSheetName(product)}">Data sheet (PDF)</a> <a class="button quiet" href="${to('/pricing')}">Prices</a></p>
  </div>
</section>
<section class="wrap section split">
  <h2>Technical data</h2>
  <div><table class="facts"><tbody>${product.facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
  <p>${
    product.drawing === 'flow'
      ? html`New to the method? <a href="https://en.wikipedia.org/wiki/Ultrasonic_flow_meter">How ultrasonic flow meters work</a> (Wikipedia).`
      : html`Questions about your machine? <a href="${to('/contact')}">Ask somebody who has fitted one</a>.`
  }</p></div>
</section>`,
  }
}
