/** Three packages and the questions that come before an order. */
import { html } from '../html.ts'
import type { Page } from '../page.ts'

const PACKAGES = [
  {
    name: 'Test kit',
    price: '€\u00a00',
    per: 'for four weeks',
    gets: ['One F2 or four V3', 'Fitted by you, phone beside you', 'Your readings as CSV'],
    best: false,
  },
  {
    name: 'Pump room',
    price: '€\u00a04\u202f900',
    per: 'once',
    gets: ['Two F2, eight V3, one G4', 'Fitted in one day by us', 'First calibration included'],
    best: true,
  },
  {
    name: 'Plant',
    price: 'from €\u00a028\u202f000',
    per: 'once',
    gets: ['Survey of the whole plant', 'OPC UA into your control system', 'Service within 24 hours for 3 years'],
    best: false,
  },
] as const

const QUESTIONS = [
  [
    'faq-subscription',
    'Is there a subscription?',
    'No. The instruments and their readings are yours; calibration every two years is the only thing that comes back.',
  ],
  ['faq-minimum-order', 'Is there a minimum order?', 'One sensor. We would rather have you measure than plan.'],
  ['faq-calibration', 'Who calibrates?', 'Our own laboratory, traceable to national standards, with five days door to door.'],
] as const

export const pricing: Page = {
  path: '/pricing',
  title: 'Pricing',
  description: 'A free test kit, a pump room for a fixed price, or the whole plant.',
  body: (to) => html`<section class="wrap section">
  <p class="over">Pricing</p><h1>Prices you can read aloud</h1>
  <p class="lead">No tiers to compare, no subscription, no licence per reading.</p>
  <ul class="cards packages">${PACKAGES.map(
    (offer) => html`<li class="${offer.best ? 'card best' : 'card'}">
    <h2>${offer.name}</h2><p class="sum"><strong>${offer.price}</strong> <span>${offer.per}</span></p>
    <ul class="ticks">${offer.gets.map((what) => html`<li>${what}</li>`)}</ul>
    <a class="${offer.best ? 'button' : 'button quiet'}" href="${to('/contact')}">Ask for ${offer.name}</a></li>`,
  )}</ul>
</section>
<section class="wrap section split">
  <h2>Asked before every order</h2>
  <div>${QUESTIONS.map(
    ([name, question, answer]) =>
      html`<details class="question"><summary data-doorplate-event="${name}">${question}</summary><p>${answer}</p></details>`,
  )}</div>
</section>`,
}
