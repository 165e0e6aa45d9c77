/**
 * What a request carries besides its address: every header and every field of `request.cf` that could be kept has a
 * token of its own, so that a find says which one leaked. The country is real: it is the one field that may be
 * counted (P2).
 *
 * Tokens are constants of 20 letters and digits: no two are alike and none occurs by chance.
 */
export interface Sentinel {
  /** Where it travels, e.g. `header User-Agent` or `cf.city`. */
  readonly name: string
  readonly token: string
  /** The whole value it stands in, where that is more than the token: digests are made of whole values. */
  readonly whole: string
  /** Headers are the usual material of fingerprints: they are also looked for as salted digests. */
  readonly fingerprint: boolean
}

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Tk4vQz8LmXw2RbN7cYp5'

/** Header name to value; the token is the run of 20 letters and digits in it. */
const HEADERS = {
  'User-Agent': AGENT,
  'Accept-Language': 'de-DE,de;q=0.9,x-Hn6sWd3KtJq9ZfV2gBm8',
  Cookie: 'session=Pc5xUy7DrLa4GkS9eMw3; theme=dark',
  'Cf-Ray': 'Vb2nHq8TzXe6JmC4fRk9-FRA',
  Referer: 'https://shop.canary.example/konto?mail=Wy3kLs7PdGt5NvB9hZx4',
  'Sec-CH-UA': '"Fn9cRm4XjKw8QpT2yDs6";v="140"',
  'X-Request-Id': 'Mz7bVg5HxLq3CtY8wKf2',
  'Sec-CH-UA-Model': '"Jd4tPw9NkZs6BrX3vGm7"',
  'Sec-CH-UA-Platform-Version': '"Ug3nXk8QzWb5TdH7mRs4"',
  'If-None-Match': '"Av9pGx4LcVt6NsJ2wKf8"',
  'CF-IPCity': 'Oq5rZm7HwDk3BxT9cNv6',
  From: 'Ik8tLd3VgPz6QnW4xHs9@canary.example',
} as const

/** Fields of `request.cf`, nested ones by a dot; numbers are as unlikely as ten digits are. */
const CF_TOKENS = {
  asOrganization: 'Qa8zMn3VtLc6XwK9pHd5',
  city: 'Ry5gBk7FsJx2DmT4vNq8',
  region: 'Lh3wZc9PrGv6KtX5bMf7',
  regionCode: 'Db7nQx4TyHs8WkV3mJz6',
  postalCode: 'Xf6pKd2MvRt9LgN5cBw4',
  metroCode: 'Gs9jVm5ZqXb3HwT7kPc8',
  latitude: 'Kt2cNf8RzDx6MvQ4gWs5',
  longitude: 'Zp4hXb6LkGm9TcJ7rVd3',
  timezone: 'Bw8dRs3VnPq5XzM6fKt9',
  colo: 'Nm5vTj7KxWc2GhZ8sQb4',
  continent: 'Hc9qLp4DfXt6RkB3mVz7',
  httpProtocol: 'Sx3mGw8JtNb5KcP9vDr6',
  requestPriority: 'Vk7tZd2QxHm4LsR6pNf8',
  tlsVersion: 'Fq5bXn9MwTc3GvK7hJz2',
  tlsCipher: 'Tj8rPs4DkVm6XbQ9wLc5',
  tlsClientRandom: 'Cz6wHt3NxGk8MfV5qRb9',
  tlsClientHelloLength: 'Pw4kJd7ZsBx2TnL6vQm3',
  tlsClientExtensionsSha1: 'Mr9xCv5KhWt8GqN4bZp7',
  tlsClientExtensionsSha1Le: 'Wb3fQk6TzLd9XsJ2mHv8',
  tlsClientCiphersSha1: 'Jt7nVx4GpRc5MwK8dZs6',
  clientAcceptEncoding: 'Xn2sBq9HvTm6LfD4kPw3',
  verifiedBotCategory: 'Gd8cZr5KwJt3NxV7pQb9',
  edgeRequestKeepAliveStatus: 'Qv6hMs2XkTb4RzL9gFd7',
  'botManagement.ja3Hash': 'Zk5tWn8PxGv3CdJ6qMr4',
  'botManagement.ja4': 'Rb9mXs4LtHf7KzQ2wVc6',
  'tlsClientAuth.certSubjectDN': 'Dx3vJp7TkNw5GbM8sZh2',
  'tlsClientAuth.certSerial': 'Lq8gRt6VzKc4XnF9mWd5',
  'tlsClientAuth.certFingerprintSHA256': 'Hs2zBv9DxPm7TkQ5jGw3',
  'tlsExportedAuthenticator.clientHandshake': 'Km4xNc8RvWt6LdZ3fJq9',
  'tlsExportedAuthenticator.clientFinished': 'Td7pGs5XbMk2HvQ8wRz4',
  'tlsExportedAuthenticator.serverHandshake': 'Bq9kVw3JnTc6ZxL5dMf7',
  'tlsExportedAuthenticator.serverFinished': 'Wx5rDh8PtGm4KsN7vCb2',
  'hostMetadata.tenant': 'Nf6vTz2QkXj9MbR4gLw8',
} as const

const CF_NUMBERS = { asn: 4219473856, clientTcpRtt: 3948217365, clientQuicRtt: 2873649105, clientTrustScore: 3618294057 } as const

/** Claims of the assertion of Cloudflare Access that say more than who it is. */
export const ACCESS_CLAIMS = {
  sub: 'Rc6kTw9NvXz3HdM8bGq5',
  identity_nonce: 'Yf4mJs7LpBt2QxV9cRk6',
  custom: 'Ew8gDn3ZrKh5TvC7xPm2',
} as const

const token = (value: string): string => /[A-Z][a-z0-9][A-Za-z0-9]{18}/.exec(value)?.[0] ?? value

const headerSentinel = ([name, value]: [string, string]): Sentinel => ({
  name: `header ${name}`,
  token: token(value),
  whole: value,
  fingerprint: true,
})
const cfSentinel = ([name, value]: [string, string | number]): Sentinel => ({
  name: `cf.${name}`,
  token: String(value),
  whole: String(value),
  fingerprint: false,
})

const claimSentinel = ([name, value]: [string, string]): Sentinel => ({
  name: `Access claim ${name}`,
  token: value,
  whole: value,
  fingerprint: false,
})

export const USER_AGENT = AGENT

export const SENTINELS: readonly Sentinel[] = [
  ...Object.entries(HEADERS).map(headerSentinel),
  ...Object.entries({ ...CF_TOKENS, ...CF_NUMBERS }).map(cfSentinel),
  ...Object.entries(ACCESS_CLAIMS).map(claimSentinel),
]

/** Headers of every request the proof sends. */
export const SENTINEL_HEADERS: Readonly<Record<string, string>> = HEADERS

/** `request.cf` of every request, as the header the local runtime takes it from. */
export const CF_HEADER: Readonly<Record<string, string>> = { 'MF-CF-Blob': JSON.stringify({ country: 'DE', ...CF_NUMBERS, ...nested() }) }

function nested(): Record<string, unknown> {
  const cf: Record<string, Record<string, string> | string> = {}
  for (const [path, value] of Object.entries(CF_TOKENS)) {
    const [outer = path, inner] = path.split('.')
    if (inner === undefined) cf[outer] = value
    else cf[outer] = { ...(typeof cf[outer] === 'object' ? cf[outer] : {}), [inner]: value }
  }
  return cf
}
