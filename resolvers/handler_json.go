package resolvers

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxJSONDepth is how deep the JSON of a request may be nested. A filter of the deepest kind with lists takes 40.
const maxJSONDepth = 64

// Errors of the JSON reader. None repeats what was sent.
var (
	errJSONText      = errors.New("the body is no JSON of UTF-8")
	errJSONDepth     = errors.New("the JSON is nested too deeply")
	errJSONDuplicate = errors.New("an object of the JSON has a key twice")
	errJSONMore      = errors.New("there is more than one JSON value")
	errNotRequest    = errors.New("a request is a JSON object with the key query; batches are not taken")
	errNoQuery       = errors.New("the key query is missing, or is no string")
	errDocumentID    = errors.New("documentId is no string, or empty")
	errJSONName      = errors.New("operationName is no string")
	errJSONVariables = errors.New("variables are no object")
	errJSONExtension = errors.New("extensions are no object")
	errJSONCase      = errors.New("a key is written in another case: query, documentId, operationName, variables and extensions are the names")
)

// request is a GraphQL request, whatever brought it.
type request struct {
	query         string
	documentID    string // of a document that was stored beforehand
	operationName string
	variables     map[string]any
	extensions    map[string]any
	reading       bool // by GET: queries only
}

// readJSON reads one JSON value strictly. Numbers stay as they are written, objects become maps. encoding/json takes
// duplicate keys, bytes that are no UTF-8, and a nesting of 10,000; a request has no use for any of them, and to find them
// with its tokens took a twentieth of the time of a small question. Texts are parts of what is read and hold it in memory.
func readJSON(text []byte) (any, error) {
	if !utf8.Valid(text) {
		return nil, errJSONText
	}
	r := &jsonReader{text: string(text)}
	value, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if r.space(); r.at < len(r.text) {
		return nil, errJSONMore
	}
	return value, nil
}

// jsonReader reads a JSON text from its start.
type jsonReader struct {
	text string
	at   int
}

// space passes over white space.
func (r *jsonReader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

// next returns the next byte that is no white space, 0 at the end.
func (r *jsonReader) next() byte {
	if r.space(); r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

// take passes over a byte, if it is the next one that is no white space.
func (r *jsonReader) take(b byte) bool {
	if r.next() != b {
		return false
	}
	r.at++
	return true
}

// value reads a value with depth brackets around it.
func (r *jsonReader) value(depth int) (any, error) {
	switch c := r.next(); c {
	case '{', '[':
		if depth == maxJSONDepth {
			return nil, errJSONDepth
		}
		r.at++
		if c == '{' {
			return r.object(depth + 1)
		}
		return r.array(depth + 1)
	case '"':
		return r.string()
	case 't':
		return true, r.word("true")
	case 'f':
		return false, r.word("false")
	case 'n':
		return nil, r.word("null")
	}
	return r.number()
}

func (r *jsonReader) word(word string) error {
	if !strings.HasPrefix(r.text[r.at:], word) {
		return errJSONText
	}
	r.at += len(word)
	return nil
}

func (r *jsonReader) object(depth int) (any, error) {
	object := map[string]any{}
	if r.take('}') {
		return object, nil
	}
	for {
		if r.next() != '"' {
			return nil, errJSONText
		}
		key, err := r.string()
		if err != nil || !r.take(':') {
			return nil, errJSONText
		}
		if _, twice := object[key]; twice {
			return nil, errJSONDuplicate
		}
		if object[key], err = r.value(depth); err != nil {
			return nil, err
		}
		if r.take('}') {
			return object, nil
		}
		if !r.take(',') {
			return nil, errJSONText
		}
	}
}

func (r *jsonReader) array(depth int) (any, error) {
	array := []any{}
	if r.take(']') {
		return array, nil
	}
	for {
		value, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		array = append(array, value)
		if r.take(']') {
			return array, nil
		}
		if !r.take(',') {
			return nil, errJSONText
		}
	}
}

// string reads a string. What has escapes is read by encoding/json.
func (r *jsonReader) string() (string, error) {
	start, escaped := r.at, false
	for r.at++; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; {
		case c == '"':
			r.at++
			if !escaped {
				return r.text[start+1 : r.at-1], nil
			}
			var text string
			if json.Unmarshal([]byte(r.text[start:r.at]), &text) != nil {
				return "", errJSONText
			}
			return text, nil
		case c == '\\':
			escaped = true
			r.at++ // whatever it is, it does not end the string
		case c < ' ':
			return "", errJSONText
		}
	}
	return "", errJSONText
}

// number reads a number, as it is written.
func (r *jsonReader) number() (any, error) {
	start := r.at
	if r.at < len(r.text) && r.text[r.at] == '-' {
		r.at++
	}
	if r.at < len(r.text) && r.text[r.at] == '0' {
		r.at++
	} else if !r.digits() {
		return nil, errJSONText
	}
	if r.at < len(r.text) && r.text[r.at] == '.' {
		r.at++
		if !r.digits() {
			return nil, errJSONText
		}
	}
	if r.at < len(r.text) && (r.text[r.at] == 'e' || r.text[r.at] == 'E') {
		r.at++
		if r.at < len(r.text) && (r.text[r.at] == '+' || r.text[r.at] == '-') {
			r.at++
		}
		if !r.digits() {
			return nil, errJSONText
		}
	}
	return json.Number(r.text[start:r.at]), nil
}

// digits passes over digits and reports whether there was one.
func (r *jsonReader) digits() bool {
	start := r.at
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > start
}

// requestFromJSON reads a GraphQL request from a body.
func requestFromJSON(text []byte) (*request, error) {
	value, err := readJSON(text)
	if err != nil {
		return nil, err
	}
	return requestFromValue(value)
}

// requestKeys are the keys of a request, documentId as in the appendix about persisted documents.
var requestKeys = []string{"query", "documentId", "operationName", "variables", "extensions"}

// requestFromValue reads a GraphQL request from a JSON value. Keys of other names are left alone, as the
// specification wants it.
func requestFromValue(value any) (*request, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, errNotRequest
	}
	for key := range object {
		if !slices.Contains(requestKeys, key) && slices.ContainsFunc(requestKeys, func(name string) bool { return strings.EqualFold(key, name) }) {
			return nil, errJSONCase
		}
	}
	r := &request{}
	if r.extensions, ok = objectOrNothing(object["extensions"]); !ok {
		return nil, errJSONExtension
	}
	if r.variables, ok = objectOrNothing(object["variables"]); !ok {
		return nil, errJSONVariables
	}
	if name := object["operationName"]; name != nil {
		if r.operationName, ok = name.(string); !ok {
			return nil, errJSONName
		}
	}
	if id := object["documentId"]; id != nil {
		if r.documentID, ok = id.(string); !ok || r.documentID == "" {
			return nil, errDocumentID
		}
	}
	named := r.documentID != "" || r.extensions["persistedQuery"] != nil
	if r.query, ok = object["query"].(string); !ok && (object["query"] != nil || !named) {
		return nil, errNoQuery
	}
	return r, nil
}

// objectOrNothing takes an object, null, or nothing at all.
func objectOrNothing(value any) (map[string]any, bool) {
	if value == nil {
		return nil, true
	}
	object, ok := value.(map[string]any)
	return object, ok
}
