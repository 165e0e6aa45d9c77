/**
 * The addresses a proof sends and then looks for.
 *
 * Chosen so that not even their shortest form (four packed bytes) occurs by chance: an IPv4 canary has only the
 * octets 192, 193 and 245 to 255, which occur nowhere in UTF-8 text, so its bytes can't be a piece of a path, a name
 * or JSON, in either byte order. What is left is what a database rolls itself: about 24 random bytes a page of its
 * write-ahead log, a chance of less than one in ten thousand a run. An IPv6 canary has the same bytes after its first
 * group, and a run of zeros, so that its short and its long spelling differ.
 *
 * Every role comes in both families and twice: `twin` is another address of the same network and is used to show
 * that what is stored does not depend on who of a company came (P3).
 */
export type Role =
  | 'listed' // a company the site shows
  | 'unlisted' // nobody's network: only counted
  | 'hidden' // a listed organisation of a kind the site does not show
  | 'blocked' // nobody's network, blocked by a rule of the operator
  | 'assigned' // nobody's network, assigned to a company by a rule of the operator
  | 'objector' // on the listed company's network, and objects
  | 'operator' // whoever uses the admin

export interface Canary {
  readonly role: Role
  readonly family: 4 | 6
  readonly address: string
  readonly twin: string
}

const canary = (role: Role, family: 4 | 6, address: string, twin: string): Canary => ({ role, family, address, twin })

export const CANARIES: readonly Canary[] = [
  canary('listed', 4, '193.251.246.253', '193.251.247.249'),
  canary('listed', 6, '2a09:f5fb:c1f7:fdf9::f8ff:fbf5', '2a09:f5fb:c1f7:fdf6::f9fd:f5ff'),
  canary('unlisted', 4, '192.254.248.247', '192.254.249.245'),
  canary('unlisted', 6, '2a0b:f6fd:c0fb:f5fe::f7f9:fdf8', '2a0b:f6fd:c0fb:f5f7::fbfe:f6f5'),
  canary('hidden', 4, '193.247.250.255', '193.247.251.248'),
  canary('hidden', 6, '2a0c:fbf8:c1fe:f9f5::f6fa:fff7', '2a0c:fbf8:c1fe:f9fd::f5f8:faf6'),
  canary('blocked', 4, '193.249.253.248', '193.249.254.246'),
  canary('assigned', 6, '2a0e:f7f9:c0f5:fbfd::f6f8:faf9', '2a0e:f7f9:c0f5:fbf6::fcf7:f5fa'),
  canary('objector', 4, '193.251.253.249', '193.251.254.248'),
  canary('objector', 6, '2a09:f5fb:c1f7:f6fa::fdf7:f9fe', '2a09:f5fb:c1f7:f7fb::faf5:f8fd'),
  canary('operator', 4, '192.249.252.246', '192.249.253.247'),
  canary('operator', 6, '2a0d:f9f6:c0fa:fef7::f5fb:f8fc', '2a0d:f9f6:c0fa:fef5::fcf9:f6fa'),
]

/** Networks of the table the proof publishes. The objector is on the network of the listed company. */
export const NETWORKS = [
  { asn: 64500, first: '193.251.240.0', last: '193.251.255.255' },
  { asn: 64500, first: '2a09:f5fb:c1f7::', last: '2a09:f5fb:c1f7:ffff:ffff:ffff:ffff:ffff' },
  { asn: 64501, first: '193.247.248.0', last: '193.247.255.255' },
  { asn: 64501, first: '2a0c:fbf8:c1fe::', last: '2a0c:fbf8:c1fe:ffff:ffff:ffff:ffff:ffff' },
] as const

/** Ranges of the operator's rules. They rest in D1, so that no bound is a form of a canary's own network. */
export const RULED = { blocked: '193.249.240.0/20', assigned: '2a0e:f7f9:c000::/40' } as const

/** Who they are, in the columns of the curated list. */
export const ORGANISATIONS = [
  {
    name: 'Kanarienwerke',
    domain: 'kanarienwerke.example',
    country: 'DE',
    city: 'Harz',
    industry: 'Industrial',
    employees: '10001+',
    asn: 64500,
  },
  {
    name: 'Hochschule Harz',
    domain: 'hochschule-harz.example',
    country: 'DE',
    city: 'Harz',
    industry: 'University',
    employees: '1001-5000',
    asn: 64501,
  },
] as const
