import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { api } from './api.ts'
import { type AdminEnv, configured, signedIn, signIn, signOut } from './auth.ts'
import { LoginPage } from './pages/login.tsx'
import { pages } from './pages/routes.tsx'
import { problem } from './problem.ts'

/** The admin: JSON under /admin/api, the same queries as pages. Nothing inline, nothing from elsewhere, nothing cached. */
export const admin = new Hono<AdminEnv>().basePath('/admin')

// The framework's own handlers print the stack or the path asked for; ours say one sentence.
admin.onError((error, c) => {
  if (error instanceof HTTPException && error.status === 403) return problem(c, 403, 'This form was sent from another site.')
  return problem(c, 500, 'The ledger did not answer. Try again; have the migrations run?')
})
admin.notFound((c) => problem(c, 404, 'There is nothing here.'))

admin.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
  }),
  async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
  },
  configured,
  csrf(),
)

admin.get('/login', (c) => c.html(<LoginPage failed={false} />))

admin.post('/login', async (c) => {
  const { token } = await c.req.parseBody()
  if (typeof token === 'string' && (await signIn(c, token.trim(), Date.now()))) return c.redirect('/admin', 303)
  return c.html(<LoginPage failed={true} />, 401)
})

admin.post('/logout', (c) => {
  signOut(c)
  return c.redirect('/admin/login', 303)
})

admin.use(signedIn)
admin.route('/api', api)
admin.route('/', pages)
