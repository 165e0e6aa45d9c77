/** The peer of `npm run bench -- pages`: a page of Hono's with nothing on it. */
import { Hono } from 'hono/tiny'

const page = new Hono()
page.get('/admin', (c) => c.html('<!doctype html><html lang="en"><title>Nothing</title><h1>Nothing</h1></html>'))

export default page
