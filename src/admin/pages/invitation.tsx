import { Layout } from './layout.tsx'

/** Where a one-time link leads: a button, pressed once. */
export function InvitationPage(props: { readonly code: string }) {
  return (
    <Layout title="Invitation">
      <main class="login">
        <form method="post" action="/admin/invitation">
          <h1>
            <img src="/plate.svg" alt="" width="30" height="30" /> Doorplate
          </h1>
          <p>You were invited. This link works once.</p>
          <input type="hidden" name="code" value={props.code} />
          <button type="submit">Sign in</button>
        </form>
      </main>
    </Layout>
  )
}
