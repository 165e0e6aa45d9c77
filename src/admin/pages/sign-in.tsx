import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { ALL_SITES, auditEntry, minuteOf } from '../../ledger/desk/audit.ts'
import { addToken, takeInvitation } from '../../ledger/desk/tokens.ts'
import type { Language } from '../../privacy/language.ts'
import { type AdminEnv, ownPage, remember, signIn, signOut } from '../auth.ts'
import { HEX } from '../house.ts'
import { chooseLanguage, languageOf } from '../language.ts'
import { mint, sha256 } from '../secret.ts'
import { readTexts, type Texts } from '../texts/index.ts'
import { InvitationPage } from './invitation.tsx'
import { LoginPage } from './login.tsx'
import { notice } from './notice.tsx'

/** The door: what is open to somebody who is not signed in. Works without JavaScript and with password managers. */
export const door = new Hono<AdminEnv>()

// Forms before anybody is signed in; behind the door `signedIn` asks where a change comes from.
for (const path of ['/login', '/logout', '/invitation'])
  door.use(path, (c, next) => (c.req.method === 'GET' || ownPage(c) ? next() : notice(c, 403, (t) => t.frame.foreignForm)))

door.get('/login', async (c) => chooseLanguage(c) ?? c.html(<LoginPage {...(await wordsOf(c))} failed={false} />))

door.post('/login', async (c) => {
  const { token } = await formOf(c)
  const result = typeof token === 'string' ? await signIn(c, token.trim().slice(0, 200)) : 'refused'
  switch (result) {
    case 'signed-in':
      return c.redirect('/admin', 303)
    case 'refused':
      return c.html(<LoginPage {...(await wordsOf(c))} failed={true} />, 401)
    case 'too-many': {
      c.header('Retry-After', '3600')
      return notice(c, 429, (t) => t.door.tooMany)
    }
  }
})

door.post('/logout', async (c) => {
  await signOut(c)
  return c.redirect('/admin/login', 303)
})

/** The link only shows a button: programs that look at links in advance must not use it up. */
door.get('/invitation', async (c) => c.html(<InvitationPage {...(await wordsOf(c))} code={c.req.query('code') ?? ''} />))

/** Makes the invited token and signs this browser in with it; the token itself is never shown, only its sign-in. */
door.post('/invitation', async (c) => {
  const { code } = await formOf(c)
  const { now, random } = c.get('house')
  const minute = minuteOf(now())
  const known = typeof code === 'string' && /^dpi_[\w-]{43}$/.test(code)
  const invitation = known ? await takeInvitation(c.env.DB, await sha256(code), minute) : null
  if (invitation === null) return notice(c, 410, (t) => t.door.noLongerValid)
  const { name, role, sites } = invitation
  const id = HEX(random(8))
  const entry = { site: ALL_SITES, minute, actor: name, action: 'token.create', detail: `${role} by invitation`, rows: 1 } as const
  await c.env.DB.batch([
    addToken(c.env.DB, {
      hash: await sha256(mint('dp_', random)),
      id,
      name,
      role,
      sites,
      created: new Date(now()).toISOString().slice(0, 10),
      expires: null,
    }),
    auditEntry(c.env.DB, HEX(random(8)), entry),
  ])
  await remember(c, id, role)
  return c.redirect('/admin', 303)
})

async function wordsOf(c: Context<AdminEnv>): Promise<{ readonly language: Language; readonly t: Texts['door'] }> {
  const language = languageOf(c)
  return { language, t: (await readTexts(c.env, language)).door }
}

/** The fields of a form; none where the body is no form at all, which then signs nobody in. */
async function formOf(c: Context<AdminEnv>): Promise<Awaited<ReturnType<typeof c.req.parseBody>>> {
  try {
    return await c.req.parseBody()
  } catch {
    return {}
  }
}
