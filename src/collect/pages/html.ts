import type { Language } from '../../privacy/language.ts'
import { VISITOR_TEXTS } from '../../privacy/texts/visitor.ts'

/**
 * The frame of the visitor's own pages. Plain strings: two pages do not need a framework, and the public surface stays
 * small enough to be read in one sitting. Everything that is not a literal goes through `html`, which escapes it.
 */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Piece = string | number | Markup | readonly Markup[] | null

/** Escapes every value that is not markup itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(strings.reduce((text, string, at) => text + string + (at < values.length ? render(values[at] ?? null) : ''), ''))
}

function render(piece: Piece): string {
  if (piece === null) return ''
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'object') return piece.map((each) => each.text).join('')
  return String(piece).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  Vary: 'Accept-Language',
} as const

export function page(
  options: {
    readonly language: Language
    readonly path: string
    readonly title: string
    readonly status?: number
    readonly headers?: Record<string, string>
  },
  body: Markup,
): Response {
  const t = VISITOR_TEXTS[options.language]
  const other = options.language === 'de' ? 'en' : 'de'
  const document = html`<!doctype html>
<html lang="${options.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title}</title>
<link rel="stylesheet" href="/visitor.css">
<link rel="icon" href="/plate.svg" type="image/svg+xml">
</head>
<body>
<header><span><img src="/plate.svg" alt="" width="22" height="22"> Doorplate</span> <a href="${options.path}?lang=${other}" lang="${other}" hreflang="${other}">${t.otherLanguage}</a></header>
<main>
<h1>${options.title}</h1>
${body}
</main>
</body>
</html>
`
  return new Response(document.text, { status: options.status ?? 200, headers: { ...HEADERS, Tk: 'N', ...options.headers } })
}
