import { remoteKeys } from './admin/access.ts'
import { openAdmin } from './admin/app.tsx'
import { randomBytes } from './admin/house.ts'
import { explain } from './collect/explain.ts'
import { type House, openHouse } from './collect/house.ts'
import { collect } from './collect/router.ts'
import { lookUpTyped } from './collect/typed-address.ts'
import { dropStaleCanary } from './ledger/canary.ts'
import { CHORES, type Chore, type ChoreDone, writeChores } from './ledger/chores.ts'
import { purgeDesk } from './ledger/desk/purge.ts'
import { forgetHidden } from './ledger/hidden.ts'
import { forgetObjecting } from './ledger/objections.ts'
import { hotPagesOf } from './ledger/open-sink.ts'
import { consume } from './ledger/queue.ts'
import { rekey } from './ledger/rekey.ts'
import { purge } from './ledger/retention.ts'
import { log } from './log.ts'
import { CANARY } from './words.ts'

/** The Worker's doors: the public surface, the admin, the queue of counters, the clock. */
const houses = new WeakMap<Env, House>()

/** The isolate's house for these bindings; opened by the first event that passes the gate's header check. */
function houseOf(env: Env): House {
  const house = houses.get(env) ?? openHouse(env)
  houses.set(env, house)
  return house
}

const admin = openAdmin({
  now: Date.now,
  random: randomBytes,
  accessKeys: remoteKeys,
  // The look-up lives in collect; the admin only asks for it, of its own operator's request.
  explain: (request, env, site, consent) => explain(request, houseOf(env), site, consent),
  lookUp: (env, address, site) => lookUpTyped(address, site, houseOf(env)),
  tableHealth: (env) => houseOf(env).ranges.health(),
})

export default {
  fetch(request, env, ctx) {
    const pathname = pathOf(request)
    if (pathname === '/admin' || pathname.startsWith('/admin/')) return admin.fetch(request, env, ctx)
    return collect(request, () => houseOf(env), ctx)
  },

  /** Counters on their way to D1; only where the sink is the queue. */
  async queue(batch, env) {
    const { sites, shards, now } = houseOf(env)
    await consume(batch.messages, shards, hotPagesOf(await sites.current(now())))
  },

  async scheduled(controller, env) {
    const { ranges, sites, shards } = houseOf(env)
    const now = controller.scheduledTime
    const chores: Readonly<Record<Chore, () => Promise<number>>> = {
      async renamed() {
        const pointer = await ranges.pointer()
        if (pointer !== null) await rekey(shards, pointer.aliases, (await sites.current(now)).byId)
        return 0
      },
      objecting: async () => (await forgetObjecting(shards)) + (await forgetHidden(shards)),
      async purge() {
        const rows = Object.values(await purge(shards, now)).reduce((sum, each) => sum + each, 0)
        log('purged', { rows })
        return rows
      },
      async desk() {
        const gone = await Promise.all(shards.all.map((db) => purgeDesk(db, now)))
        return gone.flatMap(Object.values<number>).reduce((sum, rows) => sum + rows, 0)
      },
      canary: () => dropStaleCanary(shards.primary, shards.of(CANARY), new Date(now).toISOString().slice(0, 10)),
    }
    const done: ChoreDone[] = []
    for (const name of CHORES) {
      // What goes wrong with one must not keep the others from deleting what is past its time (P7); its text is thrown away.
      done.push({ name, rows: await chores[name]().catch(() => null) })
    }
    const failed = done.filter(({ rows }) => rows === null).length
    log('hourly', { chores: done.length, failed })
    await writeChores(shards.primary, done, now).catch(() => undefined)
    // That something failed is what the operator has to see, in the list of cron's runs too.
    if (failed > 0) throw new Error(`${failed} of ${done.length} chores of the hourly work failed`)
  },
} satisfies ExportedHandler<Env>

/** The path of a request's address. The runtime has made it plain; to parse it again would cost an event as much as the gate. */
function pathOf({ url }: Request): string {
  const path = url.slice(url.indexOf('/', 'https://'.length))
  const end = path.search(/[?#]/)
  return end < 0 ? path : path.slice(0, end)
}
