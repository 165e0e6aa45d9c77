import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Site } from '../../ledger/site.ts'
import type { TableSource } from '../../ranges/pointer.ts'

/** The frame of every page: no inline style or script, nothing from another host, readable without JavaScript. */
export function Layout(props: { readonly title: string; readonly children: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="color-scheme" content="light dark" />
          <title>{`${props.title} · Doorplate`}</title>
          <link rel="stylesheet" href="/admin.css" />
          <link rel="icon" href="/plate.svg" type="image/svg+xml" />
        </head>
        <body>{props.children}</body>
      </html>
    </>
  )
}

export function Masthead(props: { readonly site: Site; readonly sites: readonly Site[] }) {
  return (
    <header class="masthead">
      <a class="brand" href={`/admin?site=${props.site.id}`}>
        <img src="/plate.svg" alt="" width="22" height="22" /> Doorplate
      </a>
      <nav aria-label="Sites">
        {props.sites.map((site) => (
          <a href={`/admin?site=${site.id}`} aria-current={site.id === props.site.id ? 'page' : undefined}>
            {site.name}
          </a>
        ))}
      </nav>
      <form method="post" action="/admin/logout">
        <button class="quiet" type="submit">
          Sign out
        </button>
      </form>
    </header>
  )
}

/** Credit for the data behind every result, with the links its licences ask for, and the promise in one line. */
export function Credits(props: { readonly sources: readonly TableSource[] }) {
  return (
    <footer class="credits">
      <p>
        Companies, never persons: hourly counters of organisations and anonymous daily counts. Colleagues of one company merge; where only
        one person came, the rows describe that person’s walk.
      </p>
      {props.sources.map((source) => (
        <p>
          {source.attribution}
          {source.credits.map(({ text, url }) => (
            <>
              {' '}
              · <a href={url}>{text}</a>
            </>
          ))}{' '}
          · {source.licence} · {source.date}
        </p>
      ))}
    </footer>
  )
}
