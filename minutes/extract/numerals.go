package extract

import (
	"strconv"
	"strings"
)

// numeral writes a number in one of Word's formats (ST_NumberFormat of ISO/IEC 29500-1, 17.18.59), those that
// Chinese documents use and the Latin ones; in any other as decimal digits.
func numeral(format string, n int) string {
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return fullWidth(n)
	case "chineseCounting", "taiwaneseCounting", "japaneseCounting", "chineseCountingThousand",
		"taiwaneseCountingThousand", "koreanDigital2":
		return chinese(n, "零一二三四五六七八九", "十百千万")
	case "chineseLegalSimplified":
		return chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万")
	case "ideographLegalTraditional", "japaneseLegal":
		return chinese(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬")
	case "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand":
		return digits(n, "〇一二三四五六七八九")
	case "ideographTraditional":
		return pick(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return pick(n, "子丑寅卯辰巳午未申酉戌亥")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return pick(n, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "decimalEnclosedParen":
		return pick(n, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
	case "decimalEnclosedFullstop":
		return pick(n, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛")
	case "ideographEnclosedCircle":
		return pick(n, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉")
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	}
	return strconv.Itoa(n)
}

// pick takes the n-th sign of a row, from 1; past its end Word goes on with digits.
func pick(n int, row string) string {
	signs := []rune(row)
	if n < 1 || n > len(signs) {
		return strconv.Itoa(n)
	}
	return string(signs[n-1])
}

func digits(n int, row string) string {
	signs := []rune(row)
	var b strings.Builder
	for _, d := range strconv.Itoa(n) {
		if d == '-' {
			b.WriteRune(d)
			continue
		}
		b.WriteRune(signs[d-'0'])
	}
	return b.String()
}

func fullWidth(n int) string { return digits(n, "０１２３４５６７８９") }

// chinese counts as in 一, 十, 十一, 二十, 一百零一, up to 99,999.
func chinese(n int, digitRow, unitRow string) string {
	if n < 1 || n > 99999 {
		return strconv.Itoa(n)
	}
	digit, unit := []rune(digitRow), []rune(unitRow)
	if n >= 10 && n < 20 {
		if n == 10 {
			return string(unit[0])
		}
		return string([]rune{unit[0], digit[n-10]})
	}
	var out []rune
	gap := false
	for place, value := 4, 10000; place >= 0; place, value = place-1, value/10 {
		d := n / value % 10
		if d == 0 {
			gap = len(out) > 0
			continue
		}
		if gap {
			out = append(out, digit[0])
			gap = false
		}
		out = append(out, digit[d])
		if place > 0 {
			out = append(out, unit[place-1])
		}
	}
	return string(out)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
		{9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}

// letters counts a, b, …, z, aa, bb, as Word does.
func letters(n int, first rune) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}
