import type { Language } from '../../privacy/language.ts'
import type { Texts } from '../texts/index.ts'
import { Bare, Plate } from './layout.tsx'

/** Where a one-time link leads: a button, pressed once. */
export function InvitationPage(props: { readonly language: Language; readonly t: Texts['door']; readonly code: string }) {
  const { t } = props
  return (
    <Bare language={props.language} title={t.invitation}>
      <form method="post" action="/admin/invitation">
        <h1>
          <Plate /> Doorplate
        </h1>
        <p>{t.invited}</p>
        <input type="hidden" name="code" value={props.code} />
        <button type="submit">{t.button}</button>
      </form>
    </Bare>
  )
}
