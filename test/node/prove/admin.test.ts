import { describe, expect, test } from 'vitest'
import { readSurface, untaken } from '../../../src/tools/prove/admin-surface.ts'
import { formsOf, linksOf } from '../../../src/tools/prove/page-forms.ts'

describe('the surface of the admin', () => {
  test('P10 is its own router and its own pages', async () => {
    const { routes, pages, forms } = await readSurface()
    expect(routes).toEqual(
      expect.arrayContaining([
        { method: 'POST', path: '/admin/api/rules' },
        { method: 'POST', path: '/admin/login' },
      ]),
    )
    expect(pages).toContain('/admin/companies/:key')
    expect(forms).toContainEqual({ path: '/admin/rules', form: 'save' })
  })

  test('P10 a route or a form that was not taken, or was refused, is named', () => {
    const surface = {
      routes: [
        { method: 'PUT', path: '/admin/api/sites/:id' },
        { method: 'DELETE', path: '/admin/api/sites/:id' },
        { method: 'GET', path: '/admin/api/export.csv' },
      ],
      pages: ['/admin/rules'],
      forms: [
        { path: '/admin/rules', form: 'save' },
        { path: '/admin/rules', form: 'remove' },
      ],
    }
    const asked = [
      { method: 'PUT', path: '/admin/api/sites/shop', form: null, status: 200 },
      { method: 'DELETE', path: '/admin/api/sites/shop/more', form: null, status: 200 },
      { method: 'GET', path: '/admin/api/exportxcsv', form: null, status: 200 },
      { method: 'POST', path: '/admin/rules', form: 'save', status: 422 },
      { method: 'POST', path: '/admin/rules', form: 'remove', status: 303 },
    ]
    expect(untaken(surface, asked)).toEqual(['DELETE /admin/api/sites/:id', 'GET /admin/api/export.csv', 'form save of /admin/rules'])
  })
})

describe('the forms of a page', () => {
  const html = `<nav><a href="/admin?site=a&amp;days=7#top">7</a></nav>
    <form action="/admin"><input type="hidden" name="site" value="a"/><select name="kind"><option value="">all</option><option value="education">x</option></select><input name="q"/></form>
    <form method="post" action="/admin/rules?site=a" class="stack"><input type="hidden" name="form" value="save"/>
      <input name="range" type="text" value=""/><input name="n" type="number" min="3"/><input type="radio" name="for" value="site"/><input type="radio" name="for" value="all" checked=""/>
      <select name="role"><option value="viewer">v</option><option value="owner" selected="">o</option></select>
      <textarea name="why" rows="3">a &amp; b</textarea><input type="checkbox" name="sure" value="yes"/><button type="submit">Save</button></form>`

  test('are filled in as somebody would who tries them all', () => {
    const [form] = formsOf(html)
    expect(form).toMatchObject({ name: 'save', action: '/admin/rules?site=a' })
    expect(Object.fromEntries(new URLSearchParams(form?.body))).toEqual({
      ...{ form: 'save', range: '198.51.96.0/20', n: '3', for: 'all', role: 'owner', why: 'a & b', sure: 'yes' },
    })
  })

  test('and what only asks is a link', () => {
    expect(linksOf(html)).toEqual(['/admin?site=a&days=7', '/admin?site=a&kind=education'])
  })
})
