/** What a page says beside a field: where it is from, and from when. */
import type { Fact } from './join.ts'

/** What the curated list says of itself, word for word. */
export const COMPILED_BY_HAND = 'compiled by hand, June 2026, not verified'

export const fieldNote = (fact: Pick<Fact, 'source' | 'date'> | null): string =>
  fact === null ? COMPILED_BY_HAND : `${fact.source}, ${fact.date}`
