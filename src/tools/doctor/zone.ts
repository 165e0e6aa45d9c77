/**
 * What a zone's features put into answers that Doorplate sends without: cookies, reports, challenges, scripts. Each would
 * undo a promise on the way to the visitor (P1, P6), and each has its switch in Cloudflare's dashboard.
 */
export interface Answer {
  readonly path: string
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

const COOKIES: readonly (readonly [name: RegExp, says: string])[] = [
  [/^__cf_bm=|^__cfruid=/, 'Bot Fight Mode or Super Bot Fight Mode: Security → Bots → off'],
  [/^cf_clearance=|^cf_chl/, 'JavaScript detections or a challenge: Security → Bots and Security → WAF → skip this host'],
  [/^_cfuvid=|^__cflb=/, 'rate limiting rules or load balancing with a cookie: take this host out of the rule'],
]

const BODIES: readonly (readonly [trace: RegExp, says: string])[] = [
  [/\/cdn-cgi\/challenge-platform\//, 'JavaScript detections: Security → Bots → JavaScript Detections → off'],
  [/static\.cloudflareinsights\.com|\/cdn-cgi\/rum/, 'Web Analytics: Analytics → Web Analytics → automatic setup → off'],
  [/\/cdn-cgi\/zaraz\/|zaraz\.js/, 'Zaraz: take this host out of it'],
  [/rocket-loader(\.min)?\.js/, 'Rocket Loader: Speed → Optimization → off'],
  [/email-decode(\.min)?\.js/, 'Email Address Obfuscation: Scrape Shield → off'],
]

/** What is strange about an answer, in words that name the switch. */
export function strangersIn({ path, status, headers, body }: Answer): readonly string[] {
  const found: string[] = []
  for (const cookie of headers.getSetCookie()) {
    const known = COOKIES.find(([name]) => name.test(cookie))
    found.push(
      `${path} sets the cookie ${cookie.split('=')[0]}: ${known?.[1] ?? 'something in front of the Worker sets it; take this host out of it'}`,
    )
  }
  for (const name of ['nel', 'report-to', 'reporting-endpoints']) {
    if (headers.has(name)) found.push(`${path} sends ${name}, so browsers report visits: Network → Network Error Logging → off`)
  }
  if (headers.get('cf-mitigated') !== null || (status === 403 && /cf-chl|challenge/i.test(body))) {
    found.push(`${path} answers with a challenge: Security → WAF → skip this host (Under Attack mode, Bot Fight Mode)`)
  }
  for (const [trace, says] of BODIES) if (trace.test(body)) found.push(`${path} has a script that is not ours. ${says}`)
  if (/<script\b/i.test(body) && path !== '/d.js' && !BODIES.some(([trace]) => trace.test(body))) {
    found.push(`${path} has a script that is not ours: look which feature of the zone adds it`)
  }
  return found
}
