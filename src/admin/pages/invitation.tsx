import type { Language } from '../../privacy/language.ts'
import { TEXTS } from '../texts/index.ts'
import { Bare, Plate } from './layout.tsx'

/** Where a one-time link leads: a button, pressed once. */
export function InvitationPage(props: { readonly language: Language; readonly code: string }) {
  const t = TEXTS[props.language].door
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
