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

// RevokeTokenPayload is the answer of revokeToken.
type RevokeTokenPayload struct {
	ID         *string
	UserErrors []*UserError
}

// IssueTokenPayload is the answer of issueToken.
type IssueTokenPayload struct {
	Token      *string
	ID         *string
	ExpiresAt  *DateTime
	UserErrors []*UserError
}

// Account is a local account as admins see it: without its hash.
type Account struct {
	Name       string
	Role       Role
	CreatedAt  DateTime
	DisabledAt *DateTime
}

// AccountPayload is the answer of a mutation that leaves an account behind.
type AccountPayload struct {
	Account    *Account
	UserErrors []*UserError
}

// CreateAccountPayload answers createAccount.
type CreateAccountPayload = AccountPayload

// SetAccountRolePayload answers setAccountRole.
type SetAccountRolePayload = AccountPayload

// ResetPasswordPayload answers resetPassword.
type ResetPasswordPayload = AccountPayload

// DisableAccountPayload answers disableAccount.
type DisableAccountPayload = AccountPayload
