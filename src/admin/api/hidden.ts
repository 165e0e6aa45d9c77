import * as z from 'zod/mini'
import { eraseCompany } from '../../ledger/desk/erase.ts'
import { today } from '../../ledger/period.ts'
import { readCompany } from '../../ledger/read.ts'
import { HIDDEN_WHY, type HiddenCompany, MOST_HIDDEN, Settings } from '../../ledger/settings.ts'
import type { Site } from '../../ledger/site.ts'
import { readDraft, saveSite } from '../../ledger/sites.ts'
import { Refusal } from '../problem.ts'
import { ErasedShape, KeyParams, RESTORE_NOTE, rowsIn, UNSEEN } from './company.ts'
import { recorded } from './deed.ts'
import { Key, NoParams } from './fields.ts'
import { type Call, route } from './route.ts'

/**
 * Companies that this site never names: not them after all, or not wanted. Their visits are only counted. The list is a
 * part of the site's settings and read there.
 */
const LONGEST_NAME = 200

export const hide = route({
  method: 'post',
  path: '/companies/{key}/hide',
  id: 'hideCompany',
  role: 'owner',
  site: 'query',
  params: KeyParams,
  query: z.strictObject({}),
  body: z.strictObject({ why: z.enum(HIDDEN_WHY) }),
  answer: ErasedShape,
  async handle(call) {
    const { db, site, params, body, now } = call
    const found = await readCompany(db, site.id, params.key)
    if (found === null) return UNSEEN
    const others = site.settings.hidden.filter(({ key }) => key !== found.key)
    if (others.length >= MOST_HIDDEN) return new Refusal(409, `A site hides at most ${MOST_HIDDEN} companies: leave a kind out instead.`)
    // A name out of an operator's own rule may be longer than a setting's text.
    const one = {
      key: found.key,
      name: found.name.slice(0, LONGEST_NAME),
      domain: found.domain,
      why: body.why,
      since: today(now, site.timeZone),
    }
    const deed = { action: 'company.hide', site: site.id, detail: body.why } as const
    const erased = await recorded(
      call,
      deed,
      async () => {
        await saveHidden(call, [...others, one])
        return eraseCompany(db, site.id, found.key)
      },
      rowsIn,
    )
    return { erased: { ...erased }, note: RESTORE_NOTE }
  },
})

/** The key stands in the body: it need not be in the ledger any more. */
export const unhide = route({
  method: 'post',
  path: '/hidden/remove',
  id: 'unhideCompany',
  role: 'owner',
  site: 'query',
  params: NoParams,
  query: z.strictObject({}),
  body: z.strictObject({ key: Key }),
  answer: z.object({ done: z.boolean() }),
  async handle(call) {
    const { site, body } = call
    const left = site.settings.hidden.filter(({ key }) => key !== body.key)
    if (left.length === site.settings.hidden.length) return new Refusal(404, 'This site does not hide a company with this key.', 'key')
    await recorded(call, { action: 'company.unhide', site: site.id, detail: '' }, () => saveHidden(call, left))
    return { done: true }
  },
})

async function saveHidden(
  { desk, site, now }: Pick<Call<unknown, unknown, unknown, Site>, 'desk' | 'site' | 'now'>,
  list: readonly HiddenCompany[],
) {
  const draft = await readDraft(desk, site.id)
  if (draft === null) return
  // Settings that do not fit turn the site off and stay as they are; there is nothing to hide then.
  const settings = Settings.safeParse(draft.settings)
  if (settings.success) await saveSite(desk, { ...draft, settings: { ...draft.settings, hidden: [...list] } }, today(now, site.timeZone))
}
