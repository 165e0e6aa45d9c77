/**
 * The vendors' words for the user of a network, in ours. A word that is not here means nothing and is kept only as
 * `typeAsSaid`: a new word of a vendor never lists or vetoes anybody by accident.
 */
import type { NetworkType } from './source.ts'

const WORDS: Readonly<Record<string, NetworkType>> = {
  // IPinfo, ipgeolocation.io and others; https://ipinfo.io/developers/data-types
  business: 'business', isp: 'isp', hosting: 'hosting', education: 'education', government: 'government', edu: 'education', gov: 'government',
  // MaxMind user_type; https://dev.maxmind.com/geoip/docs/databases/enterprise
  cafe: 'guest', cellular: 'mobile', college: 'education', consumer_privacy_network: 'vpn', content_delivery_network: 'content',
  dialup: 'residential', library: 'library', military: 'military', residential: 'residential', router: 'infrastructure',
  school: 'education', search_engine_spider: 'content', traveler: 'guest',
  // IP2Location usage type; ORG is any organisation that is no company
  com: 'business', org: 'nonprofit', mil: 'military', lib: 'library', cdn: 'content', mob: 'mobile', dch: 'hosting', ses: 'content', rsv: 'infrastructure',
  // ipverse category; `education_research` covers both, and research networks are vetoed elsewhere
  education_research: 'education', government_admin: 'government',
  // our own, for own lists and mappings
  research: 'research', nonprofit: 'nonprofit', mobile: 'mobile', content: 'content', vpn: 'vpn', guest: 'guest', infrastructure: 'infrastructure',
} // biome-ignore format: a word list reads better in lines than in a column

/** Of a double type such as `ISP/MOB` the one that carries others' traffic counts; what is not known is null. */
const CARRIERS: readonly NetworkType[] = ['vpn', 'guest', 'mobile', 'residential', 'isp', 'hosting', 'content', 'infrastructure']

export function networkType(word: string): NetworkType | null {
  const types = word
    .toLowerCase()
    .split('/')
    .map((part) => WORDS[part.trim().replace(/[ -]/g, '_')])
  return CARRIERS.find((carrier) => types.includes(carrier)) ?? types[0] ?? null
}
