import type { Language } from '../../privacy/language.ts'
import type * as en from './en/index.ts'
import { type Packed, unpack } from './packed.ts'

/**
 * What the dashboard says: a folder a language, a file a page. The English texts are the type of the German ones, so
 * a missing text does not compile; a test holds both complete, alike in shape and free of promises nobody can keep.
 *
 * Texts are whole sentences or functions of already formatted parts (`(n: string) => string`), never pieces to be
 * joined: the two languages order their words differently. `Backticks` become code. A function may ask whether a part
 * is `'1'`, and nothing else of it: one company, two companies.
 *
 * They are no part of the Worker, which would be a fifth larger: the build packs each language into a file below
 * /admin, and an isolate reads the file of a language once.
 */
export type Texts = typeof en

const read = new Map<Language, Texts>()

/** @throws Error when the files were not built. */
export async function readTexts({ ASSETS }: Pick<Env, 'ASSETS'>, language: Language): Promise<Texts> {
  const known = read.get(language)
  if (known !== undefined) return known
  const file = await ASSETS.fetch(new URL(`/admin/texts/${language}.json`, 'https://doorplate.invalid'))
  if (!file.ok) throw new Error('the texts were not built')
  const texts = unpack(await file.json<Packed>()) as Texts
  read.set(language, texts)
  return texts
}
