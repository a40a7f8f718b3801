package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/MicahParks/jwkset"
)

const (
	maxKeySetBytes = 256 << 10
	maxKeys        = 100
	firstRetry     = time.Second
	minRSABits     = 2048 // RFC 7518, section 3.3
	maxRSABits     = 8192
)

// keyName is what a key is found by. The algorithm is a part of the name, so that a key verifies only its own.
type keyName struct{ kid, alg string }

// snapshot is a key set as it was at one moment. It is never changed.
type snapshot struct {
	keys    map[keyName]any
	fetched time.Time
}

// keySet holds the keys of a JWKS and renews them in a goroutine of its own. The jwkset package decodes the single
// keys; its HTTP client is not used, since it fetches within the request that has an unknown kid, reads a body of
// any size and gives up on a whole set for one odd key.
type keySet struct {
	config  Config
	client  *http.Client
	log     *slog.Logger
	current atomic.Pointer[snapshot]
	wake    chan struct{} // a kid was not found; one pending wish is enough
	cancel  context.CancelFunc
	done    chan struct{}
}

func startKeySet(ctx context.Context, config Config) *keySet {
	ctx, cancel := context.WithCancel(ctx)
	k := &keySet{
		config: config,
		client: &http.Client{
			Timeout:       config.KeyTimeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		log:    config.Logger,
		wake:   make(chan struct{}, 1),
		cancel: cancel,
		done:   make(chan struct{}),
	}
	go k.run(ctx)
	return k
}

func (k *keySet) close() {
	k.cancel()
	<-k.done
}

// find returns the key of that name and algorithm. It never waits: where there is none it asks for a refresh.
func (k *keySet) find(kid, alg string) (any, error) {
	if k == nil {
		return nil, unauthenticated("the token's algorithm or signature is not accepted")
	}
	if fault := k.usable(); fault != nil {
		return nil, fault
	}
	if key, there := k.current.Load().keys[keyName{kid, alg}]; there {
		return key, nil
	}
	select {
	case k.wake <- struct{}{}:
	default:
	}
	return nil, unauthenticated("the token names a key that is not known")
}

func (k *keySet) usable() *Error {
	set := k.current.Load()
	if set == nil {
		return unavailable("the issuer's keys could not be fetched yet")
	}
	if k.config.Clock().Sub(set.fetched) > k.config.KeyMaxAge {
		return unavailable("the issuer's keys could not be fetched for too long")
	}
	return nil
}

// run fetches the set now, at every interval, and when a kid was not found, but never sooner than the shortest
// interval after the last time; after a failure it tries again soon, and less soon each time up to that interval.
func (k *keySet) run(ctx context.Context) {
	defer close(k.done)
	retry := firstRetry
	for {
		select { // a wish from before this fetch is granted by it
		case <-k.wake:
		default:
		}
		err := k.refresh(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			k.log.Warn("the key set could not be fetched; keys from before stay in use", "url", k.config.JWKSURL, "error", err)
			retry = min(retry, k.config.KeyRefreshMin)
			if !sleep(ctx, retry) {
				return
			}
			retry *= 2
			continue
		}
		retry = firstRetry
		if !sleep(ctx, k.config.KeyRefreshMin) || !k.wait(ctx, k.config.KeyRefresh-k.config.KeyRefreshMin) {
			return
		}
	}
}

// wait returns after the time, a tenth more or less so that servers do not ask all at once, or when a kid was not
// found. It is false when ctx ended.
func (k *keySet) wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(jitter(d))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-k.wake:
	}
	return true
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(jitter(d)):
		return true
	}
}

func jitter(d time.Duration) time.Duration {
	d = max(d, 0)
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d)) //nolint:gosec // it spreads requests and guards nothing
}

// refresh fetches the set and puts it into use as a whole: keys that it lacks are revoked.
func (k *keySet) refresh(ctx context.Context) error {
	body, err := k.fetch(ctx)
	if err != nil {
		return err
	}
	keys, skipped, err := readKeySet(body)
	if err != nil {
		return err
	}
	for _, reason := range skipped {
		k.log.Debug("a key of the key set is not used", "url", k.config.JWKSURL, "reason", reason)
	}
	if len(keys) == 0 {
		k.log.Warn("the key set has no key that can be used", "url", k.config.JWKSURL, "skipped", len(skipped))
	}
	k.current.Store(&snapshot{keys: keys, fetched: k.config.Clock()})
	return nil
}

func (k *keySet) fetch(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, k.config.JWKSURL, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	response, err := k.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the answer has status %d, want 200; redirects are not followed", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxKeySetBytes+1))
	if err == nil && len(body) > maxKeySetBytes {
		err = fmt.Errorf("the answer is longer than %d bytes", maxKeySetBytes)
	}
	return body, err
}

// readKeySet reads a JWK Set (RFC 7517, section 5). Keys that cannot be used are left out, with the reason; of two
// with the same name and algorithm the first is taken.
func readKeySet(body []byte) (keys map[keyName]any, skipped []error, err error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(body, &set); err != nil {
		return nil, nil, fmt.Errorf("the answer is not a JWK Set: %w", err)
	}
	if set.Keys == nil || len(set.Keys) > maxKeys {
		return nil, nil, fmt.Errorf("the answer is not a JWK Set of at most %d keys", maxKeys)
	}
	keys = make(map[keyName]any, len(set.Keys))
	for i, text := range set.Keys {
		name, key, err := readKey(text)
		if _, twice := keys[name]; err == nil && twice {
			err = errors.New("its kid and alg stand twice")
		}
		if err != nil {
			skipped = append(skipped, fmt.Errorf("key %d: %w", i, err))
			continue
		}
		keys[name] = key
	}
	return keys, skipped, nil
}

// readKey reads one key for verifying signatures and finds its algorithm.
func readKey(text []byte) (keyName, any, error) {
	var m jwkset.JWKMarshal
	if err := json.Unmarshal(text, &m); err != nil {
		return keyName{}, nil, err
	}
	switch {
	case m.KTY == jwkset.KtyOct || m.K != "":
		return keyName{}, nil, errors.New("a shared secret does not belong into a key set")
	case m.D != "":
		return keyName{}, nil, errors.New("it contains the private key, so anybody can sign with it")
	case m.KID == "" || len(m.KID) > maxNameBytes:
		return keyName{}, nil, errors.New("it has no kid, or one that is too long")
	case m.USE != jwkset.UseSig && (m.USE != "" || !slices.Contains(m.KEYOPS, jwkset.KeyOpsVerify)):
		return keyName{}, nil, errors.New("it is not for signatures (use is not sig)")
	}
	m.X5C, m.X5U, m.X5T, m.X5TS256 = nil, "", "", "" // certificates say nothing that the set does not
	jwk, err := jwkset.NewJWKFromMarshal(m, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
	if err != nil {
		return keyName{}, nil, err
	}
	alg, err := algorithm(jwk.Key(), m.ALG.String())
	return keyName{m.KID, alg}, jwk.Key(), err
}

// algorithm returns the one algorithm of a key (RFC 8725, section 3.1): the one it names, if its kind and size allow
// that one, else the usual one of its kind.
func algorithm(key any, named string) (string, error) {
	var allowed []string
	switch key := key.(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits < minRSABits || bits > maxRSABits {
			return "", fmt.Errorf("an RSA key of %d bits, want %d to %d", bits, minRSABits, maxRSABits)
		}
		allowed = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
	case *ecdsa.PublicKey:
		allowed = []string{map[int]string{256: "ES256", 384: "ES384", 521: "ES512"}[key.Curve.Params().BitSize]}
	case ed25519.PublicKey:
		allowed = []string{"EdDSA"}
	default:
		return "", fmt.Errorf("a key of type %T cannot verify signatures", key)
	}
	if named == "" {
		return allowed[0], nil
	}
	if !slices.Contains(allowed, named) {
		return "", fmt.Errorf("its alg does not fit its kind, which allows %v", allowed)
	}
	return named, nil
}
