/** Company records of the latest build on this machine, found by key or domain. */

import { openPack } from '../../ranges/company-pack.ts'
import type { CompanyRecord } from '../../words.ts'
import { BuildMissing, latestBuild, readBuild } from '../ranges/folder.ts'

/** Null when nothing is built, or the build does not list it. */
export function companyInBuild(out: string, key: string): CompanyRecord | null {
  const latest = latestBuild(out)
  if (latest === null) return null
  const { description, files } = readBuild(out, latest.version)
  const domain = key.startsWith('dom:') ? key.slice(4) : null
  for (const [name, bytes] of files) {
    if (!name.startsWith('c:')) continue
    const pack = openPack(bytes.buffer)
    if (pack === null) throw new BuildMissing(`${name} of the latest build cannot be read: build again`)
    const first = Number(name.slice(2)) * description.packSize + 1
    for (let id = first; id < first + description.packSize; id++) {
      const company = pack.company(id, description.version)
      if (company !== null && company !== undefined && (company.key === key || (domain !== null && company.domain === domain)))
        return company
    }
  }
  return null
}
