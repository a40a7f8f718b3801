package models

// SignInPayload is the answer of signIn.
type SignInPayload struct {
	Token      *string
	ExpiresAt  *DateTime
	Viewer     *Viewer
	UserErrors []*UserError
}

// SignOutPayload is the answer of signOut.
type SignOutPayload struct {
	SignedOut  bool
	UserErrors []*UserError
}

// RevokeTokensPayload is the answer of revokeTokens.
type RevokeTokensPayload struct {
	Subject    *string
	UserErrors []*UserError
}
