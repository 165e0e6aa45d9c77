import { html, raw } from 'hono/html'
import type { Fragment as HonoFragment, JSX as HonoJSX } from 'hono/jsx/jsx-runtime'

/**
 * JSX that becomes text at once. The types are Hono's and so is the escaping (its `html` template); what is not here are
 * contexts, suspense and elements for a browser, a third of the size of the dashboard. A test compares the two.
 *
 * Every text and every attribute's value is escaped; only what `html`, `raw` or an element made is taken as it is.
 */
export type { HonoJSX as JSX }

type Element = HonoJSX.Element
type Properties = Readonly<Record<string, unknown>>

/** Elements without an end tag, https://html.spec.whatwg.org/#void-elements . */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'])

export function jsx(tag: string | ((properties: Properties) => Element), properties: Properties): Element {
  if (typeof tag === 'function') return tag(properties)
  const { children, ...attributes } = properties
  const head = [raw(`<${tag}`), ...Object.entries(attributes).map(attribute)]
  return VOID.has(tag) ? html`${head}/>` : html`${head}>${children}${raw(`</${tag}>`)}`
}

/** Names are ours, values anybody's; `true` is an attribute without a value, nothing and `false` are none. */
function attribute([name, value]: readonly [string, unknown]): Element | '' {
  if (value === undefined || value === null || value === false) return ''
  return value === true ? raw(` ${name}=""`) : html`${raw(` ${name}="`)}${String(value)}"`
}

export const jsxs = jsx
export const Fragment = (({ children }: Properties) => html`${children}`) as typeof HonoFragment
