import { buildAssets } from '../../src/tools/build.ts'

/** Tests use the built snippet and stylesheet, so a clean checkout builds them first. */
export async function setup(): Promise<void> {
  await buildAssets()
}
