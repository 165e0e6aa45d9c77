/** Every page of the demo website by its path. */
import type { Page } from '../page.ts'
import { careers } from './careers.ts'
import { contact, thanks } from './contact.ts'
import { home } from './home.ts'
import { articles, news } from './news.ts'
import { pricing } from './pricing.ts'
import { privacy } from './privacy.ts'
import { productPages, products } from './products.ts'

const ALL: readonly Page[] = [home, products, ...productPages, pricing, news, ...articles, careers, contact, thanks, privacy]

export const PAGES: ReadonlyMap<string, Page> = new Map(ALL.map((page) => [page.path, page]))
