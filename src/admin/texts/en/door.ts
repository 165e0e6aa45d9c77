/** Signing in, invitations. */
export const door = {
  title: 'Sign in',
  lead: 'Which companies visit, never who.',
  token: 'Access token',
  wrong: 'That is not a valid token. It may have expired or been revoked.',
  button: 'Sign in',
  where:
    '`npm start` prints the token of a local Doorplate. In production it is the one you made when deploying, or one an owner made for you under Tokens.',
  tooMany: {
    title: 'Later',
    text: 'Too many sign-ins were refused in this hour. Wait for the next one; the owner’s first token still works.',
  },
  invitation: 'Invitation',
  invited: 'You were invited. This link works once.',
  noLongerValid: {
    title: 'No longer valid',
    text: 'This link was used, or its 15 minutes are over. Ask for a new one: `npm run tokens -- invite`.',
  },
}
