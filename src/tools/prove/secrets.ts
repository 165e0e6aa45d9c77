/** All that must not be found: each canary and each sentinel in all its forms. */
import { CANARIES } from './canaries.ts'
import { addressForms, FORM_GROUPS, type Form, type FormGroup, sentinelForms } from './forms.ts'
import { SENTINELS } from './sentinels.ts'
import { SITES } from './sites.ts'

export interface Secret {
  readonly name: string
  readonly kind: 'canary' | 'sentinel'
  readonly forms: readonly Form[]
}

/** Rows of the control's matrix: what people store most is told apart, sentinels are one row. */
export const SECRET_GROUPS = [...FORM_GROUPS, 'sentinels'] as const
export type SecretGroup = (typeof SECRET_GROUPS)[number]

/** @param days the days that a digest could be salted with; a run about midnight has two. */
export function allSecrets(days: readonly string[]): readonly Secret[] {
  const salts = [...days, ...SITES.slice(0, 2).map(({ id }) => id)]
  return [
    ...CANARIES.map((canary): Secret => ({ name: `${canary.role} ${canary.address}`, kind: 'canary', forms: addressForms(canary, salts) })),
    ...SENTINELS.map((sentinel): Secret => ({ name: sentinel.name, kind: 'sentinel', forms: sentinelForms(sentinel, salts) })),
  ]
}

export const groupOf = (secret: Secret, form: Form): SecretGroup => (secret.kind === 'sentinel' ? 'sentinels' : groupOfForm(form.group))
const groupOfForm = (group: FormGroup): SecretGroup => group
