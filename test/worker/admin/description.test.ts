import { expect, test } from 'vitest'
import { ROUTES } from '../../../src/admin/api/routes.ts'
import { ask, makeToken } from './desk.ts'

const PATH = '/admin/api/openapi.json'

test('whoever is signed in gets the description that the build made of the routes', async () => {
  const { token } = await makeToken('viewer', [])
  const answer = await ask(PATH, { token })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const { paths } = await answer.json<{ paths: Record<string, Record<string, { operationId: string }>> }>()
  for (const { path, method, id } of ROUTES) expect(paths[path]?.[method]?.operationId).toBe(id)
  const again = await ask(PATH, { token, headers: { 'If-None-Match': answer.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('nobody else does, and without a configured secret it is not there', async () => {
  expect((await ask(PATH, { token: null })).status).toBe(401)
  expect((await ask(PATH, { env: { ADMIN_TOKEN_HASH: '' } })).status).toBe(404)
})

test('a Worker without its files says what to do', async () => {
  const answer = await ask(PATH, { env: { ASSETS: { fetch: async () => new Response(null, { status: 404 }) } } })
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('npm run build')
})
