import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sha256 } from '../../../src/admin/secret.ts'
import { saveSite } from '../../../src/ledger/sites.ts'
import { newSite } from '../../../src/tools/sites/options.ts'
import { withBindings } from '../../../src/tools/start/local-bindings.ts'
import { migrate } from '../../../src/tools/start/tables.ts'
import { create, invite, list, revoke } from '../../../src/tools/tokens/commands.ts'

const NOW = Date.UTC(2026, 10, 21, 13, 25)
const WISHES = { name: 'CRM', role: 'viewer', site: ['shop'], allSites: false, url: 'https://t.example.com' } as const

test('npm run tokens makes tokens and links of which only hashes are kept, lists and revokes them', async () => {
  const state = await mkdtemp(join(tmpdir(), 'doorplate-tokens-'))
  try {
    await withBindings(state, async ({ DB }) => {
      const rows = async (table: string) => (await DB.prepare(`SELECT * FROM ${table}`).all()).results
      await migrate(DB, 'migrations')
      await saveSite(DB, { ...newSite('shop'), pageHosts: ['www.shop.example'] }, '2026-11-21')

      const { out: token } = await create(DB, { ...WISHES, days: '90' }, NOW)
      expect(token).toMatch(/^dp_[\w-]{43}$/)
      expect(await rows('tokens')).toMatchObject([
        { hash: await sha256(token), name: 'CRM', role: 'viewer', sites: '["shop"]', revoked: null },
      ])
      const [listed] = JSON.parse((await list(DB, true)).out)
      expect(listed).toMatchObject({ name: 'CRM', sites: ['shop'], lastUsed: null, expires: '2027-02-19 13' })
      expect((await revoke(DB, listed.id, NOW)).code).toBe(0)
      expect((await list(DB, false)).out).toContain('revoked 2026-11-21 13 h')
      expect((await revoke(DB, 'ffffffff', NOW)).code).toBe(1)

      const { out: link } = await invite(DB, { ...WISHES, site: [], allSites: true }, NOW)
      expect(link).toMatch(/^https:\/\/t\.example\.com\/admin\/invitation\?code=dpi_[\w-]{43}$/)
      expect(await rows('invitations')).toMatchObject([{ hash: await sha256(link.split('=')[1] ?? ''), name: 'CRM', sites: '*' }])
      expect((await rows('audit')).map(({ action }) => action).sort()).toEqual(['token.create', 'token.invite', 'token.revoke'])

      const refused = (over: object) => create(DB, { ...WISHES, ...over }, NOW)
      await expect(refused({ name: undefined })).rejects.toThrow('--name')
      await expect(refused({ role: 'admin' })).rejects.toThrow('owner')
      await expect(refused({ site: [] })).rejects.toThrow('--site')
      await expect(refused({ site: ['nope'] })).rejects.toThrow('no site "nope"')
      await expect(refused({ days: 'soon' })).rejects.toThrow('--days')
      await expect(invite(DB, { ...WISHES, url: 'here' }, NOW)).rejects.toThrow('--url')
    })
  } finally {
    await rm(state, { recursive: true, force: true })
  }
})
