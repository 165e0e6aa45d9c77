/**
 * Fetches one page of a site, for "Check my installation". Only hosts that the operator has registered are asked, and
 * a redirect may lead to another of them and nowhere else: so this is no way to look into other networks. At most
 * 1 MB, in at most five seconds. Nothing of whoever asked goes along but what Cloudflare adds to a Worker's requests:
 * the address of one of the operator's people may reach the operator's own site.
 */

const MOST_BYTES = 1_000_000
const MOST_TIME_MS = 5_000
const MOST_REDIRECTS = 3

export type PageFault =
  | 'not-a-url'
  | 'not-registered'
  | 'redirects-elsewhere'
  | 'too-many-redirects'
  | 'not-answering'
  | 'refused'
  | 'not-html'
  | 'too-large'

export type FetchedPage =
  | { readonly fetched: true; readonly url: string; readonly html: string; readonly policies: readonly string[] }
  | { readonly fetched: false; readonly why: PageFault }

/**
 * @param hosts the site's registered hosts, with their ports, lower case
 * @param send how a request is made; a test puts its own here
 */
export async function fetchPage(
  address: string,
  hosts: readonly string[],
  send: (request: Request) => Promise<Response> = (request) => fetch(request),
): Promise<FetchedPage> {
  const signal = AbortSignal.timeout(MOST_TIME_MS)
  let url = readUrl(address)
  if (url === null) return failed('not-a-url')
  if (!hosts.includes(url.host)) return failed('not-registered')
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const reply = await send(
        new Request(url, { redirect: 'manual', signal, headers: { accept: 'text/html', 'user-agent': 'Doorplate-Check' } }),
      )
      const next = reply.status >= 300 && reply.status < 400 ? reply.headers.get('location') : null
      if (next === null) return await readPage(url, reply)
      url = readUrl(next, url)
      if (url === null || !hosts.includes(url.host)) return failed('redirects-elsewhere')
    }
    return failed('too-many-redirects')
  } catch {
    // Whatever it says, it may repeat the address: the reason is enough.
    return failed('not-answering')
  }
}

async function readPage(url: URL, reply: Response): Promise<FetchedPage> {
  if (!reply.ok) return failed('refused')
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(reply.headers.get('content-type') ?? '')) return failed('not-html')
  const decoder = new TextDecoder()
  let html = ''
  let size = 0
  for await (const part of reply.body ?? []) {
    size += part.byteLength
    if (size > MOST_BYTES) return failed('too-large')
    html += decoder.decode(part, { stream: true })
  }
  const policy = reply.headers.get('content-security-policy')
  return { fetched: true, url: url.href, html: html + decoder.decode(), policies: policy === null ? [] : [policy] }
}

function readUrl(text: string, base?: URL): URL | null {
  const url = URL.parse(text, base)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? url : null
}

const failed = (why: PageFault): FetchedPage => ({ fetched: false, why })
