package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"
)

// Bounds of a password. The upper one keeps a stranger from having the server read megabytes; it lies far above any
// password manager's.
const (
	MinPasswordRunes = 12
	MaxPasswordBytes = 1024
)

// PasswordCost is what hashing a password takes. The zero value stands for OWASP's choice for argon2id: 19 MiB, two
// passes, one thread.
type PasswordCost struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

const (
	saltBytes    = 16
	hashBytes    = 32
	maxMemoryKiB = 256 << 10 // a stored hash that asks for more was not written by us
	maxPasses    = 16
)

// Passwords hashes passwords and checks them, not more than so many at once: each takes its memory and a core.
type Passwords struct {
	cost    PasswordCost
	dummy   passwordHash
	slots   *semaphore.Weighted
	maxWait time.Duration
}

// NewPasswords returns a hasher of that cost that works on at most concurrent passwords at a time; 0 stands for half
// of the cores, at least one. Who waits longer than maxWait (2 s for 0) for a turn gets an error of kind
// ErrUnavailable.
func NewPasswords(cost PasswordCost, concurrent int, maxWait time.Duration) (*Passwords, error) {
	cost.MemoryKiB = orDefault(cost.MemoryKiB, 19<<10)
	cost.Passes = orDefault(cost.Passes, 2)
	cost.Threads = orDefault(cost.Threads, 1)
	concurrent = orDefault(concurrent, max(1, runtime.GOMAXPROCS(0)/2))
	if !cost.bounded() || concurrent < 0 || maxWait < 0 {
		return nil, fmt.Errorf("the cost of hashing a password is out of bounds: at most %d KiB and %d passes", maxMemoryKiB, maxPasses)
	}
	p := &Passwords{
		cost: cost, slots: semaphore.NewWeighted(int64(concurrent)), maxWait: orDefault(maxWait, 2*time.Second),
	}
	p.dummy = p.fresh()
	p.dummy.sum = randomBytes(hashBytes) // no password has this hash
	return p, nil
}

func (c PasswordCost) bounded() bool {
	return c.Passes >= 1 && c.Passes <= maxPasses && c.Threads >= 1 &&
		c.MemoryKiB >= 8*uint32(c.Threads) && c.MemoryKiB <= maxMemoryKiB
}

// CheckPassword returns an error that says what is wrong with a new password: fewer than 12 characters, more than
// 1,024 bytes, not UTF-8, a NUL in it, or hardly two different characters. It does not repeat the password.
func CheckPassword(password string) error {
	different := map[rune]bool{}
	for _, r := range password {
		different[r] = true
	}
	switch {
	case !hashable(password):
		return fmt.Errorf("a password must be UTF-8 of at most %d bytes without NUL", MaxPasswordBytes)
	case utf8.RuneCountInString(password) < MinPasswordRunes:
		return fmt.Errorf("a password must have at least %d characters", MinPasswordRunes)
	case len(different) < 4:
		return errors.New("a password must have at least 4 different characters")
	}
	return nil
}

func hashable(password string) bool {
	return len(password) <= MaxPasswordBytes && utf8.ValidString(password) && !strings.Contains(password, "\x00")
}

// Hash returns the hash of a new password that CheckPassword accepts, in PHC string form.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if err := CheckPassword(password); err != nil {
		return "", err
	}
	h := p.fresh()
	sum, err := p.sum(ctx, password, h)
	if err != nil {
		return "", err
	}
	h.sum = sum
	return h.String(), nil
}

// Verify reports whether the password has the hash. An empty hash stands for an account that does not exist or has
// no password: it takes as long and is never a match. Stale says that the password matched a hash of another cost
// than today's and should be hashed anew. An error is of kind ErrUnavailable, or names a hash that cannot be read.
func (p *Passwords) Verify(ctx context.Context, password, hash string) (match, stale bool, err error) {
	if !hashable(password) {
		return false, false, nil // the same for every account, so nothing can be learnt from the time
	}
	known, unreadable := p.dummy, error(nil)
	if hash != "" {
		if known, unreadable = parseHash(hash); unreadable != nil {
			known = p.dummy
		}
	}
	sum, err := p.sum(ctx, password, known)
	if err == nil {
		err = unreadable
	}
	if err != nil {
		return false, false, err
	}
	match = subtle.ConstantTimeCompare(sum, known.sum) == 1
	return match, match && (known.cost != p.cost || len(known.sum) != hashBytes), nil
}

// sum hashes the password when there is a free slot. Its text is brought into the form NFC first, since systems
// differ in how they type an é (NIST SP 800-63B-4, section 3.1.1.2).
func (p *Passwords) sum(ctx context.Context, password string, h passwordHash) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, p.maxWait)
	defer cancel()
	if err := p.slots.Acquire(ctx, 1); err != nil {
		return nil, unavailable("too many passwords are being checked: try again")
	}
	defer p.slots.Release(1)
	text := norm.NFC.String(password)
	return argon2.IDKey([]byte(text), h.salt, h.cost.Passes, h.cost.MemoryKiB, h.cost.Threads, uint32(len(h.sum))), nil
}

func (p *Passwords) fresh() passwordHash {
	return passwordHash{cost: p.cost, salt: randomBytes(saltBytes), sum: make([]byte, hashBytes)}
}

func randomBytes(n int) []byte {
	raw := make([]byte, n)
	if _, err := rand.Read(raw); err != nil {
		panic(err) // crypto/rand never fails on the systems Go supports
	}
	return raw
}

// passwordHash is a hash with what is needed to make it again.
type passwordHash struct {
	cost      PasswordCost
	salt, sum []byte
}

const phcForm = "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"

// String returns the PHC string form: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func (h passwordHash) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf(phcForm, argon2.Version, h.cost.MemoryKiB, h.cost.Passes, h.cost.Threads,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.sum))
}

var errHash = errors.New("a stored password hash cannot be read: set the password of the account anew")

// parseHash reads what String writes and nothing else, with bounds on what it asks for.
func parseHash(text string) (passwordHash, error) {
	var h passwordHash
	parts := strings.Split(text, "$")
	if len(parts) != 6 {
		return h, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.cost.MemoryKiB, &h.cost.Passes, &h.cost.Threads); err != nil {
		return h, errHash
	}
	var err1, err2 error
	h.salt, err1 = base64.RawStdEncoding.Strict().DecodeString(parts[4])
	h.sum, err2 = base64.RawStdEncoding.Strict().DecodeString(parts[5])
	lengths := len(h.salt) >= 8 && len(h.salt) <= 64 && len(h.sum) >= 16 && len(h.sum) <= 64
	if err1 != nil || err2 != nil || !lengths || !h.cost.bounded() || h.String() != text {
		return h, errHash
	}
	return h, nil
}
