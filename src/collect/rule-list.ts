import { type Objections, objectionsOf } from '../company-objection.ts'
import { readObjections } from '../ledger/objections.ts'
import { type RuleRow, readRules } from '../ledger/rules.ts'
import { type Rule, RuleCompany, type RuleSet, ruleSet, storedBounds } from '../ranges/rules.ts'

/** The operator's rules, and the companies that objected: both are read together, once a minute. */
export interface HouseRules extends RuleSet {
  /** Whether this company objected: then it is nobody, whatever table or rule names it. */
  readonly objects: Objections['include']
}

/**
 * What the database says today, as the isolate asks it. A rule that does not parse blocks its range: it was meant to
 * change what is shown, and showing nobody is the safe way to be wrong.
 */
export async function readRuleSet(db: D1Database): Promise<HouseRules> {
  const [rules, objections] = await Promise.all([readRules(db).catch(noneYet), readObjections(db)])
  return { ...ruleSet(rules.map(toRule)), objects: objectionsOf(objections).include }
}

/** Before its migration has run there is no table and no rule. */
function noneYet(error: unknown): [] {
  if (error instanceof Error && /no such table/i.test(error.message)) return []
  throw error
}

/** Until they could be read nobody is named: one of the companies might have objected. */
export const NO_RULES: HouseRules = { ...ruleSet([]), objects: () => true }

export function toRule(row: RuleRow): Rule {
  const company = row.company === null ? null : RuleCompany.safeParse(parseJson(row.company))
  const known = company?.success === true ? company.data : null
  return {
    siteId: row.siteId,
    bounds: storedBounds(row.first, row.last),
    action: row.action === 'assign' && known !== null ? 'assign' : 'block',
    company: known,
    why: row.why,
    created: row.created,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
