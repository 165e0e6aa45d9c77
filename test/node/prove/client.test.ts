import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openClient } from '../../../src/tools/prove/client.ts'

test('a socket that the runtime has closed meanwhile is not the end of a proof; a request that is refused at once is', async () => {
  let asked = 0
  const answered = new WeakSet<object>()
  const server = createServer((request, response) => {
    asked++
    if (request.url === '/never' || answered.has(request.socket)) return void request.socket.destroy()
    answered.add(request.socket)
    response.end('here')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const client = openClient(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), 1)
  const ask = (path: string) => client.send({ method: 'GET', path, headers: {} })
  expect((await ask('/')).status).toBe(200)
  expect((await ask('/')).body.toString()).toBe('here')
  expect(asked).toBe(3)
  await expect(ask('/never')).rejects.toThrow()
  client.close()
  server.close()
})
