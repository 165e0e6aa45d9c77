/**
 * Names of networks that say who is on them: customers of a provider, guests, whoever got an address from a pool. Read in
 * the AS name, the holder's name, the register's handle and its description.
 */
import { legalFormOf } from './legal-forms.ts'

type Pattern = readonly [what: string, pattern: RegExp]

/** Labels that networks have. In a company's own name (`Pool Corporation`, `Dynamic Distribution SRL`) they say nothing. */
const LABELS: readonly Pattern[] = [
  ['dynamic addresses', /(?:^|[^\p{L}])(?:dyn(?:amic|amisch(?:e[rns]?)?|amique|amico|ip)?|dhcp|ppp(?:oe)?|dial-?(?:up|in))(?:$|[^\p{L}])/iu],
  ['an address pool', /(?:^|[^\p{L}])(?:(?:ip-?)?pools?|address-?pool|lease-?pool)(?:$|[^\p{L}])/iu],
  ['home connections', /(?:^|[^\p{L}])(?:residential|residence-?network|home-?(?:user|net|broadband|customers?)s?|consumer-?(?:dsl|customers?|network)|privatkunden|private-?customers|end-?users?|subscribers?|retail-?customers)(?:$|[^\p{L}])/iu],
  ['addresses shared by translation', /(?:^|[^\p{L}])(?:(?:cg|cgn-?|carrier-?grade-?|ls)?nat(?:44|64)?|cgn)(?:$|[^\p{L}'’.])/iu],
  ['guests', /(?:^|[^\p{L}])(?:guests?|gäste|gaeste|gast-?(?:netz|wlan)|invit[eé]s|visitors?|public-?(?:wlan|access))(?:$|[^\p{L}])/iu],
  ['infrastructure', /(?:^|[^\p{L}])(?:infrastructure|infrastruktur|backbone|core-?network|transit-?network|loopbacks?|point-?to-?point|p2p-?links?|interconnect(?:ion)?|peering-?lan|management-?network)(?:$|[^\p{L}])/iu],
] // biome-ignore format: a table reads better in lines

/** What providers call themselves or what they sell: it says the same with a legal form behind it. */
const PROVIDERS: readonly Pattern[] = [
  ['broadband', /(?:^|[^\p{L}])(?:broad-?band|breitband|[avsx]?dsl|ftt[hbcx]|gpon|fibre-?to-?the-?home|cable-?modem|docsis|hfc|banda-?larga)(?:$|[^\p{L}])/iu],
  ['mobile subscribers', /(?:^|[^\p{L}])(?:gprs|umts|lte|[345]g|apn|mobile-?(?:data|internet|customers?|subscribers?))(?:$|[^\p{L}])/iu],
  ['servers', /(?:^|[^\p{L}])(?:vpn|proxy|proxies|tor-?exit|colo(?:cation)?|housing|webhosting|hosting|vps|dedicated-?servers?|cdn)(?:$|[^\p{L}])/iu],
  ['guests', /(?:^|[^\p{L}])(?:hot-?spots?|wi-?fi|wlan|freifunk|eduroam)(?:$|[^\p{L}])/iu],
] // biome-ignore format: a table reads better in lines

/** What the name says about who is on the network, or null. */
export function networkNameVeto(text: string): string | null {
  const found = PROVIDERS.find(([, pattern]) => pattern.test(text)) ?? LABELS.find(([, pattern]) => pattern.test(text))
  if (found === undefined) return null
  return LABELS.includes(found) && legalFormOf(text) !== null ? null : found[0]
}
