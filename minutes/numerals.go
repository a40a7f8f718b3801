package minutes

// digitOf maps Chinese digits, plain and financial, to their values.
var digitOf = map[rune]int{
	'〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9, '元': 1,
}

var unitOf = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '廿': 20, '卅': 30}

// longestNumeral bounds what is read as one number.
const longestNumeral = 9

// number reads the number that begins at i, in digits or Chinese numerals, and answers it with the index behind it.
// It answers -1 and i where none begins.
func (t *text) number(i, limit int) (int, int) {
	if i >= limit {
		return -1, i
	}
	if isDigit(t.ch[i]) {
		return t.digits(i, limit)
	}
	return t.chineseNumber(i, limit)
}

func (t *text) digits(i, limit int) (int, int) {
	n, j := 0, i
	for j < limit && isDigit(t.ch[j]) && j-i < longestNumeral {
		n = n*10 + int(t.ch[j]-'0')
		j++
	}
	if j < limit && isDigit(t.ch[j]) {
		return -1, i
	}
	return n, j
}

// chineseNumber reads both 二〇二二 (digit by digit) and 一百零三 (with units).
func (t *text) chineseNumber(i, limit int) (int, int) {
	j, total, digit, units := i, 0, -1, false
	for ; j < limit && j-i < longestNumeral; j++ {
		r := t.ch[j]
		if d, ok := digitOf[r]; ok && r != '元' {
			switch {
			case digit < 0 || units && t.ch[j-1] == '〇':
				digit = d
			case units:
				return total + digit, j // 十二三: stop
			default:
				digit = digit*10 + d
			}
			continue
		}
		u, ok := unitOf[r]
		if !ok {
			break
		}
		if u == 20 || u == 30 {
			total, digit, units = total+u, -1, true
			continue
		}
		if digit < 0 {
			digit = 1
		}
		total, digit, units = total+digit*u, -1, true
	}
	if j == i {
		return -1, i
	}
	return total + max(digit, 0), j
}

func isNumeral(r rune) bool {
	_, digit := digitOf[r]
	_, unit := unitOf[r]
	return isDigit(r) || digit && r != '元' || unit
}

// circled answers the value of ① to ⑳ and of ㈠ to ㈩, or 0.
func circled(r rune) int {
	switch {
	case r >= '①' && r <= '⑳':
		return int(r-'①') + 1
	case r >= '㈠' && r <= '㈩':
		return int(r-'㈠') + 1
	case r >= '⑴' && r <= '⒇':
		return int(r-'⑴') + 1
	case r >= '⒈' && r <= '⒛':
		return int(r-'⒈') + 1
	}
	return 0
}
