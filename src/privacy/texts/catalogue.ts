import type { Language } from '../language.ts'
import { art28 } from './art28.ts'
import { balancing } from './balancing.ts'
import { consentText } from './consent-text.ts'
import { cookies } from './cookies.ts'
import { dpiaScreening } from './dpia-screening.ts'
import { framed } from './frame.ts'
import { notice } from './notice.ts'
import { processorContract } from './processor-contract.ts'
import { record } from './record.ts'
import { recordProcessor } from './record-processor.ts'
import { rights } from './rights.ts'
import { staffSheet } from './staff-sheet.ts'
import { type Party, readFacts, type Text, type TextSource } from './text.ts'
import { toms } from './toms.ts'

/** Every generated text, by the word of the command line. */
export const TEXTS = {
  notice,
  'consent-text': consentText,
  cookies,
  record,
  'record-processor': recordProcessor,
  balancing,
  'dpia-screening': dpiaScreening,
  art28,
  'processor-contract': processorContract,
  toms,
  rights,
  'staff-sheet': staffSheet,
} as const satisfies Readonly<Record<string, Text>>

export type TextKind = keyof typeof TEXTS

export type Written = { readonly text: string } | { readonly missing: readonly Party[] } | { readonly unfit: string }

/** The text, or which fields of the site it lacks, or why it does not fit the site. Never a text with a hole. */
export function writeText(kind: TextKind, source: TextSource, language: Language): Written {
  const text: Text = TEXTS[kind]
  const unfit = text.unfit?.(source.manifest) ?? null
  if (unfit !== null) return { unfit }
  const missing = text.needs.filter((party) => source.manifest.site.parties[party] === null)
  if (missing.length > 0) return { missing }
  return { text: blankForm(kind, source, language) }
}

/** The same with underlined fields where the site says nothing: the printed forms in docs/privacy. */
export function blankForm(kind: TextKind, source: TextSource, language: Language): string {
  const text: Text = TEXTS[kind]
  const facts = readFacts(source, language)
  return framed(text.title[language], facts, language, text.body[language](facts))
}
