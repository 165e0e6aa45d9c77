/**
 * The generated texts as a page one can look at, print, or take a section from. Only what the texts use of Markdown:
 * headings, paragraphs, lists, quotations, tables, a rule; bold, code and bare addresses inside. Everything is escaped
 * first, so a site's name is text whatever it holds.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../privacy/language.ts'

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

/** The blocks of a text as HTML. */
export function htmlOf(markdown: string): string {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map((text) => block(text.split('\n')))
    .join('\n')
}

function block(lines: readonly string[]): string {
  const [first = ''] = lines
  const heading = /^(#{1,6}) (.+)$/.exec(first)
  if (heading !== null) return element(`h${heading[1]?.length}`, inline(heading[2] ?? ''))
  if (first === '---') return '<hr>'
  if (lines.every((line) => line.startsWith('- ')))
    return element('ul', lines.map((line) => element('li', inline(line.slice(2)))).join('\n'))
  if (lines.every((line) => line.startsWith('>')))
    return element('blockquote', element('p', inline(lines.map((line) => line.replace(/^> ?/, '')).join('\n'))))
  if (/^\|(?:-+\|)+$/.test(lines[1] ?? '')) return tableOf(first, lines.slice(2))
  return element('p', inline(lines.join('\n')))
}

/** Wide ones scroll by themselves, by keyboard too, and leave the page where it is. */
function tableOf(head: string, rows: readonly string[]): string {
  const cells = (line: string, name: string): string =>
    line
      .slice(2, -2)
      .split(/(?<!\\) \| /)
      .map((cell) => element(name, inline(cell.replaceAll('\\|', '|'))))
      .join('')
  const body = rows.map((row) => element('tr', cells(row, 'td'))).join('\n')
  return `<div class="table" tabindex="0"><table>
<thead>${element('tr', cells(head, 'th scope="col"'))}</thead>
<tbody>
${body}
</tbody>
</table></div>`
}

/** @param opening the element's name, attributes of it after a space. */
const element = (opening: string, content: string): string => `<${opening}>${content}</${opening.split(' ')[0]}>`

/** Code first, because nothing inside it means anything. */
function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? element('code', escaped(part.slice(1, -1))) : words(part)))
    .join('')
}

function words(text: string): string {
  return escaped(text)
    .replace(/\*\*(.+?)\*\*/gs, '<strong>$1</strong>')
    .replace(/https?:\/\/[^\s<>()&;]*[^\s<>()&;.,:!?]/g, '<a href="$&">$&</a>')
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
