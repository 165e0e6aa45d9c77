import type { Context } from 'hono'
import type { AdminEnv } from '../auth.ts'
import { languageOf } from '../language.ts'
import { problem } from '../problem.ts'
import { readTexts, type Texts } from '../texts/index.ts'
import { Bare } from './layout.tsx'
import { Words } from './parts/words.tsx'

/** A page with one sentence: what is not there, and what to do. */
export async function notice(
  c: Context<AdminEnv>,
  status: 400 | 403 | 404 | 410 | 429 | 500,
  words: (t: Texts) => { readonly title: string; readonly text: string },
): Promise<Response> {
  const language = languageOf(c)
  const t = await readTexts(c.env, language).catch(() => null)
  if (t === null) return problem(c, 500, 'The texts of the dashboard were not built: npm run build.')
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
