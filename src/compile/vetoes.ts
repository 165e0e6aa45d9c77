/**
 * Reasons against: whatever speaks for an organisation, any of these keeps it out (P4). Each says why in words, because
 * `npm run ranges -- inspect` prints it.
 */
import type { DenyBook } from './deny/deny-list.ts'
import { judgeMasterData, type Organisation, type Rejection, smallestOfBand } from './organisation.ts'
import type { NetworkType } from './sources/source.ts'
import { type LegalForm, legalFormOf } from './vetoes/legal-forms.ts'
import { networkNameVeto } from './vetoes/network-names.ts'
import { neverListedKind } from './vetoes/never-listed.ts'
import { isPersonName } from './vetoes/persons.ts'

export interface Veto {
  readonly reason: Rejection
  readonly why: string
}

/** What vetoes look at besides the organisation. */
export interface Network {
  /** Names of the holder and labels of the network, as the sources have them. */
  readonly names: readonly string[]
  readonly asn: number
  /** What a source calls the network. */
  readonly type: NetworkType | null
  readonly truncated: boolean
  /** A person checked name, size and form (curated and own lists): the holder's name is not read for a person's or a form. */
  readonly checked: boolean
  /** The organisation holds the AS itself, which takes a legal person and a reason. */
  readonly ownNetwork: boolean
}

export interface VetoRules {
  readonly deny: DenyBook
  readonly partnerships: boolean
  /** Whether the company objected. */
  readonly objects: (organisation: Organisation) => boolean
}

/** Networks that carry other people: what a source calls them is a veto, but for a content network, which is a penalty. */
const CARRYING: readonly NetworkType[] = ['isp', 'mobile', 'residential', 'hosting', 'vpn', 'guest', 'library', 'infrastructure']

/** The first veto that holds, or null. */
export function vetoOf(organisation: Organisation, network: Network, rules: VetoRules): Veto | null {
  const { names, asn, type, truncated, checked } = network
  if (rules.objects(organisation)) return { reason: 'objection', why: 'the company objected' }
  const denied = rules.deny.network(asn) ?? first(names, (name) => rules.deny.name(name))
  if (denied !== null) return { reason: 'denied', why: `deny list ${denied.list}${denied.who === '' ? '' : `: ${denied.who}`}` }
  if (truncated) return { reason: 'incomplete', why: 'the source cut the name off' }
  if (type !== null && CARRYING.includes(type) && !checked) return { reason: 'provider', why: `a source calls the network ${type}` }
  const kind = first([organisation.name, ...names], neverListedKind)
  if (kind !== null) return { reason: 'never-listed', why: `${kind}: being on its network says something about a person` }
  const label = first(names, networkNameVeto)
  if (label !== null) return { reason: 'network-name', why: `the network’s name says ${label}` }
  return vetoOfHolder(organisation, network, rules)
}

function vetoOfHolder(organisation: Organisation, { names, checked, ownNetwork }: Network, { partnerships }: VetoRules): Veto | null {
  const sized = smallestOfBand(organisation.employees) !== null
  const person =
    checked && sized ? null : first([organisation.name, ...(checked ? [] : names)], (name) => (isPersonName(name) ? name : null))
  if (person !== null) return { reason: 'person-name', why: 'the name of a person' }
  const form = formOf(organisation, checked ? [] : names)
  const reason = judgeMasterData(organisation, form, { partnerships, ownNetwork })
  return reason === null ? null : { reason, why: WHY[reason] ?? reason }
}

/** The form the master data say, else the worst that a name shows: a sole trader's trade name may look like anything. */
function formOf({ legalForm, name }: Organisation, names: readonly string[]): LegalForm | null {
  if (legalForm != null && legalForm !== '') return legalFormOf(`X ${legalForm}`)
  const forms = [name, ...names].map(legalFormOf)
  return forms.find((form) => form !== null && form.group !== 'legal-person') ?? forms.find((form) => form !== null) ?? null
}

const WHY: Partial<Record<Rejection, string>> = {
  incomplete: 'name or country is missing',
  'too-few-people': 'fewer than five people work there',
  'unknown-size': 'nobody knows how many people work there, and it is neither a public body nor has it a network of its own',
  'one-person': 'a sole trader, or a form that mostly is one person',
  partnership: 'a partnership of persons',
}

function first<T>(names: readonly string[], ask: (name: string) => T | null): T | null {
  for (const name of names) {
    const answer = name === '' ? null : ask(name)
    if (answer !== null) return answer
  }
  return null
}
