/**
 * The generated texts as HTML: only what they use of Markdown. Headings, paragraphs, lists, quotations, tables, a rule;
 * bold, code and bare addresses inside. Everything is escaped first, so a site's name is text whatever it holds.
 */

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

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
