package minutes

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/simplified.txt
var simplifiedPairs string

// simplifiedOf answers, for each character of the Basic Multilingual Plane, the one it is matched as.
var simplifiedOf = sync.OnceValue(func() *[1 << 16]uint16 {
	table := new([1 << 16]uint16)
	for line := range strings.Lines(simplifiedPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			r := []rune(pair)
			table[r[0]] = uint16(r[1])
		}
	}
	for from, to := range punctuation {
		table[from] = uint16(to)
	}
	for r := rune('！'); r <= '～'; r++ { // full-width forms of ASCII
		if table[r] == 0 {
			table[r] = uint16(r - '！' + '!')
		}
	}
	return table
})

// punctuation maps the marks that writers use for one another to the one that the grammar knows.
var punctuation = map[rune]rune{
	',': '，', '､': '、', '﹑': '、', '﹐': '，', ';': '；', '﹔': '；', ':': '：', '﹕': '：', '︰': '：', '∶': '：',
	'(': '（', ')': '）', '﹙': '（', '﹚': '）', '!': '！', '?': '？', '｡': '。', '．': '.', '﹒': '.',
	'[': '〔', ']': '〕', '［': '〔', '］': '〕', '【': '〔', '】': '〕', '﹝': '〔', '﹞': '〕',
	'，': '，', '：': '：', '；': '；', '（': '（', '）': '）', '！': '！', '？': '？',
	'•': '·', '‧': '·', '・': '·', '∙': '·', '●': '·', '–': '—', '―': '—', '－': '—', '─': '—', '‐': '—', '‑': '—', '﹣': '—',
	'○': '〇', '◯': '〇', '零': '〇', 'Ｏ': 'O', '×': '×', '╳': '×', '✕': '×', '＊': '*', '～': '~', '﹏': '~',
	'〝': '“', '〞': '”', '＂': '"', '〈': '〈', '〉': '〉', '『': '「', '』': '」', '﹁': '「', '﹂': '」',
	'庁': '厅', '黨': '党', '爲': '为', '衆': '众', '峯': '峰', '裏': '里', '着': '着',
}

// fold answers the character that r is matched as: half-width, simplified, with one mark for each use.
func fold(r rune) rune {
	if r < 0 || r >= 1<<16 {
		return r
	}
	if f := simplifiedOf()[r]; f != 0 {
		return rune(f)
	}
	return r
}

// isBlank reports whether r is layout only: white space of any width, controls, marks without a width.
func isBlank(r rune) bool {
	switch {
	case r <= ' ', r == 0x7f, r == 0x85, r == 0xa0, r == 0x1680, r == 0x202f, r == 0x205f, r == 0x3000, r == 0xfeff:
		return true
	case r >= 0x2000 && r <= 0x200f, r == 0x2028, r == 0x2029, r == 0xad, r == 0x2060:
		return true
	}
	return false
}

// isHan reports whether r is a Chinese character.
func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r >= 0x20000 && r <= 0x3ffff || r == '〇' || r == '々'
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r <= 0x24f
}
