/**
 * The forms of a page of the admin, read from its HTML and filled in as somebody would who tries them all. A form that is
 * added is sent the same day; one that takes more than words that fit finds its value in {@link VALUES}.
 */
export interface PageForm {
  readonly name: string
  /** Where it is sent. */
  readonly action: string
  /** Fields, encoded as a browser would. */
  readonly body: string
}

/** By the field's name, or its tag and name; everything else is what the page suggests, or a word. */
const VALUES: Readonly<Record<string, string>> = {
  range: '198.51.96.0/20',
  action: 'block',
  address: '193.251.246.253',
  url: 'https://desk.canary.example/',
  html: '<!doctype html><title>Desk</title>',
  company: 'einspruch.example',
  domains: 'einspruch.example',
  'textarea hot': '/preise',
  patterns: '/kunden/:name',
  'sure-id': 'prove-desk',
  country: 'DE',
  from: '',
  to: '',
}

export function formsOf(html: string): readonly PageForm[] {
  return formsIn(html).flatMap(({ method, action, inner }) => {
    const fields = fieldsOf(inner, 'proof')
    const name = fields.find(([field]) => field === 'form')?.[1]
    return method !== 'post' || name === undefined ? [] : [{ name, action, body: new URLSearchParams(fields).toString() }]
  })
}

/** Where a page leads, by its links and by the forms that only ask. */
export const linksOf = (html: string): readonly string[] => [
  ...[...html.matchAll(/<a\b([^>]*)>/g)].flatMap(([, head = '']) => attribute(head, 'href')?.replace(/#.*$/, '') ?? []),
  ...formsIn(html)
    .filter(({ method }) => method === 'get')
    .map(
      ({ action, inner }) =>
        `${action.replace(/\?.*$/, '')}?${new URLSearchParams(fieldsOf(inner, '').filter(([, value]) => value !== ''))}`,
    ),
]

const formsIn = (html: string) =>
  [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', inner = '']) => ({
    method: (attribute(head, 'method') ?? 'get').toLowerCase(),
    action: attribute(head, 'action') ?? '',
    inner,
  }))

/** @param word what is written into a field for which nothing better is known. */
function fieldsOf(inner: string, word: string): [string, string][] {
  const fields: [string, string][] = []
  const radios = new Set<string>()
  for (const [, tag = '', head = '', rest = ''] of inner.matchAll(
    /<(input|select|textarea|button)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|button)\b|$)/gs,
  )) {
    const name = attribute(head, 'name')
    if (name === undefined) continue
    const given = attribute(head, 'value')
    const known = VALUES[`${tag} ${name}`] ?? VALUES[name]
    const type = attribute(head, 'type') ?? 'text'
    if (tag === 'button' || type === 'file') continue
    if (type === 'radio' && (radios.has(name) || !/\schecked\b/.test(head))) continue
    radios.add(name)
    if (type === 'hidden' || type === 'checkbox' || type === 'radio') fields.push([name, given ?? 'on'])
    else if (tag === 'select') fields.push([name, known ?? chosen(rest)])
    else fields.push([name, known ?? (tag === 'textarea' ? textIn(rest) || word : given || least(head, type, word))])
  }
  return fields
}

const textIn = (rest: string): string => decoded(rest.replace(/<\/textarea>.*$/s, ''))

/** The option that is selected, else the first that says something. */
function chosen(rest: string): string {
  const options = [...rest.matchAll(/<option\b([^>]*)>/g)].map(([, head = '']) => head)
  const picked =
    options.find((head) => /\sselected\b/.test(head) && attribute(head, 'value')) ?? options.find((head) => attribute(head, 'value'))
  return picked === undefined ? '' : (attribute(picked, 'value') ?? '')
}

function least(head: string, type: string, word: string): string {
  if (type === 'number') return attribute(head, 'min') ?? '1'
  return type === 'date' ? '2026-01-01' : word
}

function attribute(head: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(head)?.[1]
  return found === undefined ? undefined : decoded(found)
}

const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'")
