/** The tests' name for it. */
export { DESKTOP, launchChromium } from '../../src/tools/chromium.ts'
