/**
 * The line on the page that loaded this file, and what its attributes say. `document.currentScript` is gone after
 * the first run, so it is read once, at load.
 *
 * - `data-to`: Doorplate's own origin, for a copy of this file that the site serves itself
 * - `data-basis="legitimate-interest"`: events without consent; the server enforces the site's own basis all the same
 * - `data-cmp="auto"`: the page's consent tool is asked, and its yes is needed on every basis
 * - `data-hash="#"`: what follows it in the fragment is a page of its own (`#/about`); `data-hash="#!"` for old apps
 */
export const line = document.currentScript as HTMLScriptElement
