/**
 * The CSV files of the known sources: how they are cut, what their columns are called, and which of our fields they
 * fill. A file with a header line is read by its names, so the order of its columns may change; one without is read
 * by the numbers of its columns, from 1.
 *
 * A country that is only where an address is used is left out everywhere: it is the visitor's place, and never the
 * company's seat.
 */
import type { CsvFormat } from './csv-lines.ts'
import type { SourceLabel } from './file-facts.ts'
import type { FieldMap } from './row-fields.ts'
import type { SourceRole } from './source.ts'

export interface CsvPreset {
  readonly role: SourceRole
  readonly separator: NonNullable<CsvFormat['separator']>
  readonly header: boolean
  readonly fields: FieldMap
  /** Bounds are decimal numbers; the file's name says of which family (`IPV6`), or its numbers do. */
  readonly decimal?: boolean
  readonly label: SourceLabel
}

const IPINFO: SourceLabel = { url: 'https://ipinfo.io', attribution: 'IP address data powered by IPinfo.' }
const IPINFO_CREDIT = [{ text: 'IPinfo', url: 'https://ipinfo.io' }]
const IP2LOCATION: SourceLabel = {
  name: 'IP2Location',
  licence: "as the operator's contract says",
  url: 'https://www.ip2location.com',
}

export const CSV_PRESETS = {
  /** https://iptoasn.com: first, last, AS number, country of the AS, name; `0` and `Not routed` where nobody announces. */
  iptoasn: {
    role: 'routing',
    separator: '\t',
    header: false,
    fields: { first: '1', last: '2', asn: '3', country: '4', name: '5' },
    label: { name: 'IPtoASN', licence: 'PDDL 1.0', url: 'https://iptoasn.com' },
  },
  /** https://ipinfo.io/developers/ipinfo-lite-database; its country is where the address is used. */
  'ipinfo-lite': {
    role: 'routing',
    separator: ',',
    header: true,
    fields: { network: 'network', asn: 'asn', name: 'as_name', domain: 'as_domain' },
    label: { ...IPINFO, name: 'IPinfo Lite', licence: 'CC BY-SA 4.0', credits: IPINFO_CREDIT },
  },
  /** https://ipinfo.io/developers/ip-to-company-database */
  'ipinfo-company': {
    role: 'vendor',
    separator: ',',
    header: true,
    fields: { first: 'start_ip', last: 'end_ip', asn: 'asn', name: 'name', domain: 'domain', type: 'type', country: 'country' },
    label: { ...IPINFO, name: 'IPinfo Company', licence: "as the operator's contract says" },
  },
  /** DB-ASN of IP2Location: ip_from, ip_to, cidr, asn, as. */
  'ip2location-asn': {
    role: 'routing',
    separator: ',',
    header: false,
    decimal: true,
    fields: { first: '1', last: '2', asn: '4', name: '5' },
    label: { ...IP2LOCATION, name: 'IP2Location ASN' },
  },
  /** DB23 of IP2Location: …, 9 ISP or company, 10 domain, 11-13 mobile, 14 usage type. */
  'ip2location-db23': {
    role: 'vendor',
    separator: ',',
    header: false,
    decimal: true,
    fields: { first: '1', last: '2', name: '9', domain: '10', type: '14' },
    label: { ...IP2LOCATION, name: 'IP2Location DB23' },
  },
  /** The file that IPLocate gives away: network, asn, country_code, name, org, domain; the country is the AS's. */
  'iplocate-asn': {
    role: 'routing',
    separator: ',',
    header: true,
    fields: { network: 'network', asn: 'asn', name: ['org', 'name'], handle: 'name', domain: 'domain', country: 'country_code' },
    label: { name: 'IPLocate ASN', licence: 'CC BY-SA 4.0', url: 'https://www.iplocate.io' },
  },
} as const satisfies Record<string, CsvPreset>

export type CsvPresetName = keyof typeof CSV_PRESETS
