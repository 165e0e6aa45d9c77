import type { Language } from '../../privacy/language.ts'
import { LANGUAGES } from '../language.ts'
import type { Texts } from '../texts/index.ts'
import { Bare, Plate } from './layout.tsx'
import { Words } from './parts/words.tsx'

export function LoginPage(props: { readonly language: Language; readonly t: Texts['door']; readonly failed: boolean }) {
  const { t } = props
  const other: Language = props.language === 'de' ? 'en' : 'de'
  return (
    <Bare language={props.language} title={t.title}>
      <form method="post" action="/admin/login">
        <h1>
          <Plate /> Doorplate
        </h1>
        <p>{t.lead}</p>
        <input type="text" name="username" value="doorplate" autocomplete="username" hidden readonly />
        <label for="token">{t.token}</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="current-password"
          required
          placeholder="dp_…"
          aria-describedby={props.failed ? 'wrong hint' : 'hint'}
          aria-invalid={props.failed ? 'true' : undefined}
        />
        {props.failed ? (
          <p class="wrong" id="wrong" role="alert">
            {t.wrong}
          </p>
        ) : null}
        <button type="submit">{t.button}</button>
        <p id="hint" class="hint">
          <Words>{t.where}</Words>
        </p>
        <p class="hint">
          <a lang={other} hreflang={other} href={`/admin/login?lang=${other}`}>
            {LANGUAGES[other]}
          </a>
        </p>
      </form>
    </Bare>
  )
}
