import { describe, expect, it, test } from 'vitest'
import { HELP, isUsableToken, readOptions } from '../../../src/tools/start/options.ts'

const plain = { port: 8787, demoPort: 8788, state: '.wrangler/state', tokenFile: '.doorplate/admin-token', fresh: false, token: null }

test.each<[args: string[], environment: Record<string, string>, expected: object]>([
  [[], {}, plain],
  [['--port', '9000'], {}, { ...plain, port: 9000, demoPort: 9001 }],
  [['--port=9000'], {}, { ...plain, port: 9000, demoPort: 9001 }],
  [['-p', '65534'], {}, { ...plain, port: 65_534, demoPort: 65_535 }],
  [['--fresh'], {}, { ...plain, fresh: true }],
  [['--state', '/tmp/x'], {}, { ...plain, state: '/tmp/x', tokenFile: '/tmp/x/admin-token' }],
  [[], { ADMIN_TOKEN: 'dp_0123456789abcdef' }, { ...plain, token: 'dp_0123456789abcdef' }],
])('npm start %j with %j', (args, environment, expected) => {
  expect(readOptions(args, environment)).toEqual({ run: expected })
})

test.each<[args: string[], says: RegExp]>([
  [['--port', '0'], /--port takes a number from 1 to 65534/],
  [['--port', '65535'], /not "65535"/],
  [['--port', '87a'], /not "87a"/],
  [['--port', '-1'], /--port/],
  [['--port', ''], /not ""/],
  [['--port'], /--port/],
  [['--state', ' '], /--state takes the name of a folder/],
  [['--prot', '9000'], /Unknown option '--prot'\. See: npm start -- --help$/],
  [['9000'], /See: npm start -- --help$/],
])('npm start %j is refused in one line', (args, says) => {
  const request = readOptions(args, {})
  expect(request).toEqual({ wrong: expect.stringMatching(says) })
  expect('wrong' in request && request.wrong).not.toContain('\n')
})

describe('the token in the environment', () => {
  it.each(['', 'has a space in it, so no header', 'schlüssel-mit-umlaut-1', 'x'.repeat(201)])(
    'refuses %j without repeating it',
    (token) => {
      const request = readOptions([], { ADMIN_TOKEN: token })
      expect(request).toEqual({ wrong: expect.stringContaining('ADMIN_TOKEN') })
      if (token.length > 0) expect(JSON.stringify(request)).not.toContain(token)
    },
  )
  it('takes what fits an Authorization header', () => {
    expect(isUsableToken('dp_abcdefghijklmnop')).toBe(true)
    expect(isUsableToken('x'.repeat(200))).toBe(true)
  })
})

test('--help says everything and does nothing', () => {
  expect(readOptions(['--help', '--port', '1'], {})).toEqual({ help: HELP })
  for (const word of ['--port', '--fresh', '--state', 'ADMIN_TOKEN']) expect(HELP).toContain(word)
})
