import type { Texts } from '../texts/index.ts'

/** What was found and what to do about it, in the language of the texts; an empty mend: nothing. */
export interface Said {
  readonly says: string
  readonly mend: string
}

type Word = string | ((...parts: readonly [string, string]) => string)

/** @param found a finding, or why there was nothing to look at */
export function say(
  { check }: Pick<Texts, 'check'>,
  found: { readonly code: keyof Texts['check']['says']; readonly about: string; readonly instead: string },
): Said {
  const mends: Readonly<Record<string, Word>> = check.mends
  const word = (text: Word = ''): string => (typeof text === 'string' ? text : text(found.about, found.instead))
  return { says: word(check.says[found.code]), mend: word(mends[found.code]) }
}
