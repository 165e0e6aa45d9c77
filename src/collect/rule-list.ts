import { type RuleRow, readRules } from '../ledger/rules.ts'
import type { Bounds } from '../ranges/bounds.ts'
import { type Rule, RuleCompany, type RuleSet, ruleSet } from '../ranges/rules.ts'

/**
 * The operator's rules as the isolate asks them. A row that does not parse blocks its range: it was meant to change
 * what is shown, and showing nobody is the safe way to be wrong.
 */
export async function readRuleSet(db: D1Database): Promise<RuleSet> {
  return ruleSet((await readRules(db)).map(toRule))
}

/** Until rules could be read: nobody is named by one, and the table answers. */
export const NO_RULES = ruleSet([])

export function toRule(row: RuleRow): Rule {
  const company = row.company === null ? null : RuleCompany.safeParse(parseJson(row.company))
  const known = company?.success === true ? company.data : null
  return {
    siteId: row.siteId,
    bounds: toBounds(row),
    action: row.action === 'assign' && known !== null ? 'assign' : 'block',
    company: known,
    why: row.why,
    created: row.created,
  }
}

function toBounds({ first, last }: RuleRow): Bounds {
  const mapped = first.subarray(0, 10).every((byte) => byte === 0) && first[10] === 0xff && first[11] === 0xff
  return { family: mapped ? 4 : 6, first, last }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
