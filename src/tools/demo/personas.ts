/**
 * Whom a visitor of the demo website can pretend to be: an address out of the network's own announced ranges.
 *
 * The choice lives in the page's URL (`?as=siemens`) and nowhere else: no cookie, no storage. So two tabs can be two
 * visitors at once, and nothing on the device is mistaken for Doorplate's (P6). The addresses are invented hosts in
 * real networks; a test looks each of them up in the AS-level source.
 */
export interface Persona {
  readonly id: string
  /** As the bar shows it. */
  readonly label: string
  /** What Cloudflare would put into CF-Connecting-IP. */
  readonly address: string
  /** The network's AS number, for the test that the address is still theirs. */
  readonly asn: number
  /** The browser sends Sec-GPC and defines navigator.globalPrivacyControl. */
  readonly gpc: boolean
  /** What the admin will show, in one sentence. */
  readonly outcome: string
}

const BMW: Persona = {
  id: 'bmw',
  label: 'BMW',
  address: '160.46.240.10',
  asn: 8590,
  gpc: false,
  outcome: 'The admin shows BMW Group, the pages you open and how you got from one to the next.',
}

export const PERSONAS: readonly Persona[] = [
  BMW,
  {
    id: 'siemens',
    label: 'Siemens',
    address: '141.29.164.20',
    asn: 8826,
    gpc: false,
    outcome: 'The admin shows Siemens, the pages you open and how you got from one to the next.',
  },
  {
    id: 'mercedes-benz',
    label: 'Mercedes-Benz',
    address: '53.10.20.30',
    asn: 31399,
    gpc: false,
    outcome: 'The admin shows Mercedes-Benz Group, the pages you open and how you got from one to the next.',
  },
  {
    id: 'university',
    label: 'RWTH Aachen University',
    address: '137.226.60.20',
    asn: 47610,
    gpc: false,
    outcome: 'The admin shows the university: this demo lists the kind “education” too.',
  },
  {
    id: 'home',
    label: 'A home connection',
    address: '79.192.45.67',
    asn: 3320,
    gpc: false,
    outcome: 'No name anywhere: a provider’s customer only adds one to the day’s anonymous counts.',
  },
  {
    id: 'gpc',
    label: 'BMW, with GPC on',
    address: '160.46.240.11',
    asn: 8590,
    gpc: true,
    outcome: 'Nothing at all, not even a count: Global Privacy Control is an objection, whoever sends it.',
  },
]

/** The one a visitor is without having chosen. */
export const DEFAULT_PERSONA = BMW

/** @param query of a page of this website, e.g. `?as=home`. An unknown choice is none. */
export function personaIn(query: URLSearchParams): Persona {
  const id = query.get('as')
  return PERSONAS.find((persona) => persona.id === id) ?? DEFAULT_PERSONA
}

/** Who sent a request that carries no choice of its own, such as the snippet's: the page it came from says so. */
export function personaOfReferer(referer: string | undefined): Persona {
  return referer !== undefined && URL.canParse(referer) ? personaIn(new URL(referer).searchParams) : DEFAULT_PERSONA
}

/** A link inside the website keeps who one is. */
export function keepPersona(path: string, persona: Persona): string {
  if (persona === DEFAULT_PERSONA) return path
  const [before = '', fragment] = path.split('#')
  const query = before.includes('?') ? '&' : '?'
  return `${before}${query}as=${persona.id}${fragment === undefined ? '' : `#${fragment}`}`
}
