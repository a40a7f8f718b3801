package resolvers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
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
// duplicate keys, bytes that are no UTF-8, and a nesting of 10,000; a request has no use for any of them.
func readJSON(text []byte) (any, error) {
	if !utf8.Valid(text) {
		return nil, errJSONText
	}
	if tooDeep(text) {
		return nil, errJSONDepth
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	value, err := readValue(decoder)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errJSONMore
	}
	return value, nil
}

// tooDeep counts brackets outside of strings, before anything is allocated for them.
func tooDeep(text []byte) bool {
	depth, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if inString {
				i++
			}
		case '"':
			inString = !inString
		case '[', '{':
			if !inString {
				if depth++; depth > maxJSONDepth {
					return true
				}
			}
		case ']', '}':
			if !inString {
				depth--
			}
		}
	}
	return false
}

func readValue(decoder *json.Decoder) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, errJSONText
	}
	switch token {
	case json.Delim('{'):
		return readObject(decoder)
	case json.Delim('['):
		return readArray(decoder)
	}
	return token, nil
}

func readObject(decoder *json.Decoder) (any, error) {
	object := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		key, ok := token.(string)
		if err != nil || !ok {
			return nil, errJSONText
		}
		if _, twice := object[key]; twice {
			return nil, errJSONDuplicate
		}
		value, err := readValue(decoder)
		if err != nil {
			return nil, err
		}
		object[key] = value
	}
	return object, closing(decoder)
}

func readArray(decoder *json.Decoder) (any, error) {
	array := []any{}
	for decoder.More() {
		value, err := readValue(decoder)
		if err != nil {
			return nil, err
		}
		array = append(array, value)
	}
	return array, closing(decoder)
}

// closing takes the bracket that ends an object or an array.
func closing(decoder *json.Decoder) error {
	if _, err := decoder.Token(); err != nil {
		return errJSONText
	}
	return nil
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
		for _, name := range requestKeys {
			if key != name && strings.EqualFold(key, name) {
				return nil, errJSONCase
			}
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
