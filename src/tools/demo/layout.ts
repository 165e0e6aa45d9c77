/**
 * The frame around every page of the invented company: bar, header, footer and the one line that is Doorplate's.
 */
import { demoBar } from './bar.ts'
import { type Html, html } from './html.ts'
import { COMPANY, type Page, type To } from './page.ts'
import { keepPersona, type Persona } from './personas.ts'

/** The line an operator copies into the head of a site on `legitimate-interest`. */
export const SNIPPET_LINE = '<script defer src="/d.js" data-basis="legitimate-interest"></script>'

const NAVIGATION = [
  ['/products', 'Products'],
  ['/pricing', 'Pricing'],
  ['/news', 'News'],
  ['/careers', 'Careers'],
] as const

export interface Frame {
  readonly persona: Persona
  /** Address of the Worker's /admin. */
  readonly admin: string
}

export function document(page: Page, { persona, admin }: Frame): string {
  const to: To = (path) => keepPersona(path, persona)
  const title = page.path === '/' ? `${COMPANY} – ${page.title}` : `${page.title} – ${COMPANY}`
  // A browser with GPC has the property before any script of the page runs, so this one is not deferred.
  const gpc = persona.gpc ? '\n<script src="/demo/gpc.js"></script>' : ''
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${html`<title>${title}</title>
<meta name="description" content="${page.description}">`}
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site.css">${gpc}
${SNIPPET_LINE}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${demoBar(page.path, persona, admin)}
${header(page.path, to)}
<main id="content">
${page.body(to)}
</main>
${footer(to)}
</body>
</html>
`
}

function header(path: string, to: To): Html {
  return html`<header class="head">
  <div class="wrap head-row">
    <a class="brand" href="${to('/')}"><svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="14"/><path d="M6 17c3 0 3-7 5-7s3 13 5 13 3-9 5-9 2 3 5 3"/></svg><span>Pellworth</span></a>
    <nav aria-label="Main">${NAVIGATION.map(([href, label]) =>
      path === href || path.startsWith(`${href}/`)
        ? html`<a href="${to(href)}" aria-current="page">${label}</a>`
        : html`<a href="${to(href)}">${label}</a>`,
    )}<a class="nav-cta" href="${to('/contact')}">Talk to us</a></nav>
  </div>
</header>`
}

function footer(to: To): Html {
  return html`<footer class="foot">
  <div class="wrap foot-row">
    <div><strong>${COMPANY}</strong><p>Am Pegel 4, Wellinghafen<br>An invented company. Its website shows Doorplate at work.</p></div>
    <ul>
      <li><a href="${to('/products')}">Products</a></li>
      <li><a href="${to('/news')}">News</a></li>
      <li><a href="${to('/careers')}">Careers</a></li>
      <li><a href="${to('/contact')}">Contact</a></li>
    </ul>
    <ul>
      <li><a href="${to('/privacy')}">Privacy</a></li>
      <li><a href="${to('/privacy#opt-out')}">Opt out of being counted</a></li>
      <li><a href="https://globalprivacycontrol.org/" rel="noopener">What is GPC?</a></li>
    </ul>
  </div>
</footer>`
}
