/**
 * Promises nobody can make, in German and English: a page that makes one is wrong whatever the code does. The lint runs
 * over every page, document and generated text.
 */
const PATTERNS: readonly RegExp[] = [
  /100\s?%[- ](gdpr|dsgvo|privacy|datenschutz|compliant|konform|anonym|legal|sicher|safe)\w*/i,
  /\b(fully|completely|totally|guaranteed|perfectly)[ -](gdpr|compliant|anonymous|private|legal)/i,
  /\b(voll(ständig)?|komplett|absolut|garantiert|restlos)e?[rsn]?[ -](dsgvo|datenschutzkonform|anonym|rechtskonform|legal)/i,
  /\bgdpr[- ](compliant|proof|safe|certified)/i,
  /\b(dsgvo|datenschutz|rechts)[- ]?(konform|sicher|zertifiziert)/i,
  /\bno (cookie )?(consent|banner) (is )?(needed|required|necessary)/i,
  /\b(without|no need for) (a |any )?(consent|cookie) ?(banner|popup)/i,
  /\bconsent[- ]free\b/i,
  /\bkeine (einwilligung|zustimmung) (nötig|notwendig|erforderlich)/i,
  /\b(einwilligungs|zustimmungs|banner)frei/i,
  /\bohne (cookie-?)?banner\b/i,
  /\bno (personal )?data (is|are|gets?|will be|ever) (ever )?(collected|processed|stored|transferred)/i,
  /\b(collects?|process(es)?|stores?) no (personal )?data\b/i,
  /\b(es werden )?keine(rlei)? (personenbezogenen )?daten (werden )?(erhoben|gesammelt|verarbeitet|gespeichert|übertragen)/i,
  /\banonymous (website )?visitors?\b/i,
  /\banonyme[rn]? (website-?)?besuche(r|rn|rin|rinnen)\b/i,
  /\b(outside|exempt from|not subject to) the (gdpr|eprivacy)/i,
  /\bunterliegt nicht der dsgvo/i,
]

/** Every empty promise in the text, as it stands there. */
export function emptyPromises(text: string): string[] {
  return PATTERNS.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'gi'))].map(([found]) => found))
}
