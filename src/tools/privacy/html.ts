/** The generated texts as a page one can look at, print, or take a section from. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../privacy/language.ts'
import { escaped, htmlOf } from '../../privacy/markdown.ts'

const STYLES = join(import.meta.dirname, '../../collect/assets/visitor.css')

/** What the visitor's pages do not need. */
const MORE_STYLES = `h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 0.5rem; }
blockquote { margin: 1rem 0; padding: 0.8rem 1rem; border-left: 4px solid var(--brass); border-radius: 0 8px 8px 0; background: var(--brass-soft); }
blockquote p { margin: 0; }
main { overflow-wrap: break-word; }
li { margin: 0.25rem 0; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0 1rem; }
code { font-size: 0.9em; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.8rem 0.45rem 0; border-bottom: 1px solid var(--line); min-width: 6rem; overflow-wrap: anywhere; }
`

/** A whole document that loads nothing from anywhere. */
export function htmlDocument(markdown: string, language: Language): string {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? 'Doorplate'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
${readFileSync(STYLES, 'utf8')}${MORE_STYLES}</style>
</head>
<body>
<main>
${htmlOf(markdown)}
</main>
</body>
</html>
`
}
