/**
 * Publishing from this machine: into the local KV that `wrangler dev` reads, or into the deployed Worker's.
 */
import type { KvPort } from '../../compile/kv-port.ts'
import { type Published, type PublishOptions, publish } from '../../compile/publish.ts'
import { withBindings } from '../start/local-bindings.ts'
import { DEFAULT_STATE } from '../start/options.ts'
import { BUILDS, BuildMissing, latestBuild, readBuild } from './folder.ts'
import { localKv } from './local-kv.ts'
import { reportFor } from './published-report.ts'
import { remoteKv } from './remote-kv.ts'

export interface Where {
  readonly remote?: boolean
  /** Folder of the local databases; the one of `wrangler dev` unless said otherwise. */
  readonly state?: string
}

/** Hands the chosen KV to `work`. Without `remote` no account is needed and nothing leaves the machine. */
export function withKv<T>(where: Where, work: (port: KvPort) => Promise<T>): Promise<T> {
  if (where.remote === true) return work(remoteKv())
  return withBindings(where.state ?? DEFAULT_STATE, ({ RANGES }) => work(localKv(RANGES)))
}

export interface PublishLatest extends Omit<PublishOptions, 'now'> {
  readonly out?: string
  /** A version that was built here; the latest unless said otherwise. */
  readonly version?: string
  readonly now?: Date
}

/** Publishes a build of this machine through `port`. @throws BuildMissing, PublishRefused. */
export async function publishBuild(port: KvPort, options: PublishLatest = {}): Promise<Published> {
  const { out = BUILDS, now = new Date(), ...rest } = options
  const version = options.version ?? latestBuild(out)?.version
  if (version === undefined) throw new BuildMissing(`there is no build in ${out}: run "npm run ranges -- build" first`)
  const build = readBuild(out, version)
  const report = await reportFor(port, out, { version, report: build.report })
  return publish(port, build, { ...rest, now, report })
}
