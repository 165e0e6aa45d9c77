import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { isFree, portsTaken } from '../../../src/tools/start/ports.ts'

const taken =
  (...ports: number[]) =>
  async (port: number) =>
    !ports.includes(port)

test.each<[inUse: number[], says: string | null]>([
  [[], null],
  [[8787], 'Port 8787 (the Worker) is in use by another program. Choose other ports: npm start -- --port 8789'],
  [[8788], 'Port 8788 (the demo website) is in use by another program. Choose other ports: npm start -- --port 8789'],
  [
    [8787, 8788, 8790],
    'Port 8787 (the Worker) and port 8788 (the demo website) are in use by another program. Choose other ports: npm start -- --port 8791',
  ],
])('with %j in use', async (inUse, says) => {
  expect(await portsTaken(8787, 8788, taken(...inUse))).toBe(says)
})

test('with nothing free it still says how to choose', async () => {
  expect(await portsTaken(8787, 8788, async () => false)).toMatch(/--port N$/)
})

test('a port somebody listens on is not free, and free again afterwards', async () => {
  const server = createServer()
  const port = await new Promise<number>((tell) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      tell(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  expect(await isFree(port)).toBe(false)
  await new Promise((done) => server.close(done))
  expect(await isFree(port)).toBe(true)
})
