/** The demo's small files: an icon, what a GPC browser would be by itself, and the state of the opt-out switch. */

export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#0b6b62" stroke-width="2.4" stroke-linecap="round"><circle cx="16" cy="16" r="14"/><path d="M6 17c3 0 3-7 5-7s3 13 5 13 3-9 5-9 2 3 5 3"/></svg>`

/** What a browser with Global Privacy Control has before any script of a page runs; https://w3c.github.io/gpc/ */
export const GPC = `Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })\n`

/** Says which way the switch stands and offers the way back. Switching is the snippet's doing. */
export const CHOICE = `const standing = document.getElementById('standing')
const object = document.getElementById('object')
const back = document.getElementById('return')
const show = () => {
  const out = Boolean(localStorage.getItem('doorplate:opt-out'))
  const gpc = navigator.globalPrivacyControl === true ? 'Your browser has objected by itself: it sends Global Privacy Control.' : ''
  standing.textContent = out ? 'You have objected in this browser: nothing is sent.' : gpc
  object.hidden = out
  back.hidden = !out
}
object.addEventListener('click', (event) => { event.preventDefault(); doorplate('opt-out'); show() })
back.addEventListener('click', () => { doorplate('opt-in'); show() })
show()
`
