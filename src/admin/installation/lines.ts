/**
 * Finds Doorplate's lines in the source of a page, with the platform's own parser: plain ones, self-hosted ones, and
 * those that a consent tool holds back, whichever attributes it does that with.
 */

export interface Line {
  /** Self-hosted: the file comes from the page's site and events go to `data-to`. */
  readonly form: 'plain' | 'gated' | 'self-hosted'
  readonly file: URL
  /** Where its events go. */
  readonly endpoint: URL
  readonly attributes: ReadonlyMap<string, string>
}

export interface PageSource {
  readonly lines: readonly Line[]
  /** Of `<meta http-equiv="Content-Security-Policy">`. */
  readonly policies: readonly string[]
}

export async function readPageSource(html: string, page: URL): Promise<PageSource> {
  const scripts: Map<string, string>[] = []
  const policies: string[] = []
  const parsed = new HTMLRewriter()
    .on('script', {
      // Pairs in the Worker; the tools, which build the API's description, know the type of a browser's element instead.
      element: (element) => void scripts.push(new Map(element.attributes as unknown as Iterable<[string, string]>)),
    })
    .on('meta', {
      element(element) {
        if (element.getAttribute('http-equiv')?.toLowerCase() === 'content-security-policy')
          policies.push(element.getAttribute('content') ?? '')
      },
    })
    .transform(new Response(html))
  await parsed.arrayBuffer()
  return { lines: scripts.flatMap((attributes) => readLine(attributes, page) ?? []), policies: policies.map(decoded) }
}

function readLine(attributes: ReadonlyMap<string, string>, page: URL): Line | null {
  // Consent tools move the address to an attribute of their own: data-src, data-borlabs-cookie-script-blocker-src …
  const where = [...attributes].find(
    ([name, value]) => /(^|-)src$/.test(name) && URL.parse(decoded(value), page)?.pathname.endsWith('/d.js'),
  )
  if (where === undefined) return null
  const [name, value] = where
  const file = URL.parse(decoded(value), page)
  const to = attributes.get('data-to')
  const endpoint = to === undefined ? file : URL.parse(decoded(to), page)
  if (file === null || endpoint === null) return null
  const type = attributes.get('type')?.trim().toLowerCase() ?? ''
  // CookieYes leaves the type as it is.
  const runs = name === 'src' && ['', 'text/javascript', 'application/javascript'].includes(type) && !attributes.has('data-cookieyes')
  return { form: !runs ? 'gated' : to === undefined ? 'plain' : 'self-hosted', file, endpoint, attributes }
}

/** The parser hands attributes over as they are written. */
function decoded(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}
