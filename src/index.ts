import { admin } from './admin/app.tsx'
import { type House, openHouse } from './collect/house.ts'
import { collect } from './collect/router.ts'
import { rekey } from './ledger/rekey.ts'
import { purge } from './ledger/retention.ts'

/** The Worker's doors: the public surface, the admin, the clock. */
const houses = new WeakMap<Env, House>()

/** The isolate's house for these bindings; opened by the first event that passes the gate's header check. */
function houseOf(env: Env): House {
  const house = houses.get(env) ?? openHouse(env)
  houses.set(env, house)
  return house
}

export default {
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    if (pathname === '/admin' || pathname.startsWith('/admin/')) return admin.fetch(request, env, ctx)
    return collect(request, () => houseOf(env), ctx)
  },

  async scheduled(controller, env) {
    const { ranges, sites } = houseOf(env)
    const pointer = await ranges.pointer()
    if (pointer !== null) await rekey(env.DB, pointer.aliases, (await sites.current(controller.scheduledTime)).byId)
    await purge(env.DB, controller.scheduledTime)
  },
} satisfies ExportedHandler<Env>
