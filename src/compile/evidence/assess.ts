/**
 * What the sources say of one network, weighed: which organisation they point to, and each piece for and against it.
 * Pure; `inspect` prints the result and the build counts it.
 *
 * While rows are read neither the network's size is known nor what firmographics say of the organisation: `verdict.ts`
 * adds what depends on them, vetoes included.
 */
import { COMPILED_BY_HAND } from '../../receipt.ts'
import type { CompanyKind } from '../../words.ts'
import type { Assignment, Assignments } from '../assignments.ts'
import { CONFIRMATIONS, EVIDENCE, type EvidenceKind, isChecked, PENALTIES } from '../evidence.ts'
import type { KnownCompanies } from '../firmographics/known-companies.ts'
import { cleanName } from '../names/clean.ts'
import type { NameBook } from '../names/other-names.ts'
import { companyKey, type Organisation, type Origin, type Origins } from '../organisation.ts'
import type { CompanyFacts, NetworkType, SourceRole, SourceRow } from '../sources/source.ts'
import { legalFormOf } from '../vetoes/legal-forms.ts'
import type { Network, VetoRules } from '../vetoes.ts'
import { COUNTRY_OF_FILE } from './as-countries.ts'
import type { InstitutionRegister } from './institutions.ts'
import { kindOfWording, saysCarrier, saysProvider } from './wording.ts'

export interface Piece {
  readonly text: string
  readonly points: number
}

export interface Claim {
  readonly organisation: Organisation
  readonly evidence: EvidenceKind
  /** The evidence itself, confirmations and penalties; their sum is the confidence before the size is known. */
  readonly pieces: readonly Piece[]
  /** Several institutions of the country have this name: it may stand for one network, never for two. */
  readonly namesake: boolean
  /** Holds only if a register of facts turns out to know this very company (`firmographics/complete.ts`). */
  readonly unconfirmed: boolean
  /** What vetoes look at besides the organisation. */
  readonly network: Network
  /** Index of the source whose word it is. */
  readonly source: number
}

/** A source's word on a whole AS, with who speaks. */
export interface Said extends CompanyFacts {
  readonly name: string
  readonly role: SourceRole
  readonly source: number
  readonly file: string
  readonly line: number
}

export interface Knowledge extends VetoRules {
  /** Owners by AS number, from the curated list. */
  readonly curated: ReadonlyMap<number, Organisation>
  /** Master data of curated organisations by domain, so that another source's row is the same company. */
  readonly byDomain: ReadonlyMap<string, Organisation>
  readonly institutions: InstitutionRegister | null
  readonly assignments: Assignments
  /** Names in registers of company facts; null without any. */
  readonly companies: KnownCompanies | null
  readonly countries: ReadonlyMap<number, string>
  readonly networks: ReadonlyMap<number, readonly Said[]>
  readonly names: NameBook
  /** Points that a source's age costs, by its index. */
  readonly ageOf: (source: number, evidence: EvidenceKind) => Piece | null
}

const KIND_OF_TYPE: Partial<Record<NetworkType, CompanyKind>> = {
  business: 'business', government: 'government', military: 'government',
  education: 'education', research: 'research', nonprofit: 'nonprofit',
} // biome-ignore format: a table reads better in lines

const IT_HOUSE =
  /(?<![\p{L}])(?:it[- ]?(?:services?|solutions|systems?|house|group|consulting)|edv|sds|cns|systemhaus|informationstechnologie|informationssysteme|digital (?:solutions|technology)|informatik|informatica|informatique|informatics|data systems|managed services|outsourcing|rechenzentrum|data ?cent(?:er|re)s?)(?![\p{L}])/iu

/** The claim of a row, or null when nothing speaks for anybody. */
export function assess(row: SourceRow, role: SourceRole, source: number, knowledge: Knowledge): Claim | null {
  // Nothing but a type or an AS speaks for the holder of an allocation (`byRegister`), and a registry has millions of them.
  if (row.status === 'allocated' && row.asn === 0 && row.type == null && role === 'register') return null
  const { text, truncated } = cleanName(row.organisation ?? row.name)
  const said = knowledge.networks.get(row.asn) ?? []
  const { country, countryFrom } = countryOf(row, source, said, knowledge)
  const type = row.type ?? said.find((one) => one.type != null && one.role !== 'operator')?.type ?? null
  const holder: Holder = { row, role, source, name: text, country, countryFrom, type, said }

  const found =
    byOperator(holder, knowledge) ??
    byCurated(holder, knowledge) ??
    byVendor(holder) ??
    byRegister(holder, knowledge) ??
    byCategory(holder) ??
    byCompanyRegister(holder, knowledge)
  if (found === null) return null
  const checked = isChecked(found.evidence)
  const pieces: Piece[] = [{ text: EVIDENCE[found.evidence].text, points: EVIDENCE[found.evidence].confidence }]
  if (found.confirmed) pieces.push(CONFIRMATIONS.name)
  if (type === 'content') pieces.push(PENALTIES.content)
  if (found.evidence !== 'operator' && IT_HOUSE.test(text)) pieces.push(PENALTIES.egress)
  if (found.renamed) pieces.push(PENALTIES.nameChanged)
  const age = knowledge.ageOf(found.source, found.evidence)
  if (age !== null) pieces.push(age)
  const network = {
    names: [text, row.handle ?? '', row.description ?? ''].filter((name) => name !== ''),
    asn: row.asn,
    type,
    truncated: truncated && !checked,
    checked,
    ownNetwork: row.asn > 0 && role === 'routing',
  }
  return {
    organisation: found.organisation,
    evidence: found.evidence,
    pieces,
    namesake: found.namesake === true,
    unconfirmed: found.unconfirmed === true,
    network,
    source: found.source,
  }
}

/** The claim of a block whose institution is known, on the word of the source that says who announces it. */
export function assessAssignment({ organisation }: Assignment, source: number, knowledge: Knowledge): Claim {
  const { text, confidence } = EVIDENCE.assignment
  const age = knowledge.ageOf(source, 'assignment')
  return {
    organisation,
    evidence: 'assignment',
    pieces: [{ text, points: confidence }, ...(age === null ? [] : [age])],
    namesake: false,
    unconfirmed: false,
    // The AS is the research network's: what is said of it does not hold for this block.
    network: { names: [organisation.name], asn: 0, type: null, truncated: false, checked: true, ownNetwork: true },
    source,
  }
}

/** The row's own word, else a source's on the whole AS, else the file of countries. */
function countryOf(row: SourceRow, source: number, said: readonly Said[], { countries }: Knowledge) {
  const word = row.country == null ? said.find((one) => one.country != null) : { country: row.country, source }
  if (word?.country != null) return { country: word.country, countryFrom: word.source }
  return { country: countries.get(row.asn) ?? '', countryFrom: COUNTRY_OF_FILE }
}

interface Holder {
  readonly row: SourceRow
  readonly role: SourceRole
  readonly source: number
  readonly name: string
  readonly country: string
  readonly countryFrom: Origin
  readonly type: NetworkType | null
  readonly said: readonly Said[]
}

interface Found {
  readonly organisation: Organisation
  readonly evidence: EvidenceKind
  readonly source: number
  readonly confirmed?: boolean
  readonly renamed?: boolean
  readonly namesake?: boolean
  readonly unconfirmed?: boolean
}

function byOperator({ row, role, source, said }: Holder, knowledge: Knowledge): Found | null {
  const word = role === 'operator' ? { ...row, source } : said.find((one) => one.role === 'operator')
  if (word === undefined) return null
  return {
    organisation: describe(word, word.name, word.country ?? '', word.kind ?? kindOf(word.type) ?? 'business', {}, knowledge),
    evidence: 'operator',
    source: word.source,
  }
}

function byCurated({ row, role, source, name }: Holder, { curated, names }: Knowledge): Found | null {
  const organisation = role === 'routing' || role === 'register' ? curated.get(row.asn) : undefined
  if (organisation === undefined) return null
  const label = organisation.domain?.split('.')[0] ?? ''
  const renamed = name !== '' && !names.same(organisation.name, name) && !names.same(label, name)
  return { organisation, evidence: 'curated', source, renamed }
}

function byVendor({ row, role, source, name, country, countryFrom, type }: Holder): Found | null {
  const kind = role === 'vendor' ? kindOf(type) : null
  return kind === null ? null : { organisation: describe(row, name, country, kind, { country: countryFrom }), evidence: 'vendor', source }
}

/** A register of institutions on name and country, else the name's own words. */
function byRegister({ row, source, name, country, countryFrom, type }: Holder, { institutions }: Knowledge): Found | null {
  if (name === '') return null
  // An allocation is a provider's: it hands the addresses on.
  if (row.status === 'allocated') return null
  if (country === '') return byOnlyName(row, source, name, institutions)
  const institution = institutions?.find(name, country) ?? null
  const words = kindOfWording(name)
  const wording = words !== null && saysCarrier(withoutForm(name)) ? null : words
  const namesake = institution === 'ambiguous'
  if (institution !== null && institution !== 'ambiguous' && wording !== 'government') {
    const { name: register, date } = institutions?.facts ?? { name: '', date: null }
    const domain = { source: register, date }
    const organisation = describe({ ...row, domain: institution.domain }, name, country, wording ?? 'education', {
      country: countryFrom,
      domain,
    })
    return { organisation, evidence: 'register', source }
  }
  if (wording === null || !mayHaveForm(name)) return null
  return {
    organisation: describe(row, name, country, wording, { country: countryFrom }),
    evidence: 'wording',
    source,
    confirmed: kindOf(type) === wording,
    namesake,
  }
}

/** A foundation, an association, a foundation's university: forms that bodies of education and research have. */
const BENEFIT_FORM =
  /\b(?:e\.\s?v\.|stiftung|foundation|stichting|funda[cç][aã]o|fundaci[oó]n|fondation|fondazione|zweckverband)(?=[\s,.]|$)/i
/** `Bond University Limited`, `The Corporation of the City of Adelaide`: the form stands around the word, not around a trade. */
const FORM_OF_BODY =
  /\b(?:university|college|school|seminary|institute)\s*,?\s*(?:inc|ltd|limited|corporation|sdn\.? bhd|llc|pty)\b|corporation of the (?:city|county|town|district|township|village)|municipal corporation|national university corporation/i

/** The great research organisations' own names, which nobody borrows: `Forschungszentrum Jülich GmbH`, `GSI Helmholtzzentrum … GmbH`. */
const RESEARCH_GMBH = /(?<!\p{L})(?:helmholtz-?\s?zentrum|forschungszentrum|max-planck-institut|leibniz-institut)\p{L}*(?!\p{L})/iu

/** No source says the country: the register's own, where the world has one institution of this name and the name says so. */
function byOnlyName(row: SourceRow, source: number, name: string, institutions: InstitutionRegister | null): Found | null {
  const only = institutions?.only(name) ?? null
  const kind = kindOfWording(name)
  if (institutions === null || only === null || kind === null || kind === 'government' || saysCarrier(name) || !mayHaveForm(name))
    return null
  const from = { source: institutions.facts.name, date: institutions.facts.date }
  const organisation = describe({ ...row, domain: only.domain }, name, only.country, kind, { country: from, domain: from })
  return { organisation, evidence: 'wording', source }
}

const withoutForm = (name: string): string => (RESEARCH_GMBH.test(name) ? name.replace(/\bg?mbh\b/i, '') : name)

/** A legal form mostly means a business that borrows the word (`The Ministry of Compute Inc.`), with these exceptions. */
const mayHaveForm = (name: string): boolean =>
  legalFormOf(name) === null || BENEFIT_FORM.test(name) || FORM_OF_BODY.test(name) || RESEARCH_GMBH.test(name)

function byCategory({ row, role, source, name, country, countryFrom, type, said }: Holder): Found | null {
  const kind = kindOf(type)
  if (kind === null || name === '' || role === 'statistics') return null
  if (kind === 'business' ? saysProvider(name) : saysCarrier(name)) return null
  const confirmed = legalFormOf(name)?.group === 'legal-person' || kindOfWording(name) === kind
  const word = said.find((one) => one.type === type)
  return {
    organisation: describe({ ...word, ...row }, name, country, kind, { name: source, country: countryFrom }),
    evidence: 'category',
    source: word?.source ?? source,
    confirmed,
  }
}

/**
 * A company that holds a range itself, as a registry says, and that a register of companies knows by this name in this
 * country. Not who announces a range or hands it on: providers stand in those registers too.
 */
function byCompanyRegister({ row, role, source, name, country, countryFrom, type }: Holder, { companies }: Knowledge): Found | null {
  if (companies === null || role !== 'register' || row.asn > 0 || type !== null || row.status === 'allocated') return null
  if (name === '' || country === '' || !companies.has(name, country)) return null
  if (legalFormOf(name) === null || saysProvider(name)) return null
  return {
    organisation: describe(row, name, country, 'business', { country: countryFrom }),
    evidence: 'register',
    source,
    unconfirmed: true,
  }
}

const kindOf = (type: NetworkType | null | undefined): CompanyKind | null => (type == null ? null : (KIND_OF_TYPE[type] ?? null))

type Described = CompanyFacts & { readonly asn?: number; readonly file: string; readonly line: number }

/** @param origins of the fields that are not from the claim's source. */
function describe(
  facts: Described,
  name: string,
  country: string,
  kind: CompanyKind,
  origins: Origins,
  knowledge?: Knowledge,
): Organisation {
  const domain = facts.domain ?? null
  const known = domain === null ? undefined : knowledge?.byDomain.get(domain)
  return {
    key: known?.key ?? companyKey(domain, name, country),
    kind,
    name,
    domain,
    country,
    city: facts.city ?? null,
    industry: facts.industry ?? null,
    employees: facts.employees ?? known?.employees ?? null,
    asns: facts.asn !== undefined && facts.asn > 0 ? [facts.asn] : [],
    legalForm: facts.legalForm ?? null,
    postcode: facts.postcode ?? null,
    lei: facts.lei ?? null,
    registerId: facts.registerId ?? null,
    origins:
      facts.employees == null && known?.employees != null ? { ...origins, employees: { source: COMPILED_BY_HAND, date: null } } : origins,
    file: facts.file,
    line: facts.line,
  }
}
