import { describe, expect, test } from 'vitest'
import { readBounds } from '../../../src/ranges/bounds.ts'
import { type Rule, type RuleCompany, ruleSet, whyNotAssign } from '../../../src/ranges/rules.ts'
import type { SiteId } from '../../../src/words.ts'

const SHOP = 'shop' as SiteId

function bounds(text: string) {
  const read = readBounds(text)
  if (typeof read === 'string') throw new Error(read)
  return read
}

const acme = (over: Partial<RuleCompany> = {}): RuleCompany => ({
  key: 'dom:acme.example',
  kind: 'business',
  name: 'Acme',
  domain: 'acme.example',
  country: 'DE',
  city: null,
  industry: null,
  employees: '51-200',
  ...over,
})

const block = (range: string, siteId = 'shop'): Rule => ({
  siteId,
  bounds: bounds(range),
  action: 'block',
  company: null,
  why: '',
  created: '2026-11-21',
})
const assign = (range: string, name: string, siteId = 'shop'): Rule => ({
  ...block(range, siteId),
  action: 'assign',
  company: acme({ name, key: `dom:${name.toLowerCase()}.example` }),
})

const said = (rules: Rule[], address: string, site = SHOP) => {
  const answer = ruleSet(rules).ask(address, site)
  return answer === null || answer === 'block' ? answer : answer.name
}

describe('the operator’s rules', () => {
  test.each<[string, Rule[], string, string | null]>([
    ['no rule', [], '203.0.113.7', null],
    ['inside a block', [block('203.0.113.0/24')], '203.0.113.7', 'block'],
    ['first address', [block('203.0.113.0/24')], '203.0.113.0', 'block'],
    ['last address', [block('203.0.113.0/24')], '203.0.113.255', 'block'],
    ['one before', [block('203.0.113.0/24')], '203.0.112.255', null],
    ['one behind', [block('203.0.113.0/24')], '203.0.114.0', null],
    ['mapped', [block('203.0.113.0/24')], '::ffff:203.0.113.7', 'block'],
    ['IPv6', [assign('2001:db8::/48', 'Six')], '2001:db8::1', 'Six'],
    ['most specific wins', [assign('203.0.113.0/24', 'Large'), assign('203.0.113.0/28', 'Inner')], '203.0.113.7', 'Inner'],
    ['and the other outside of it', [assign('203.0.113.0/24', 'Large'), assign('203.0.113.0/28', 'Inner')], '203.0.113.77', 'Large'],
    ['an assign inside a block', [block('203.0.113.0/24'), assign('203.0.113.0/28', 'Inner')], '203.0.113.7', 'Inner'],
    ['a desk blocked inside an assign', [assign('203.0.113.0/24', 'Large'), block('203.0.113.7')], '203.0.113.7', 'block'],
    ['equal: block beats assign', [assign('203.0.113.0/24', 'Large'), block('203.0.113.0/24', '*')], '203.0.113.7', 'block'],
    ['for all sites', [block('203.0.113.0/24', '*')], '203.0.113.7', 'block'],
    ['another site’s', [block('203.0.113.0/24', 'other')], '203.0.113.7', null],
    ['no address', [block('0.0.0.0/0')], 'unknown', null],
  ])('%s', (_what, rules, address, answer) => {
    expect(said(rules, address)).toBe(answer)
    expect(said(rules.toReversed(), address)).toBe(answer)
  })

  test('P4 an assign too small that reached the table by another way names nobody', () => {
    expect(said([assign('203.0.113.7', 'Desk')], '203.0.113.7')).toBe('block')
  })

  test('the receipt says that the operator did it', () => {
    const answer = ruleSet([assign('203.0.113.0/24', 'Acme')]).ask('203.0.113.7', SHOP)
    expect(answer).toMatchObject({ receipt: { source: 'operator’s rule', confidence: 100, sourceDate: '2026-11-21' } })
  })
})

describe('P4 binds rules', () => {
  test.each<[string, Partial<RuleCompany>, RegExp | null]>([
    ['203.0.113.0/29', {}, null],
    ['203.0.113.0/30', {}, /at least 8 IPv4/],
    ['203.0.113.7', {}, /at least 8 IPv4/],
    ['203.0.113.0 - 203.0.113.6', {}, /has 7/],
    ['2001:db8::/53', {}, null],
    ['2001:db8::/54', {}, /8 IPv6/],
    ['0.0.0.0/0', {}, /that large/],
    ['8.0.0.0/7', {}, /that large/],
    ['53.0.0.0/8', {}, null],
    ['::/0', {}, /that large/],
    ['203.0.113.0/24', { employees: '1-4' }, /fewer than five/i],
    ['203.0.113.0/24', { employees: '5-10' }, null],
    ['203.0.113.0/24', { employees: null }, /employees, like 51-200/],
    ['203.0.113.0/24', { employees: null, kind: 'government' }, null],
  ])('P4 %s with %j', (range, over, refusal) => {
    const why = whyNotAssign(bounds(range), acme(over))
    if (refusal === null) expect(why).toBeNull()
    else expect(why).toMatch(refusal)
  })
})
