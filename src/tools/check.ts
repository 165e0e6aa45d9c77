/**
 * `npm run check -- <https://site>`: what a page really sends to Doorplate, in a real browser, before and after a
 * choice. The page's source alone can't tell: a consent tool may hold the line back, or not.
 */
import { readCheckOptions } from './check/options.ts'
import { exitCode, reportText } from './check/report.ts'
import { check } from './check/run.ts'
import { launchChromium } from './chromium.ts'

const request = readCheckOptions(process.argv.slice(2))

if ('help' in request) console.log(request.help)
else if ('wrong' in request) {
  console.error(request.wrong)
  process.exitCode = 2
} else {
  const browser = await launchChromium(request.run.browser ?? undefined)
  try {
    const result = await check(browser, request.run)
    console.log(request.run.json ? JSON.stringify(result, null, 2) : reportText(result))
    process.exitCode = exitCode(result)
  } catch (error) {
    // What follows the first line is the browser driver's own log.
    console.error(error instanceof Error ? error.message.split('\n')[0] : 'The page could not be opened.')
    process.exitCode = 2
  } finally {
    await browser.close()
  }
}
