/**
 * What a name says of the legal form, as far as P4 asks: a legal person, one natural person in business, or persons in
 * partnership. A form nobody recognises is no form; only what is recognised as one person's or persons' is a veto.
 */

export type FormGroup =
  | 'legal-person'
  /** One natural person: e.K., Einzelunternehmen, ditta individuale, eenmanszaak … never listed, whatever the size. */
  | 'one-person'
  /** Natural persons liable with what they own: KG, OHG, GbR, PartG; only with a verified size and the operator's setting. */
  | 'partnership'
  /** Legal persons that are mostly one person with a laptop: UG, EURL, SASU; only with a known size. */
  | 'perhaps-one-person'

export interface LegalForm {
  readonly form: string
  readonly group: FormGroup
}

const rule = (group: FormGroup, form: string, pattern: RegExp) => ({ group, form, pattern })

/** The first that matches says the form, so the compound ones stand first: `GmbH & Co. KG` is a legal person's business. */
const RULES = [
  rule('legal-person', 'S.A. de C.V.', /\b(?:s\.?\s?a\.?(?:\s?p\.?i\.?)?(?:\s?b\.?)?|s\.?\s?(?:de\s)?r\.?\s?l\.?|sapi|sab|s\.a\.s\.?|slp\s+s\.a\.)\s+de\s+c\.?\s?v\b/i),
  rule('legal-person', 'GmbH & Co. KG', /\b(?:gmbh|mbh|ag|se|ug|ltd|sàrl|bv|b\.v\.)\s*(?:&|\+|und|u\.|and)\s*co\.?,?\s*(?:kg|k\.g\.|ohg|kgaa)(?![a-z])/i),
  rule('legal-person', 'KGaA', /\b(?:kgaa|kommanditgesellschaft auf aktien)\b/i),
  rule('one-person', 'e.K.', /(?:\be\.\s?k(?:fm|fr)?\.?(?=\s|,|$|\))|\be\.\s?kfr\.|\beingetragene[rn]? kauf(?:mann|frau)\b)/i),
  rule('one-person', 'e.U.', /(?:\be\.\s?u\.(?=\s|,|$|\))|\beingetragenes einzelunternehmen\b)/i),
  rule('one-person', 'Einzelunternehmen', /\beinzel(?:unternehme[nr]|firma|unternehmung)\b/i),
  rule('one-person', 'sole trader', /\b(?:sole (?:trader|proprietor(?:ship)?)|individual entrepreneur|self[- ]employed|private entrepreneur|private person|physical person)\b/i),
  rule('one-person', 'eenmanszaak', /\beenmanszaak\b/i),
  rule('one-person', 'ditta individuale', /\b(?:ditta|impresa) individuale\b/i),
  rule('one-person', 'entreprise individuelle', /\b(?:entreprise individuelle|auto-?entrepreneur|micro-?entreprise|indépendant|eirl)\b/i),
  rule('one-person', 'empresario individual', /\b(?:empresario individual|autónomo|empresa individual|e\.?i\.?r\.?e\.?l\.?i|mei)(?![a-z])/i),
  rule('one-person', 'microempresa', /(?:\s-\s*|\s)(?:me|m\.e\.|epp)$/i),
  rule('one-person', 'enskild firma', /\b(?:enskild (?:firma|näringsverksamhet)|enkeltmandsvirksomhed|enkeltpersonforetak|toiminimi)\b/i),
  rule('one-person', 'jednoosobowa', /\b(?:jednoosobowa działalność|działalność gospodarcza|dzialalnosc gospodarcza|osvč|fyzická osoba|egyéni vállalkozó|egyeni vallalkozo)/i),
  rule('one-person', 'individual entrepreneur (IP, FOP, ET)', /^(?:ip|i\.p\.|fop|fo-p|pe|ет|et|чп|ип|фоп|sp|s\.p\.)\s+(?=["\p{L}])|\b(?:fizichesko|fizicheskoe) litso\b/iu),
  rule('one-person', 'obrt', /\b(?:obrt|s\.\s?p\.$|pfa|întreprindere individuală|intreprindere individuala)\b/i),
  rule('one-person', 'owner named', /\b(?:inh(?:aber(?:in)?)?\.|inhaber(?:in)?|c\/o)\s/i),
  rule('partnership', 'GbR', /\b(?:gbr|g\.b\.r\.|gesellschaft bürgerlichen rechts|gesellschaft buergerlichen rechts|arge|gesnbr)\b/i),
  rule('partnership', 'OHG', /\b(?:ohg|o\.h\.g\.|offene handelsgesellschaft)\b|\bo\.?g\.?$/i),
  rule('partnership', 'PartG', /\bpart(?:g|gmbb|nerschaftsgesellschaft)\b/i),
  rule('partnership', 'KG', /(?:\bk\.?g\.?(?=$|\s*\()|\bkommanditgesellschaft\b|\b(?:&|\+|und)\s*co\.?\s*kg\b)/i),
  rule('partnership', 'V.O.F.', /\b(?:v\.o\.f\.?|vof|maatschap|c\.v\.$|cv$)(?=\s|,|$)/i),
  rule('partnership', 'S.n.c., S.a.s.', /\b(?:s\.n\.c\.?|snc|s\.a\.s\. di .*|società semplice|scp)(?=\s|,|$)/i),
  rule('perhaps-one-person', 'UG', /\b(?:ug|unternehmergesellschaft)\b(?:\s*\(?haftungsbe.*)?/i),
  rule('perhaps-one-person', 'EURL', /\b(?:e\.?u\.?r\.?l|sasu|s\.a\.s\.u|unipersonal|unipersonale|s\.r\.l\.u\.?s?|srls|s\.r\.l\.s|oü|ou)\.?(?=\s|,|$)/i),
  rule('legal-person', 'GmbH', /\b(?:g?mbh|g\.?m\.?b\.?h\.?|gesellschaft mit beschr.*)(?![a-z])/i),
  rule('legal-person', 'AG, SE, S.A.', /(?:\b(?:ag|se|sa|s\.a\.?|nv|n\.v\.?|plc|asa|as|a\/s|ab|oyj|oy|kft|zrt|nyrt|spa|s\.p\.a\.?|a\.s\.?|ad|dd|d\.d\.?|aps|hf)\.?$|\b(?:aktiengesellschaft|société anonyme|public limited company|pjsc|jsc|ojsc|pao)\b)/i),
  rule('legal-person', 'Inc., Ltd., LLC', /\b(?:inc|incorporated|corp|corporation|ltd|limited|llc|l\.l\.c\.?|llp|lp|pty|bhd|pt|tbk|pvt|k\.?k\.?|co)\b\.?|\bcompany\b/i),
  rule('legal-person', 'S.r.l., B.V., Sp. z o.o.', /\b(?:s\.?r\.?l|sarl|s\.à r\.l|b\.?v|sp\.?\s?z\s?o\.?\s?o|s\.?r\.?o|d\.?o\.?o|ooo|ооо|s\.?l\.?u?|ltda|lda|s\.?a\.?s)\.?(?=\s|,|$)/i),
  rule('legal-person', 'e.V., Stiftung, eG', /\b(?:e\.\s?v\.?|eingetragener verein|verein|stiftung|foundation|eg|e\.g\.|genossenschaft|anstalt|körperschaft|kdör|aör|stichting|fondation|fundación|fundacao)(?=\s|,|$)/i),
] // biome-ignore format: a table reads better in lines

/** `Jane Doe trading as Doe Hosting`: whoever stands before these words is who it is. */
const TRADING_AS = /\s(?:trading as|t\/a|d\/?b\/?a|doing business as)\s/i

/** The form a name shows, or null. */
export function legalFormOf(name: string): LegalForm | null {
  const trading = TRADING_AS.exec(name)
  if (trading !== null) {
    const who = legalFormOf(name.slice(0, trading.index))
    return who ?? { form: 'sole trader', group: 'one-person' }
  }
  for (const { group, form, pattern } of RULES) if (pattern.test(name)) return { form, group }
  return null
}
