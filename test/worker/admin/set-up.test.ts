import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { readDraft } from '../../../src/ledger/sites.ts'
import type { SiteId } from '../../../src/words.ts'
import { ask, emptyDesk, makeToken, TOKEN } from './desk.ts'

/** An installation as a "Deploy to Cloudflare" button leaves it: a database, the secret that was typed there, no site. */
beforeEach(emptyDesk)

const post = (path: string, fields: Readonly<Record<string, string>>, cookie?: string) =>
  ask(path, {
    token: null,
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'https://t.shop.example',
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
  })

const RIGHT = {
  form: 'add',
  id: 'shop',
  name: 'Shop',
  timeZone: 'Europe/Berlin',
  pageHosts: 'www.shop.example',
  endpointHosts: 't.shop.example',
}

async function signedIn(): Promise<string> {
  const answer = await post('/admin/login', { token: TOKEN })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

describe('the first page of an installation without a site', () => {
  test('behind the secret is the form that makes one, with this host as the one it is reached on', async () => {
    expect((await ask('/admin', { token: null })).headers.get('location')).toBe('/admin/login')
    expect((await post('/admin/login', { token: 'dp_guess' })).status).toBe(401)
    const cookie = await signedIn()
    const first = await ask('/admin', { token: null, headers: { Cookie: cookie } })
    expect([first.status, first.headers.get('location')]).toEqual([303, '/admin/sites'])
    const page = await (await ask('/admin/sites', { token: null, headers: { Cookie: cookie } })).text()
    expect(page).toContain('>t.shop.example</textarea>')
    const made = await post('/admin/sites', RIGHT, cookie)
    expect([made.status, made.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/sites\/shop\?/)])
    expect(await readDraft(env.DB, 'shop' as SiteId)).toMatchObject({ basis: 'consent', pageHosts: ['www.shop.example'] })
    const shown = await (await ask('/admin/sites/shop?site=shop', { token: null, headers: { Cookie: cookie } })).text()
    expect(shown).toContain('https://t.shop.example/d.js')
    expect((await ask('/admin', { token: null, headers: { Cookie: cookie } })).status).toBe(200)
  })

  test('without the secret the form makes nothing, and who may not make sites is told so', async () => {
    expect((await post('/admin/sites', RIGHT)).status).toBe(303)
    expect(await readDraft(env.DB, 'shop' as SiteId)).toBeNull()
    const { token } = await makeToken('viewer', '*')
    expect((await ask('/admin', { token })).status).toBe(404)
  })

  test('the canary’s name is not for a site', async () => {
    const answer = await post('/admin/sites', { ...RIGHT, id: 'doorplate-canary' }, await signedIn())
    expect(answer.status).toBe(409)
  })
})
