/** What a page of the demo website is, and what it may know: the way to other pages, nothing of the visitor. */
import type { Html } from './html.ts'

/** Turns a path of this website into a link that keeps the visitor's choice of persona. */
export type To = (path: string) => string

export interface Page {
  readonly path: string
  readonly title: string
  readonly description: string
  body(to: To): Html
}

/** The invented company. */
export const COMPANY = 'Pellworth Instruments'
