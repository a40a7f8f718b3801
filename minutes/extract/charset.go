package extract

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

var (
	markUTF8 = []byte{0xEF, 0xBB, 0xBF}
	markLE   = []byte{0xFF, 0xFE}
	markBE   = []byte{0xFE, 0xFF}
)

// decode gives the characters of a text file without byte order mark. A mark decides; otherwise what is valid
// UTF-8 is UTF-8, and the rest is GB18030 (of which GB2312 and GBK are parts), Big5 or UTF-16, whichever reads as
// Chinese. What a page says of its own encoding is not asked: saved pages often say what they no longer are.
func decode(data []byte) (string, error) {
	text, ok := decodeBytes(data)
	if !ok || !readable(text) {
		return "", fail(Binary, "it is not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8 text, DOCX or PDF")
	}
	return text, nil
}

func decodeBytes(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, markUTF8):
		return utf8Text(data[len(markUTF8):])
	case bytes.HasPrefix(data, markLE):
		return convert(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), data[2:])
	case bytes.HasPrefix(data, markBE):
		return convert(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), data[2:])
	case utf8.Valid(data) && bytes.IndexByte(data, 0) < 0:
		return string(data), true
	}
	if order, ok := unmarkedUTF16(data); ok {
		return convert(unicode.UTF16(order, unicode.IgnoreBOM), data)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	if text, ok := utf8Text(data); ok {
		return text, true
	}
	gb, big5 := plausibility(data)
	if max(gb, big5) < 0.6 {
		return "", false
	}
	if gb >= big5 {
		return convert(simplifiedchinese.GB18030, data)
	}
	return convert(traditionalchinese.Big5, data)
}

// utf8Text accepts a little damage, as a transfer that cut a character makes it, and shows it as U+FFFD.
func utf8Text(data []byte) (string, bool) {
	if utf8.Valid(data) {
		return string(data), true
	}
	bad, wide := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			wide++
		}
		i += n
	}
	if bad > 3+wide/1000 || bad*10 > wide {
		return "", false
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), true
}

func convert(from encoding.Encoding, data []byte) (string, bool) {
	out, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	text := string(out)
	bad := strings.Count(text, "\uFFFD")
	return text, bad <= 3+len(text)/3000
}

// plausibility is the share of the two-byte characters that lie in the common rows of GB2312 (punctuation and the
// 3,755 characters of its first level) and of Big5 (punctuation and its 5,401 frequent characters).
func plausibility(data []byte) (gb, big5 float64) {
	return share(data, 0x30, func(lead, trail byte) bool {
			return trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xD7 || lead >= 0xA1 && lead <= 0xA3)
		}), share(data, 0, func(lead, trail byte) bool {
			return lead >= 0xA1 && lead <= 0xC6 && (trail >= 0x40 && trail <= 0x7E || trail >= 0xA1)
		})
}

// share walks the two-byte characters. A second byte of four, the lowest of which is `four`, ends in a character
// of four bytes (GB18030); such characters are rare and counted on neither side.
func share(data []byte, four byte, common func(lead, trail byte) bool) float64 {
	pairs, good := 0, 0
	for i := 0; i+1 < len(data); i++ {
		lead, trail := data[i], data[i+1]
		if lead < 0x80 {
			continue
		}
		if four != 0 && trail >= four && trail <= four+9 {
			i += 3
			continue
		}
		pairs++
		if common(lead, trail) {
			good++
		}
		i++
	}
	if pairs == 0 {
		return 0
	}
	return float64(good) / float64(pairs)
}

// unmarkedUTF16 tells UTF-16 without mark by its line ends, full stops and digits, whose high byte is zero, and by
// Chinese characters, whose high byte is 4E to 9F.
func unmarkedUTF16(data []byte) (unicode.Endianness, bool) {
	sample := data[:min(len(data), 1<<16)&^1]
	if len(sample) < 8 {
		return unicode.LittleEndian, false
	}
	little, big := 0, 0
	for i := 0; i < len(sample); i += 2 {
		little += likely(sample[i+1], sample[i])
		big += likely(sample[i], sample[i+1])
	}
	need := len(sample) / 2 * 9 / 10
	switch {
	case little >= need && little > big && bytes.IndexByte(sample, 0) >= 0:
		return unicode.LittleEndian, true
	case big >= need && big > little && bytes.IndexByte(sample, 0) >= 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

func likely(high, low byte) int {
	switch {
	case high == 0 && (low >= 0x20 && low < 0x7F || low == '\n' || low == '\r' || low == '\t'),
		high >= 0x4E && high <= 0x9F, high == 0x30 && low <= 0x20, high == 0xFF && low <= 0x5E:
		return 1
	}
	return 0
}

// readable tells text from the bytes of a program or picture that happen to be valid: a NUL never stands in a text,
// other control characters hardly ever.
func readable(text string) bool {
	controls := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == 0:
			return false
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v', c == 0x7F:
			controls++
		}
	}
	return controls <= 3+len(text)/1000
}
