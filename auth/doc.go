// Package auth says who is asking and what a role may do.
//
// It verifies JSON Web Tokens as RFC 8725 wants it ([Verifier]): HS256 with the server's own secret, and
// RS, PS, ES and EdDSA with the keys of a JWKS that is refreshed in the background. It issues tokens of its own
// ([Issuer]), hashes and checks passwords with argon2id ([Passwords]), slows down guessing ([Throttle]), puts the
// three together into one way to sign in ([SignIn]), remembers revoked tokens ([Revocations]), carries the actor of
// a request in its context, and holds the one table of what each role may do ([Rules]).
//
// It does not know GraphQL, and it reads no table: accounts and revocations are handed in by functions of the store.
// Verifying a token touches neither the network nor the disk; the key set is fetched by a goroutine of its own. It
// decides by role and operation only: which records exist for an actor is the row filter of package store, and rules
// about single fields stand with the fields. It writes no token, no password and no secret to a log or an error:
// every [Error] has a fixed text.
//
// Decisions worth knowing:
//
//   - No token is a guest; a token that does not verify is an error, never a guest.
//   - A token stands in the Authorization header and nowhere else: not in a cookie, a form or the address.
//   - The header typ must be JWT or at+jwt. A token of the key set may leave it out, as Okta and Amazon Cognito do;
//     one of ours may not.
//   - The header fields jku, jwk, x5u, x5c, crit and b64 are refused rather than ignored: no issuer that we trust
//     sends them. So is a kid on an HS256 token: a kid names a key of the key set.
//   - A kid that is not in the key set is refused at once and asks for a refresh in the background, at most one every
//     half minute. Issuers publish a key before they sign with it, so nobody notices; those that do not see a 401
//     until the refresh is done.
//   - A key of a JWKS verifies exactly one algorithm: the one it names, else the one of its curve, else RS256.
package auth
