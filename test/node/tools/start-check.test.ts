import { expect, test } from 'vitest'
import { adminAnswers } from '../../../src/tools/start/check.ts'

test.each<[status: number, says: RegExp | null]>([
  [200, null],
  [404, /got no secret.*ADMIN_TOKEN_HASH/],
  [401, /another secret.*ADMIN_TOKEN_HASH/],
  [500, /answered 500/],
])('an admin that answers %i', async (status, says) => {
  const asked: (string | null)[] = []
  const answer = await adminAnswers('http://localhost:1', 'dp_token', async (url, init) => {
    asked.push(String(url), new Headers(init?.headers).get('authorization'))
    return new Response(null, { status })
  })
  expect(asked).toEqual(['http://localhost:1/admin/api/companies?site=demo', 'Bearer dp_token'])
  expect(answer).toEqual(says === null ? null : expect.stringMatching(says))
})
