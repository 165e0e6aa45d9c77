/**
 * Completes package-lock.json after `npm install`: `npm run lock`.
 *
 * Some platform builds of a new release (workerd for macOS, say) are not served by every registry on the day of the
 * release. npm then leaves them out of the lock, and the next `npm ci` refuses that lock ("Missing … from lock file").
 * This adds an entry without integrity for each such optional package; docs/security.md names the consequence.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const Package = z.looseObject({ version: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() })
const Lock = z.looseObject({ packages: z.record(z.string(), Package) })

const path = 'package-lock.json'
const lock = Lock.parse(JSON.parse(await readFile(path, 'utf8')))
let added = 0
for (const [where, entry] of Object.entries(lock.packages)) {
  if (where === '') continue
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${where}/node_modules/${name}`
    const hoisted = `node_modules/${name}`
    if (nested in lock.packages || hoisted in lock.packages) continue
    lock.packages[hoisted] = { version, ...platform(name), dev: true, optional: true }
    added += 1
    console.log(`lock: added ${name}@${version}, which the registry did not serve`)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
await writeFile(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added === 0 ? 'lock: complete' : `lock: ${added} entries added`)

/** npm reads `os` and `cpu` of an entry before it fetches it, so that a Mac's build is not asked for on Linux. */
function platform(name: string): { os?: string[]; cpu?: string[] } {
  const os = ['darwin', 'linux', 'win32', 'windows', 'android', 'freebsd'].find((word) => name.includes(word))
  const cpu = ['arm64', 'x64', 'arm', '64'].find((word) => name.endsWith(`-${word}`) || name.includes(`-${word}-`))
  return {
    ...(os === undefined ? {} : { os: [os === 'windows' ? 'win32' : os] }),
    ...(cpu === undefined ? {} : { cpu: [cpu === '64' ? 'x64' : cpu] }),
  }
}
