/**
 * Reasons against: networks and organisations that stay out although the list names them (P4). A veto beats any evidence.
 *
 * "The company's own AS" does not mean "the company's staff": an airline-entertainment AS carries passengers, a
 * streaming AS carries film, and a name is shared by companies that have nothing to do with each other. Each entry
 * says why in words, because `npm run ranges -- inspect` prints it.
 */

/** Why an AS that the list names lists nobody. */
export type NetworkVeto =
  | 'guests' // passengers, hotel guests, shoppers: people who are not staff
  | 'product' // what the company sells runs there: servers and customers, no offices
  | 'provider' // carries other organisations' traffic
  | 'other-owner' // belongs to a company that only shares the name

export interface VetoedNetwork {
  readonly veto: NetworkVeto
  readonly why: string
}

const veto = (reason: NetworkVeto, why: string, ...numbers: readonly number[]): [number, VetoedNetwork][] =>
  numbers.map((number) => [number, { veto: reason, why }])

const NETWORKS = new Map<number, VetoedNetwork>([
  ...veto('guests', 'Panasonic Avionics: passengers on board of aircraft', 64294, 132011, 394603),
  ...veto('product', 'Netflix: film streaming', 2906, 40027),
  ...veto('product', 'Disney: film streaming', 11251, 22604, 398849),
  ...veto('product', 'Salesforce: what its product sends for its customers', 14340),
  ...veto('product', 'SAP: cloud product', 35039),
  ...veto('product', 'Apple: delivery of its downloads', 6185),
  ...veto('provider', "Cisco IronPort: mail and web gateway of Cisco's customers", 16417, 30215, 30238, 40427),
  ...veto('provider', "Cisco cloud division: services for Cisco's customers", 1343),
  ...veto('provider', 'Mitsubishi Electric Information Network: internet provider for businesses', 4680),
  ...veto('provider', 'Canon IT Solutions: internet provider and hosting for businesses', 4678),
  ...veto('provider', 'ITOCHU Techno-Solutions: data centres for its customers', 9993),
  ...veto(
    'other-owner',
    'Mitsubishi Electric, Mitsubishi Motors and Mitsubishi UFJ are companies of their own',
    7355,
    17189,
    26796,
    138654,
    150674,
  ),
  ...veto('other-owner', 'independent bottlers of Coca-Cola', 45218, 59785, 200815, 214058),
  ...veto('other-owner', 'DaimlerChrysler Corporation was Chrysler, now a part of Stellantis', 14852, 36067),
])

/** Why an organisation is never listed whatever its size: being on its network says something about a person. */
export type OrganisationVeto = 'care'

const ORGANISATIONS = new Map<string, { readonly veto: OrganisationVeto; readonly why: string }>([
  ['kaiserpermanente.org', { veto: 'care', why: 'hospitals and practices: patients and visitors use these networks too' }],
])

export const vetoedNetwork = (asn: number): VetoedNetwork | null => NETWORKS.get(asn) ?? null
export const vetoedOrganisation = (domain: string | null): { readonly veto: OrganisationVeto; readonly why: string } | null =>
  (domain === null ? undefined : ORGANISATIONS.get(domain)) ?? null
