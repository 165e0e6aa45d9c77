import type { Language } from '../../privacy/language.ts'
import * as de from './de/index.ts'
import * as en from './en/index.ts'

/**
 * What the dashboard says: a folder a language, a file a page. The English texts are the type of the German ones, so
 * a missing text does not compile; a test holds both complete, alike in shape and free of promises nobody can keep.
 *
 * Texts are whole sentences or functions of already formatted parts (`(n: string) => string`), never pieces to be
 * joined: the two languages order their words differently. `Backticks` become code.
 */
export type Texts = typeof en

export const TEXTS: Readonly<Record<Language, Texts>> = { de, en }
