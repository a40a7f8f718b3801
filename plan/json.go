package plan

import (
	"bytes"
	"encoding/base64"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// appendValue writes a stored value as JSON, the way gqlgen writes it.
func appendValue(buf []byte, kind store.Kind, value []byte) []byte {
	if value == nil && kind != store.Lines {
		return append(buf, "null"...)
	}
	switch kind {
	case store.Int, store.Big:
		return append(buf, value...)
	case store.Bool:
		if string(value) == "1" {
			return append(buf, "true"...)
		}
		return append(buf, "false"...)
	case store.Time: // 2006-01-02 15:04:05.000000
		buf = append(buf, '"')
		buf = append(buf, value...)
		buf[len(buf)-len(value)+len("2006-01-02")] = 'T'
		return append(buf, 'Z', '"')
	case store.Lines:
		buf = append(buf, '[')
		for i, line := range bytes.Split(value, []byte{'\n'}) {
			if i > 0 {
				buf = append(buf, ',')
			}
			if len(value) > 0 {
				buf = appendString(buf, line)
			}
		}
		return append(buf, ']')
	}
	return appendString(buf, value)
}

const hexDigits = "0123456789ABCDEF"

// appendString writes a JSON string with the escapes that gqlgen uses.
func appendString(buf, s []byte) []byte {
	buf = append(buf, '"')
	start := 0
	for i, c := range s {
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		buf = append(buf, s[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			buf = append(buf, '\\', 't')
		case '\r':
			buf = append(buf, '\\', 'r')
		case '\n':
			buf = append(buf, '\\', 'n')
		case '\\', '"':
			buf = append(buf, '\\', c)
		default:
			buf = append(buf, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
		}
	}
	buf = append(buf, s[start:]...)
	return append(buf, '"')
}

// appendID writes an id as the API shows it.
func appendID(buf []byte, tag string, id []byte) []byte {
	buf = append(buf, '"')
	buf = append(buf, tag...)
	buf = base64.RawURLEncoding.AppendEncode(buf, id)
	return append(buf, '"')
}

func asID(raw []byte) (id models.ID) {
	copy(id[:], raw)
	return id
}
