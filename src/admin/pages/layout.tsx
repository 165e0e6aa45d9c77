import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Language } from '../../privacy/language.ts'
import { LANGUAGES } from '../language.ts'
import { type AnyAt, addressOf, hereWith, NAV, type Nav } from './page.tsx'
import { Words } from './parts/words.tsx'

/**
 * The frame of every page: no inline style or script, nothing from another host, readable without JavaScript.
 * How a page is added, with its texts and forms, stands at the top of page.tsx. What the style offers:
 *
 * - `<h1>` with `.lead` below, sections with `<h2>`; `.head` is a row with the heading left and controls right;
 * - `.sheet` a white card, `.columns` a grid of them, `.figures` a row of large numbers (`<dl>`), `.facts` a list of terms;
 * - a table is `<section class="scroll" tabindex={0} aria-label={title}><table>`, cells with numbers `.number`;
 * - `.field`, `.check`, `.row` (fields beside each other), buttons plain, `.quiet`, `.danger`, a link as button `.button`;
 * - `.notice` (done), `.wrong` (refused), `.warning`, `.hint`, `.muted`, `.tag`, `<Empty>`, `<Careful>` for what cannot be undone;
 * - `.hidden` is for screen readers only; `.no-print` stays off paper.
 */
export function Layout(props: { readonly at: AnyAt; readonly title: string; readonly children: Child }) {
  const { at } = props
  const { t } = at
  return (
    <Html language={at.f.language} title={props.title}>
      <a class="skip" href="#main">
        {t.frame.skip}
      </a>
      <header class="masthead no-print">
        <div class="bar">
          <a class="brand" href={at.to('/')}>
            <Plate /> Doorplate
          </a>
          <SiteSwitch at={at} />
          <div class="end">
            <LanguageSwitch at={at} />
            <form method="post" action="/admin/logout">
              <button class="quiet" type="submit">
                {t.frame.signOut}
              </button>
            </form>
          </div>
        </div>
        <nav aria-label={t.frame.pages}>
          <ul>
            {NAV.map((nav) => (
              <li>
                <a href={at.to(pathOf(nav))} aria-current={nav === at.nav ? 'page' : undefined}>
                  {t.frame.nav[nav]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="main">
        {at.notice === null ? null : (
          <p class="notice" role="status">
            {at.notice}
          </p>
        )}
        {props.children}
      </main>
      <Credits at={at} />
      <Keys at={at} />
    </Html>
  )
}

/** Pages are named after their entry; the first has no name. */
const pathOf = (nav: Nav): string => (nav === 'companies' ? '/' : `/${nav}`)

/** A page without the frame: sign-in, invitation, a notice. */
export function Bare(props: { readonly language: Language; readonly title: string; readonly children: Child }) {
  return (
    <Html language={props.language} title={props.title}>
      <main class="bare">{props.children}</main>
    </Html>
  )
}

function Html(props: { readonly language: Language; readonly title: string; readonly children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={props.language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${props.title} · Doorplate`}</title>
          <link rel="stylesheet" href="/admin.css" />
          {/* Nothing is shown before the last of it is here (HTML, "render-blocking"): a table grows while its rows come. */}
          <link rel="expect" href="#end" blocking="render" />
          <link rel="icon" href="/plate.svg" type="image/svg+xml" />
          <script src="/admin.js" defer></script>
        </head>
        <body>
          {props.children}
          <span id="end" hidden></span>
        </body>
      </html>
    </>
  )
}

/** In the page and not a file: one request less. */
export function Plate() {
  return (
    <svg class="plate" viewBox="0 0 32 32" aria-hidden="true">
      <rect x="2" y="7" width="28" height="18" rx="3" class="plate-body" />
      <rect x="4" y="9" width="24" height="14" rx="2" class="plate-edge" />
      <circle cx="6.6" cy="16" r="1" class="plate-nail" />
      <circle cx="25.4" cy="16" r="1" class="plate-nail" />
      <path d="M10 14h12M10 18h8" class="plate-text" />
    </svg>
  )
}

/** Other sites, on the same page of the dashboard; a company of one site is unknown to the others, so its page is not kept. */
function SiteSwitch({ at }: { readonly at: AnyAt }) {
  const { site, sites } = at
  if (site === null) return null
  if (sites.length < 2) return <span class="site">{site.name}</span>
  return (
    <details class="switch">
      <summary>
        <span class="hidden">{at.t.frame.site}: </span>
        {site.name}
      </summary>
      <ul>
        {sites.map((each) => (
          <li>
            <a href={addressOf(pathOf(at.nav), { site: each.id })} aria-current={each.id === site.id ? 'true' : undefined}>
              {each.name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function LanguageSwitch({ at }: { readonly at: AnyAt }) {
  const other: Language = at.f.language === 'de' ? 'en' : 'de'
  return (
    <a class="quiet" lang={other} hreflang={other} href={hereWith(at, { lang: other })}>
      {LANGUAGES[other]}
    </a>
  )
}

/** Shown by the key ?; whoever has no script has no keys either. */
function Keys({ at: { t } }: { readonly at: AnyAt }) {
  const { keys } = t.frame
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{keys.title}</h2>
      <dl>
        {(['/', 'j', 'k', 'Enter', '?'] as const).map((key) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{keys[key]}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button class="second" type="submit">
          {keys.close}
        </button>
      </form>
    </dialog>
  )
}

/** Credit for the data behind every result, with the links its licences ask for, and the promise in one line. */
function Credits({ at }: { readonly at: AnyAt }) {
  return (
    <footer class="credits">
      <p>
        <Words>{at.t.frame.promise}</Words>
      </p>
      {(at.table?.sources ?? []).map((source) => (
        <p>
          {source.attribution}
          {source.credits.map(({ text, url }) => (
            <>
              {' '}
              · <a href={url}>{text}</a>
            </>
          ))}{' '}
          · {source.licence} · {at.f.day(source.date, 'year')}
        </p>
      ))}
    </footer>
  )
}
