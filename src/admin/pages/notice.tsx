import type { Context } from 'hono'
import type { AdminEnv } from '../auth.ts'
import { languageOf } from '../language.ts'
import { TEXTS, type Texts } from '../texts/index.ts'
import { Bare } from './layout.tsx'
import { Words } from './parts/words.tsx'

/** A page with one sentence: what is not there, and what to do. */
export function notice(
  c: Context<AdminEnv>,
  status: 400 | 403 | 404 | 410 | 429 | 500,
  words: (t: Texts) => { readonly title: string; readonly text: string },
): Response | Promise<Response> {
  const language = languageOf(c)
  const t = TEXTS[language]
  const { title, text } = words(t)
  return c.html(
    <Bare language={language} title={title}>
      <section>
        <h1>{title}</h1>
        <p>
          <Words>{text}</Words>
        </p>
        <p>
          <a href="/admin">{t.frame.toCompanies}</a>
        </p>
      </section>
    </Bare>,
    status,
  )
}
