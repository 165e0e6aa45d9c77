/**
 * The legal form in a name, for one question only: whether two names of one wording are two companies. It tells apart
 * what registers tell apart (AG and SE), where the vetoes ask whether persons stand behind a name (`vetoes/`).
 */

/** `Acme GmbH` and `Acme AG` are two companies; `Acme` may be either, and is asked for by its only namesake. */
export function haveOtherForms(a: string, b: string): boolean {
  const [left, right] = [formOf(a), formOf(b)]
  return left !== '' && right !== '' && left !== right
}

/** The first that matches says the form, so the compound ones stand first. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bgmbh\s*&\s*co\.?\s*kga?a?\b/, 'gmbh & co kg'],
  [/\bkgaa\b|\bkommanditgesellschaft auf aktien\b/, 'kgaa'],
  [/\bgmbh\b|\bgesellschaft mit beschr(?:ä|ae)nkter haftung\b/, 'gmbh'],
  [/\bag\b|\baktiengesellschaft\b/, 'ag'],
  [/\b(?:inc|incorporated|corp|corporation)\b/, 'inc'],
  [/\bllc\b/, 'llc'],
  [/\bplc\b|\bpublic limited company\b/, 'plc'],
  [/\b(?:ltd|limited)\b/, 'ltd'],
  [/\bb\.?v\b/, 'bv'],
  [/\bn\.?v\b/, 'nv'],
  [/\bsarl\b|\bs\.\s?[aà]\.\s?r\.\s?l/, 'sarl'],
  [/\bs\.?p\.?a\b/, 'spa'],
  [/\bs\.?r\.?l\b/, 'srl'],
  [/\bs\.?a\.?s\b/, 'sas'],
  [/\bs\.?a\b|\bsoci[eé]t[eé] anonyme\b/, 'sa'],
  [/\bs\.?e\b/, 'se'],
]

const formOf = (name: string): string => {
  const text = name.toLowerCase()
  return FORMS.find(([form]) => form.test(text))?.[1] ?? ''
}

/** Forms that registers spell out, as everybody else writes them: of `Acme Kommanditgesellschaft auf Aktien` the name is `Acme`. */
const SPELLED_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bkommanditgesellschaft auf aktien\b/i, 'KGaA'],
  [/\bgesellschaft mit beschr(?:ä|ae)nkter haftung\b/i, 'GmbH'],
  [/\bpublic limited company\b/i, 'plc'],
  [/\bbesloten vennootschap\b/i, 'BV'],
  [/\bnaamloze vennootschap\b/i, 'NV'],
  [/\bsociet(?:à|a') per azioni\b/i, 'SpA'],
  [/\bsociet(?:à|a') a responsabilit(?:à|a') limitata\b/i, 'Srl'],
  [/\bsoci[eé]t[eé] par actions simplifi[eé]e\b/i, 'SAS'],
  [/\bsoci[eé]t[eé] [aà] responsabilit[eé] limit[eé]e\b/i, 'SARL'],
  [/\bsociedad an[oó]nima\b/i, 'SA'],
  [/\bsociedad (?:de responsabilidad )?limitada\b/i, 'SL'],
]

export const withShortForm = (name: string): string => SPELLED_OUT.reduce((text, [spelled, short]) => text.replace(spelled, short), name)
