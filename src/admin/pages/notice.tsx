import { Layout } from './layout.tsx'

/** A page with one sentence: what is not there, and what to do. */
export function NoticePage(props: { readonly title: string; readonly text: string }) {
  return (
    <Layout title={props.title}>
      <main class="login">
        <section>
          <h1>{props.title}</h1>
          <p>{props.text}</p>
          <p>
            <a href="/admin">Back to the companies</a>
          </p>
        </section>
      </main>
    </Layout>
  )
}
