import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { type Language, readLanguage } from '../privacy/language.ts'
import type { AdminEnv } from './auth.ts'

/**
 * German or English: what the reader chose, else what the browser asks for.
 *
 * The choice is a cookie of the operator's own pages and no part of an address, so that a copied address shows a
 * colleague the same companies in the colleague's language. Visitors never get it: it is set below /admin alone.
 */
const COOKIE = '__Secure-doorplate-language'
const YEAR = 31_536_000

export function languageOf(c: Context<AdminEnv>): Language {
  return readLanguage(getCookie(c, COOKIE) ?? null, c.req.header('accept-language') ?? null)
}

/** What each calls itself. */
export const LANGUAGES: Readonly<Record<Language, string>> = { de: 'Deutsch', en: 'English' }

/** `?lang=de` on any page keeps the choice and leads back to the page without it; null where nothing was chosen. */
export function chooseLanguage(c: Context<AdminEnv>): Response | null {
  const url = new URL(c.req.url)
  const chosen = url.searchParams.get('lang')
  if (c.req.method !== 'GET' || (chosen !== 'de' && chosen !== 'en')) return null
  setCookie(c, COOKIE, chosen, { path: '/admin', secure: true, httpOnly: true, sameSite: 'Lax', maxAge: YEAR })
  url.searchParams.delete('lang')
  return c.redirect(`${url.pathname}${url.search}`, 303)
}
