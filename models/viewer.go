package models

// Viewer is who is asking, as the API tells it.
type Viewer struct {
	Subject   string
	Role      Role
	Roles     []Role
	ExpiresAt DateTime
}
