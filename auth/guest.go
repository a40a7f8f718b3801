package auth

import "github.com/minutebook/minutebook/models"

// Guest is the role of a caller without a token.
const Guest models.Role = ""
