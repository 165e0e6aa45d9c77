import { Layout } from './layout.tsx'

export function LoginPage(props: { readonly failed: boolean }) {
  return (
    <Layout title="Sign in">
      <main class="login">
        <form method="post" action="/admin/login">
          <h1>
            <img src="/plate.svg" alt="" width="30" height="30" /> Doorplate
          </h1>
          <p>Which companies visit, never who.</p>
          <input class="hidden" type="text" name="username" value="owner" autocomplete="username" tabindex={-1} readonly />
          <label for="token">Admin token</label>
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="current-password"
            required
            placeholder="dp_…"
            aria-describedby="hint"
          />
          {props.failed ? (
            <p class="wrong" role="alert">
              That is not the token.
            </p>
          ) : null}
          <button type="submit">Sign in</button>
          <p id="hint" class="hint">
            <code>npm start</code> prints it. In production it is the token whose SHA-256 you stored as <code>ADMIN_TOKEN_HASH</code>.
          </p>
        </form>
      </main>
    </Layout>
  )
}
