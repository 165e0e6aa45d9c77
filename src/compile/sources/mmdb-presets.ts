/**
 * The MMDB files of the known vendors: which of our fields stands at which path of a record.
 *
 * `databaseType` is what the file calls itself, so most files need no preset named. As with CSV, a country that is
 * where the address is used (`country` of GeoIP2 and IPinfo Lite) is left out: it is the visitor's place.
 */
import type { SourceLabel } from './file-facts.ts'
import type { FieldMap } from './row-fields.ts'
import type { SourceRole } from './source.ts'

export interface MmdbPreset {
  readonly role: SourceRole
  readonly fields: FieldMap
  readonly label: SourceLabel
  /** What such a file calls itself; null where every file of the vendor calls itself the same. */
  readonly databaseType: RegExp | null
}

const AS_FIELDS = { asn: 'autonomous_system_number', name: 'autonomous_system_organization' } as const
const MAXMIND = { url: 'https://www.maxmind.com', licence: "as the operator's contract says" } as const
const IPINFO = { url: 'https://ipinfo.io', licence: "as the operator's contract says" } as const

export const MMDB_PRESETS = {
  /** https://dev.maxmind.com/geoip/docs/databases/asn */
  'geolite2-asn': {
    role: 'routing',
    fields: AS_FIELDS,
    databaseType: /^Geo(?:Lite|IP)2?-ASN/,
    label: {
      name: 'GeoLite2 ASN',
      url: 'https://www.maxmind.com',
      licence: 'GeoLite2 End User License Agreement',
      attribution: 'This product includes GeoLite Data created by MaxMind, available from https://www.maxmind.com.',
      credits: [{ text: 'MaxMind', url: 'https://www.maxmind.com' }],
    },
  },
  /** https://dev.maxmind.com/geoip/docs/databases/isp */
  'geoip2-isp': {
    role: 'vendor',
    fields: { asn: AS_FIELDS.asn, name: ['organization', AS_FIELDS.name], organisation: 'organization', description: 'isp' },
    databaseType: /^GeoIP2?-ISP/,
    label: { ...MAXMIND, name: 'GeoIP2 ISP' },
  },
  /** https://dev.maxmind.com/geoip/docs/databases/enterprise; `registered_country` is where the block was registered. */
  'geoip2-enterprise': {
    role: 'vendor',
    fields: {
      asn: `traits.${AS_FIELDS.asn}`,
      name: ['traits.organization', `traits.${AS_FIELDS.name}`],
      organisation: 'traits.organization',
      description: 'traits.isp',
      domain: 'traits.domain',
      type: 'traits.user_type',
      country: 'registered_country.iso_code',
    },
    databaseType: /^GeoIP2?-(?:Precision-)?Enterprise/,
    label: { ...MAXMIND, name: 'GeoIP2 Enterprise' },
  },
  /** https://ipinfo.io/developers/ipinfo-lite-database */
  'ipinfo-lite': {
    role: 'routing',
    fields: { asn: 'asn', name: 'as_name', domain: 'as_domain' },
    databaseType: /^ipinfo.*lite/i,
    label: {
      ...IPINFO,
      name: 'IPinfo Lite',
      licence: 'CC BY-SA 4.0',
      attribution: 'IP address data powered by IPinfo.',
      credits: [{ text: 'IPinfo', url: 'https://ipinfo.io' }],
    },
  },
  /** https://ipinfo.io/developers/ip-to-company-database */
  'ipinfo-company': {
    role: 'vendor',
    fields: { asn: 'asn', name: 'name', domain: 'domain', type: 'type', country: 'country' },
    databaseType: /^ipinfo.*company/i,
    label: { ...IPINFO, name: 'IPinfo Company' },
  },
  /** https://db-ip.com/db/download/ip-to-asn-lite */
  'dbip-asn': {
    role: 'routing',
    fields: AS_FIELDS,
    databaseType: /^DBIP-ASN/,
    label: {
      name: 'DB-IP ASN Lite',
      url: 'https://db-ip.com',
      licence: 'CC BY 4.0',
      attribution: 'IP Geolocation by DB-IP',
      credits: [{ text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' }],
    },
  },
  /** https://github.com/iplocate/ip-address-databases; the country is the AS's. */
  'iplocate-asn': {
    role: 'routing',
    fields: { asn: 'asn', name: ['org', 'name'], handle: 'name', domain: 'domain', country: 'country_code' },
    databaseType: /^iplocate.*asn/i,
    label: { name: 'IPLocate ASN', url: 'https://www.iplocate.io', licence: 'CC BY-SA 4.0' },
  },
} as const satisfies Record<string, MmdbPreset>

export type MmdbPresetName = keyof typeof MMDB_PRESETS

export const mmdbPresetFor = (databaseType: string): MmdbPreset | null =>
  Object.values<MmdbPreset>(MMDB_PRESETS).find((preset) => preset.databaseType?.test(databaseType) === true) ?? null
