/** `npm run licences`: under which licence each package of the lock file is, and whether we accept it. */
import { parseArgs } from 'node:util'
import { readLicences } from './licences/packages.ts'

const HELP = `Lists the licence of every package and holds it against what we accept (src/tools/licences/packages.ts).

  npm run licences               what is shipped, then a count of what only builds and tests
  npm run licences -- --json     every package

Exit code: 0 all accepted, 1 one is not, 2 wrong usage.`

process.exitCode = main()

function main(): number {
  const options = readOptions()
  if (options === null || options.help) {
    ;(options === null ? console.error : console.log)(HELP)
    return options === null ? 2 : 0
  }
  const all = readLicences(process.cwd())
  if (options.json) console.log(JSON.stringify(all))
  else {
    for (const { name, version, licence } of all.filter(({ shipped }) => shipped)) console.log(`${licence.padEnd(14)}${name} ${version}`)
    console.log('\nOnly for building and testing:')
    const counts = Map.groupBy(
      all.filter(({ shipped }) => !shipped),
      ({ licence }) => licence,
    )
    for (const [licence, packages] of counts) console.log(`${String(packages.length).padStart(4)}  ${licence}`)
    for (const { name, licence } of all.filter(({ accepted }) => !accepted)) console.log(`Not accepted: ${name} (${licence})`)
  }
  return all.every(({ accepted }) => accepted) ? 0 : 1
}

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } } })
      .values
  } catch {
    return null
  }
}
