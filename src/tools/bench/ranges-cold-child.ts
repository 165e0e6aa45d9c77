/** A fresh process: opens one shard from the file named first (cut named second) and looks up the address named third; prints CPU milliseconds. */
import { readFileSync } from 'node:fs'
import { parseAddress } from '../../ranges/address.ts'
import { lookupParsed, openShard } from '../../ranges/shard.ts'

const [file = '', cut = '0', address = ''] = process.argv.slice(2)
const bytes = Uint8Array.from(readFileSync(file)).buffer
const before = process.threadCpuUsage()
const shard = openShard(bytes, 4, Number(cut))
if (typeof shard === 'string' || parseAddress(address) !== 4) throw new Error('the cold start has no shard or address')
lookupParsed(shard)
const after = process.threadCpuUsage()
console.log((after.user + after.system - before.user - before.system) / 1000)
