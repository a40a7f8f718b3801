package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"
)

const (
	maxHeaderDepth = 3
	maxClaimsDepth = 16
	lastSecond     = 253402300799 // the end of the year 9999
)

// claims are the claims of a token, read more strictly than the jwt package does: names may not stand twice, at any
// depth, and a claim of the wrong type is an error and not an absent claim.
type claims struct {
	fields map[string]any
	fault  *Error // why the text could not be read; kept because the jwt package wraps what UnmarshalJSON returns
}

// UnmarshalJSON reads the claims.
func (c *claims) UnmarshalJSON(data []byte) error {
	c.fields, c.fault = decodeObject(data, maxClaimsDepth)
	if c.fault != nil {
		return c.fault
	}
	return nil
}

var errClaimType = errors.New("a claim has the wrong type")

// GetExpirationTime implements jwt.Claims.
func (c *claims) GetExpirationTime() (*jwt.NumericDate, error) { return c.date("exp") }

// GetIssuedAt implements jwt.Claims.
func (c *claims) GetIssuedAt() (*jwt.NumericDate, error) { return c.date("iat") }

// GetNotBefore implements jwt.Claims.
func (c *claims) GetNotBefore() (*jwt.NumericDate, error) { return c.date("nbf") }

// GetIssuer implements jwt.Claims.
func (c *claims) GetIssuer() (string, error) { return c.text("iss") }

// GetSubject implements jwt.Claims.
func (c *claims) GetSubject() (string, error) { return c.text("sub") }

// GetAudience implements jwt.Claims: a string or a list of strings (RFC 7519, section 4.1.3).
func (c *claims) GetAudience() (jwt.ClaimStrings, error) {
	if one, ok := c.fields["aud"].(string); ok {
		return jwt.ClaimStrings{one}, nil
	}
	return c.list("aud")
}

// text returns a claim that is a string, or "" where there is none.
func (c *claims) text(name string) (string, error) {
	value, there := c.fields[name]
	text, ok := value.(string)
	if there && !ok {
		return "", errClaimType
	}
	return text, nil
}

// list returns a claim that is a list of strings, or nil where there is none.
func (c *claims) list(name string) ([]string, error) {
	value, there := c.fields[name]
	if !there {
		return nil, nil
	}
	members, ok := value.([]any)
	if !ok {
		return nil, errClaimType
	}
	texts := make([]string, len(members))
	for i, member := range members {
		if texts[i], ok = member.(string); !ok {
			return nil, errClaimType
		}
	}
	return texts, nil
}

// date returns a claim that is a NumericDate (RFC 7519, section 2), or nil where there is none. Fractions of a
// second are cut off.
func (c *claims) date(name string) (*jwt.NumericDate, error) {
	value, there := c.fields[name]
	if !there {
		return nil, nil
	}
	number, ok := value.(json.Number)
	if !ok {
		return nil, errClaimType
	}
	seconds, err := number.Float64()
	if err != nil || seconds < -lastSecond || seconds > lastSecond {
		return nil, errClaimType
	}
	return jwt.NewNumericDate(time.Unix(int64(seconds), 0)), nil
}

// at returns the claim of that name or, where there is none, the one that the name leads to as a path with dots. The
// whole name comes first because issuers use addresses such as https://example.org/role for claims of their own.
func (c *claims) at(name string) any {
	if value, there := c.fields[name]; there {
		return value
	}
	var value any = c.fields
	for part := range strings.SplitSeq(name, ".") {
		object, _ := value.(map[string]any)
		value = object[part]
	}
	return value
}

var (
	errTokenEncoding  = unauthenticated("the token is not made of three parts in base64url without padding")
	errTokenJSON      = unauthenticated("a part of the token is not a JSON object")
	errTokenDuplicate = unauthenticated("a name stands twice in a part of the token")
	errTokenDepth     = unauthenticated("a part of the token is nested too deep")
)

// decodeObject reads one JSON object in which no name stands twice (RFC 7515, section 4; RFC 7519, section 4).
// Numbers stay as they are written.
func decodeObject(data []byte, maxDepth int) (map[string]any, *Error) {
	if !utf8.Valid(data) || !json.Valid(data) {
		return nil, errTokenJSON
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	value, fault := decodeValue(dec, maxDepth)
	if fault != nil {
		return nil, fault
	}
	object, ok := value.(map[string]any)
	if _, err := dec.Token(); !ok || !errors.Is(err, io.EOF) {
		return nil, errTokenJSON
	}
	return object, nil
}

func decodeValue(dec *json.Decoder, depth int) (any, *Error) {
	token, err := dec.Token()
	if err != nil {
		return nil, errTokenJSON
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == 0 {
		return nil, errTokenDepth
	}
	if delim == '{' {
		return decodeMembers(dec, depth-1)
	}
	return decodeElements(dec, depth-1)
}

func decodeMembers(dec *json.Decoder, depth int) (map[string]any, *Error) {
	object := make(map[string]any, 8)
	for dec.More() {
		token, err := dec.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return nil, errTokenJSON
		}
		if _, twice := object[name]; twice {
			return nil, errTokenDuplicate
		}
		value, fault := decodeValue(dec, depth)
		if fault != nil {
			return nil, fault
		}
		object[name] = value
	}
	_, _ = dec.Token() // the brace: the text is known to be valid JSON
	return object, nil
}

func decodeElements(dec *json.Decoder, depth int) ([]any, *Error) {
	list := []any{}
	for dec.More() {
		value, fault := decodeValue(dec, depth)
		if fault != nil {
			return nil, fault
		}
		list = append(list, value)
	}
	_, _ = dec.Token()
	return list, nil
}
