import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'

interface Touched {
  /** Free identifiers. */
  readonly globals: readonly string[]
  readonly properties: readonly string[]
  /** Written as `object[expression]`; `*` stands for a variable of the file itself. */
  readonly computed: readonly string[]
  readonly strings: readonly string[]
}

/**
 * P6: what the built files may touch, in whole. Whoever wants the snippet to read one thing more has to write it here.
 */
const SNIPPET: Touched = {
  globals: [
    ...['Date', 'JSON', 'Math', 'URL', 'addEventListener', 'document', 'fetch', 'history'],
    ...['localStorage', 'location', 'navigator', 'self'],
  ],
  properties: [
    // document, the line and its attributes
    ...['currentScript', 'src', 'dataset', 'basis', 'cmp', 'hash', 'to', 'hidden', 'referrer'],
    // objections
    ...['doNotTrack', 'globalPrivacyControl', 'msDoNotTrack', 'doorplate:opt-out'],
    // the page's address, as URL and Location know it
    ...['host', 'pathname', 'searchParams', 'get'],
    // clicks and forms; `id` and `dataset` of the form, never its fields
    ...['type', 'composedPath', 'persisted', 'target', 'href', 'id', 'doorplateEvent', 'doorplateForm'],
    // sending
    ...['sendBeacon', 'stringify', 'catch'],
    // our own: the command with what the stub kept, the view's wire keys
    ...['doorplate', 'q', 'd', 'f', 'r'],
    // strings, arrays, functions
    ...['slice', 'split', 'test', 'exec', 'map', 'call', 'min'],
  ],
  computed: ['"u"+*[0]', 'history[*]', '*[0]', '*[1]'],
  strings: [
    ...['consent', 'opt-out', 'opt-in', 'event', '#doorplate-', 'legitimate-interest', 'cmp.js'],
    ...['view', 'leave', 'download', 'outbound', 'form', '', 'u', 'utm_', 'source', 'medium', 'campaign'],
    ...['/e', 'POST', 'no-cors', 'include'],
    ...['pageshow', 'popstate', 'visibilitychange', 'click', 'submit', 'pushState', 'replaceState'],
  ],
}

/** The consent adapters: the tools' documented names, no cookie, no storage, no request. */
const ADAPTERS: Touched = {
  globals: ['Array', 'Object', 'Promise', 'addEventListener', 'document', 'self'],
  properties: [
    ...['BorlabsCookie', 'Consents', 'hasConsent', 'checkCookieConsent'],
    ...['cmplz_has_consent', 'complianz', 'consenttype'],
    ...['dataLayer', 'push', 'analytics_storage'],
    ...['Cookiebot', 'hasResponse', 'consent', 'method', 'statistics'],
    ...['getCkyConsent', 'isUserActionCompleted', 'categories', 'analytics', 'detail', 'accepted'],
    ...['klaro', 'getManager', 'confirmed', 'getConsent', 'watch'],
    ...['__tcfapi', 'eventStatus', 'gdprApplies', 'purpose', 'consents'],
    ...['UC_UI', 'isInitialized', 'getServicesBaseInfo', 'status', 'history', 'type', 'name'],
    ...['__ucCmp', 'getConsentDetails', 'services', 'given'],
    // our own: the command, and the tools among themselves
    ...['doorplate', 'addEventListener', 'events', 'read'],
    // arrays, objects, functions, promises; `undefined` is how this test prints the 0, 1 and 2 of gtag's arguments
    ...['apply', 'entries', 'every', 'find', 'flatMap', 'includes', 'isArray', 'slice', 'some', 'then', 'values', 'undefined'],
  ],
  computed: ['*[*]', '*[0]'],
  strings: [
    ...['borlabs-cookie-after-init', 'borlabs-cookie-consent-saved', 'doorplate', 'Doorplate'],
    ...['cmplz_before_cookiebanner', 'cmplz_fire_categories', 'cmplz_revoke', 'cmplz_status_change', 'optin', 'statistics'],
    ...['consent', 'update', 'granted'],
    ...['CookiebotOnAccept', 'CookiebotOnConsentReady', 'CookiebotOnDecline', 'explicit'],
    ...['cookieyes_banner_load', 'cookieyes_consent_update', 'analytics', 'consents'],
    ...['addEventListener', 'cmpuishown', 'tcloaded', 'useractioncomplete'],
    ...['UC_UI_CMP_EVENT', 'UC_UI_INITIALIZED', 'UC_UI_VIEW_CHANGED', 'UC_CONSENT', 'EXPLICIT'],
    ...['DOMContentLoaded', 'load'],
  ],
}

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

/** What a string or a template without holes says. */
function textOf(node: Node): string | null {
  if (node.type === 'TemplateLiteral' && (node.expressions as unknown[]).length === 0) {
    return (node.quasis as { value: { cooked: string } }[])[0]?.value.cooked ?? null
  }
  return typeof node.value === 'string' ? node.value : null
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
        else if (textOf(property) !== null) found.properties.add(textOf(property) ?? '')
        else {
          const on = object.type === 'Identifier' && !declared.has(name(object)) ? name(object) : '*'
          const within =
            property.type === 'BinaryExpression' ? `${JSON.stringify(textOf(property.left as Node))}+*[0]` : `${on}[${property.raw ?? '*'}]`
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

test.each([
  ['d.js', SNIPPET],
  ['cmp.js', ADAPTERS],
])('P6 %s touches what is listed here, and nothing else', (name, allowed) => {
  const found = read(readFileSync(`dist/assets/${name}`, 'utf8'))
  for (const kind of ['globals', 'properties', 'computed', 'strings'] as const) {
    expect([kind, ...[...found[kind]].toSorted()]).toEqual([kind, ...new Set(allowed[kind].toSorted())])
  }
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
  ['navigator[`platform`]', 'properties', 'platform'],
  ['let x = "pl"; navigator[x]', 'computed', 'navigator[*]'],
] as const)('the list sees %s', (sly, kind, what) => {
  expect(read(sly)[kind]).toContain(what)
})
