/** Line drawings of the products; they take their colours from the page, so light and dark need no second file. */
import type { Drawing } from './catalogue.ts'
import { Html } from './html.ts'

const DRAWINGS: Readonly<Record<Drawing, string>> = {
  flow: `<path class="soft" d="M0 62h160v36H0z"/><path d="M0 62h160M0 98h160"/><path class="accent" d="M10 80c10-8 20 8 30 0s20 8 30 0 20 8 30 0 20 8 30 0 14 4 20 1"/>
<path class="body" d="M36 46h30v16H36zM94 98h30v16H94z"/><path class="accent dash" d="m52 62 56 36"/><path d="M51 46c0-18 14-22 28-22h12"/><path class="body" d="M92 10h50a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4H92a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4z"/><path class="accent" d="M98 30v-6m8 6V19m8 11v-8m8 8V16m8 14v-9"/>`,
  vibration: `<circle class="soft" cx="62" cy="72" r="42"/><circle cx="62" cy="72" r="42"/><circle cx="62" cy="72" r="26"/><circle class="body" cx="62" cy="72" r="12"/>
<path d="M62 40v6m0 52v6M30 72h6m52 0h6M39 49l5 5m36 36 5 5m0-46-5 5m-36 36-5 5"/><path class="body" d="M49 10h26v20H49z"/><path class="accent" d="M84 14c4 3 4 9 0 12m8-18c8 6 8 18 0 24"/>
<path class="accent" d="M112 84h6l4-10 6 24 6-40 6 32 4-6h12"/>`,
  gateway: `<path class="soft" d="M50 14h60v92H50z"/><path class="body" d="M56 14h48a4 4 0 0 1 4 4v84a4 4 0 0 1-4 4H56a4 4 0 0 1-4-4V18a4 4 0 0 1 4-4z"/><path d="M62 84h6v10h-6zm12 0h6v10h-6zm12 0h6v10h-6zM62 26h24"/>
<circle class="dot" cx="96" cy="26" r="3"/><path class="accent" d="M62 68V56m8 12V46m8 22V52m8 16V42m8 26V58"/><path d="M52 40H20m32 20H12m40 20H24"/><circle class="body" cx="16" cy="40" r="5"/><circle class="body" cx="8" cy="60" r="5"/><circle class="body" cx="20" cy="80" r="5"/>
<path class="accent" d="M108 60h20"/><path class="body" d="M128 46h24v28h-24zM134 80h12"/>`,
}

export function drawing(name: Drawing): Html {
  return new Html(`<svg class="drawing" viewBox="0 0 160 120" aria-hidden="true">${DRAWINGS[name]}</svg>`)
}

/** The chart beside the home page's first sentence: a day of a pump, and the reading that stood out. */
export const HERO =
  new Html(`<svg class="hero-chart" viewBox="14 0 422 270" role="img" aria-label="Flow of a pump over a day; one reading stands out at 6 p.m.">
<path class="grid" d="M30 40h390M30 100h390M30 160h390M30 220h390"/>
<path class="area" d="M30 214c30-4 40-60 70-70s40 30 66 26 34-76 64-80 40 44 62 44 30-62 58-70 44 40 70 36v136H30z"/>
<path class="line" d="M30 214c30-4 40-60 70-70s40 30 66 26 34-76 64-80 40 44 62 44 30-62 58-70 44 40 70 36"/>
<circle class="point" cx="354" cy="63" r="6"/><path class="lead" d="M354 57V28"/>
<rect class="tip" x="262" y="4" width="158" height="26" rx="6"/><text class="tip-text" x="341" y="22">41.8 m³/h at 18:00</text>
<text x="30" y="262">00:00</text><text x="132" y="262">06:00</text><text x="234" y="262">12:00</text><text x="336" y="262">18:00</text>
</svg>`)
