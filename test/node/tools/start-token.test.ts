import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isUsableToken } from '../../../src/tools/start/options.ts'
import { localToken, tokenHash } from '../../../src/tools/start/token.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-token-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = () => join(folder, 'kept', 'admin-token')
const bytes = () => new Uint8Array(32).fill(0xfb)

test('a token is made once, from 256 random bits, and only its owner can read it', async () => {
  const made = await localToken(null, file(), bytes)
  expect(made).toEqual({ token: `dp_${Buffer.from(bytes()).toString('base64url')}` })
  expect('token' in made && isUsableToken(made.token)).toBe(true)
  expect((await stat(file())).mode & 0o777).toBe(0o600)
  expect(await localToken(null, file())).toEqual(made)
})

test('two machines have different tokens', async () => {
  expect(await localToken(null, file())).not.toEqual(await localToken(null, join(folder, 'other')))
})

test('a token from the environment wins and is not written down', async () => {
  expect(await localToken('dp_from_the_environment', file())).toEqual({ token: 'dp_from_the_environment' })
  await expect(readFile(file())).rejects.toThrow(/ENOENT/)
})

test.each(['', 'two words here and more\n'])('a kept token %j says what to do', async (content) => {
  const spoilt = join(folder, 'admin-token')
  await writeFile(spoilt, content)
  expect(await localToken(null, spoilt)).toEqual({ wrong: expect.stringMatching(/Delete that file .* or set ADMIN_TOKEN/) })
})

test('the hash is the Worker’s secret: lower-case hex SHA-256', () => {
  expect(tokenHash('dp_test')).toBe('6bff5add219cc4b428916ab2129483fd109f7fb9b44da29361a7df6457828f61')
})
