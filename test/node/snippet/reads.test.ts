import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'

/**
 * P6: what the built file may touch, in whole. Whoever wants the snippet to read one thing more has to write it here.
 */
const GLOBALS = [
  'Date',
  'JSON',
  'Math',
  'URL',
  'addEventListener',
  'document',
  'fetch',
  'history',
  'localStorage',
  'location',
  'navigator',
  'window',
]

const PROPERTIES = [
  // document, the line and its attributes
  ...['currentScript', 'src', 'dataset', 'basis', 'hash', 'to', 'hidden', 'referrer'],
  // objections
  ...['doNotTrack', 'globalPrivacyControl', 'msDoNotTrack', 'doorplate:opt-out'],
  // the page's address, as URL and Location know it
  ...['host', 'pathname', 'searchParams', 'get'],
  // clicks and forms; `id` and `dataset` of the form, never its fields
  ...['composedPath', 'persisted', 'target', 'tagName', 'id', 'doorplateEvent', 'doorplateForm'],
  // sending
  ...['sendBeacon', 'stringify', 'catch'],
  // our own: the command with the stub's consent, the view's wire keys
  ...['doorplate', 'q', 'd', 'f', 'r'],
  // strings, arrays, functions
  ...['slice', 'split', 'test', 'exec', 'map', 'apply', 'min'],
]

/** Written as `object[expression]`; `*` stands for a variable of the file itself. */
const COMPUTED = ['"u"+*[0]', 'history[*]', '*[0]', '*[1]']

const STRINGS = [
  ...['consent', 'opt-out', 'opt-in', 'event', '#doorplate-', 'legitimate-interest'],
  ...['view', 'leave', 'download', 'outbound', 'form', 'A', '', 'u', 'utm_', 'source', 'medium', 'campaign'],
  ...['/e', 'POST', 'no-cors', 'include'],
  ...['pageshow', 'popstate', 'visibilitychange', 'click', 'submit', 'pushState', 'replaceState'],
]

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)

interface Read {
  readonly globals: Set<string>
  readonly properties: Set<string>
  readonly computed: Set<string>
  readonly strings: Set<string>
}

/** Everything a program names: free identifiers, properties, computed accesses, strings. */
function read(code: string): Read {
  const found: Read = { globals: new Set(), properties: new Set(), computed: new Set(), strings: new Set() }
  const declared = new Set<string>()
  const used = new Set<string>()
  const name = (node: unknown) => (isNode(node) ? String(node.name) : '')

  const declare = (node: unknown): void => {
    if (!isNode(node)) return
    if (node.type === 'Identifier') declared.add(name(node))
    else for (const child of childrenOf(node)) if (!(node.type === 'Property' && child === node.key)) declare(child)
  }
  const visit = (node: Node): void => {
    if (node.type === 'VariableDeclarator') declare(node.id)
    if (/Function/.test(node.type)) for (const parameter of node.params as unknown[]) declare(parameter)
    if (node.type === 'Identifier') used.add(name(node))
    if (node.type === 'Literal' && typeof node.value === 'string') found.strings.add(node.value)
    // Taking an object apart reads it.
    if (node.type === 'ObjectPattern') {
      for (const { key, type } of node.properties as Node[]) found.properties.add(type === 'RestElement' ? '...' : name(key))
    }
    if (node.type === 'TemplateElement') found.strings.add((node.value as { cooked: string }).cooked)
    for (const child of childrenOf(node)) {
      const isName = (node.type === 'MemberExpression' && child === node.property) || (node.type === 'Property' && child === node.key)
      if (!isName || (node.computed === true && node.type === 'Property')) {
        visit(child)
      } else if (node.type === 'MemberExpression') {
        const { property, object } = node as { property: Node; object: Node } & Node
        if (node.computed !== true) found.properties.add(name(property))
        else if (typeof property.value === 'string') found.properties.add(property.value)
        else {
          const on = object.type === 'Identifier' && !declared.has(name(object)) ? name(object) : '*'
          const within = property.type === 'BinaryExpression' ? `${(property.left as Node).raw}+*[0]` : `${on}[${property.raw ?? '*'}]`
          found.computed.add(within)
          visit(property)
        }
      }
    }
  }
  visit(parseAst(code) as unknown as Node)
  for (const word of used) if (!declared.has(word)) found.globals.add(word)
  return found
}

const code = readFileSync('dist/assets/d.js', 'utf8')

test('P6 the snippet touches what is listed here, and nothing else', () => {
  const found = read(code)
  expect([...found.globals].toSorted()).toEqual(GLOBALS.toSorted())
  expect([...found.properties].toSorted()).toEqual(PROPERTIES.toSorted())
  expect([...found.computed].toSorted()).toEqual(COMPUTED.toSorted())
  expect([...found.strings].toSorted()).toEqual([...new Set(STRINGS)].toSorted())
})

test.each([
  ['screen.width', 'globals', 'screen'],
  ['navigator.language', 'properties', 'language'],
  ['navigator["userAgent"]', 'properties', 'userAgent'],
  ['document.cookie = "a"', 'properties', 'cookie'],
  ['location[screenLeft + x]', 'globals', 'screenLeft'],
  ['let { hardwareConcurrency: n } = navigator', 'properties', 'hardwareConcurrency'],
  ['let { ...everything } = navigator', 'properties', '...'],
  ['addEventListener("mousemove", f)', 'strings', 'mousemove'],
  ['navigator[`platform`]', 'strings', 'platform'],
  ['let x = "pl"; navigator[x]', 'computed', 'navigator[*]'],
] as const)('the list sees %s', (sly, kind, what) => {
  expect(read(sly)[kind]).toContain(what)
})
