/**
 * Every number of the judgement in one table, each with its reason. An organisation is listed because something says
 * that the network is its own (P4), never because it is not known to be a provider; at `LISTED_AT` or more.
 */

export interface Evidence {
  /** What a receipt says. */
  readonly text: string
  /** 0 … 100. */
  readonly confidence: number
}

/** Below it a guess would be called a fact: any single weak hint is below, any checked statement above. */
export const LISTED_AT = 60

export const EVIDENCE = {
  /** The operator answers for the list, and often knows the company. */
  operator: { text: 'the operator’s own list names the company', confidence: 100 },
  /** The vendor's business is to know; its types are right for about nine companies in ten. */
  vendor: { text: 'a vendor’s database says that a company uses the network', confidence: 80 },
  /** A person checked the number against the AS name, but not with the company: high, not certain. */
  curated: { text: "curated list names the company's own network", confidence: 75 },
  /**
   * Older than the registries, but it says whose the block is, and the research network of its country carries it to this
   * day. Blocks are sold, and then somebody else announces them.
   */
  assignment: { text: 'published documents show the network as its own, and its research network announces it today', confidence: 70 },
  /** Same name in the same country; a namesake in the same country is possible, so it stays below the curated list. */
  register: { text: 'a register has this name in this country', confidence: 70 },
  /** Whoever registers a network as a university or a ministry mostly is one; just enough, and any penalty undoes it. */
  wording: { text: 'the holder’s name says that it is a place of education, research or the state', confidence: 60 },
  /** Labels of autonomous systems are made by programs: not enough alone. */
  category: { text: 'a list of autonomous systems calls it an organisation’s', confidence: 55 },
} as const satisfies Record<string, Evidence>
export type EvidenceKind = keyof typeof EVIDENCE

/** Statements about this very network: they bear any size, and the holder's name is not asked whether it agrees. */
export const isChecked = (evidence: EvidenceKind): boolean => ['operator', 'curated', 'assignment'].includes(evidence)

/** What may be said in addition to one of the above; never enough by itself. */
export const CONFIRMATIONS = {
  /** A legal form in the holder's name, or wording of the same kind: lifts a category over the line, and nothing else needs it. */
  name: { text: 'the holder’s name agrees: a legal form, or words of the same kind', points: 10 },
} as const

export const PENALTIES = {
  /** Film, games, downloads: servers speak there, not people. More than any evidence but the operator's can bear. */
  content: { text: 'a content network: its servers, not its staff', points: -45 },
  /** Its customers' staff may come out of the same network. Puts a wording or a category below the line; a checked list stays above it, less sure. */
  egress: { text: 'an IT house that may carry other organisations’ traffic', points: -10 },
  /** A name says who registered the network, not who sits behind a million addresses: state networks are called like universities. */
  veryLarge: { text: 'more addresses than one such organisation uses: it may announce for others', points: -20 },
  /** Half a year older than the newest source: networks are sold within such times. */
  old: { text: 'the source is more than half a year older than the newest one', points: -5 },
  /** Two years older: it says who was there once. */
  veryOld: { text: 'the source is more than two years older than the newest one', points: -20 },
  /** The list was made for a holder of another name: sold, merged or given back. Undoes the curated list. */
  nameChanged: { text: 'the AS carries another name than the list knew', points: -20 },
} as const
export type PenaltyKind = keyof typeof PENALTIES

/**
 * Above this many IPv4 addresses a name alone is not believed. Checked statements (operator, curated list) are: large
 * companies hold whole /8. A /12 is more than any campus of today needs, and less than what state networks announce.
 */
export const VERY_LARGE = 2 ** 20
/** Towns that announce more than a /18 mostly sell access to their homes. */
export const VERY_LARGE_LOCAL = 2 ** 14
/** Ages in days, counted from the newest source of the same build, because a build has no clock. */
export const OLD_DAYS = 183
export const VERY_OLD_DAYS = 730
