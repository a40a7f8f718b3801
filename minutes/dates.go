package minutes

import (
	"fmt"
	"time"
)

// A date is a day as the text writes it; year is 0 where the text leaves it out.
type date struct {
	year, month, day int
	at               stretch
}

func (d date) iso() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// valid reports whether the calendar has the day. A day without a year is tried in a leap year.
func (d date) valid() bool {
	y := d.year
	if y == 0 {
		y = 2000
	}
	t := time.Date(y, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return d.month >= 1 && d.month <= 12 && d.day >= 1 && t.Day() == d.day && (d.year == 0 || y >= 1900 && y <= 2200)
}

// minguo is the year before the first of the Republic.
const minguo = 1911

// dateAt reads the date that begins at i: 2022年6月1日, 二〇二二年六月一日, 中华民国103年7月28日, 6月1日, 2022-06-01,
// 2022.6.1, 2022/6/1.
func (t *text) dateAt(i, limit int) (date, bool) {
	start, republic := i, false
	for _, era := range []string{"中华民国", "民国"} {
		if j := t.after(i, limit, era); j >= 0 {
			i, republic = j, true
			break
		}
	}
	a, j := t.number(i, limit)
	if a < 0 || j >= limit {
		return date{}, false
	}
	d := date{}
	switch t.ch[j] {
	case '年':
		d.year = a
		if republic || a >= 100 && a < 200 { // 115年8月17日 is a year of the Republic
			d.year += minguo
		} else if a < 100 && a > 0 && j-i <= 2 && isDigit(t.ch[i]) {
			return date{}, false // 22年, the reader's guess
		}
		month, k := t.number(j+1, limit)
		if month < 0 || k >= limit || t.ch[k] != '月' {
			return date{}, false
		}
		d.month, j = month, k
	case '月':
		d.month = a
	case '-', '.', '/', '—':
		return t.dottedDate(start, a, j, limit)
	default:
		return date{}, false
	}
	day, k := t.number(j+1, limit)
	if day < 0 || k >= limit || t.ch[k] != '日' && t.ch[k] != '号' {
		return date{}, false
	}
	d.day, d.at = day, stretch{start, k + 1}
	return d, d.valid()
}

// dottedDate reads the rest of 2022-06-01 behind the year, whose mark is at j.
func (t *text) dottedDate(start, year, j, limit int) (date, bool) {
	mark := t.ch[j]
	month, k := t.number(j+1, limit)
	if year < 1000 || month < 0 || k >= limit || t.ch[k] != mark || !isDigit(t.ch[j+1]) {
		return date{}, false
	}
	day, end := 0, k+1
	for end < limit && end < k+3 && isDigit(t.ch[end]) && (end == k+1 || t.gap[end] == none) {
		day = day*10 + int(t.ch[end]-'0')
		end++
	}
	d := date{year: year, month: month, day: day, at: stretch{start, end}}
	return d, day > 0 && d.valid()
}

// dates answers all dates in s, in order.
func (t *text) dates(s stretch) []date {
	var all []date
	for i := s.a; i < s.b; {
		if r := t.ch[i]; !isNumeral(r) && r != '中' && r != '民' || i > s.a && isNumeral(t.ch[i-1]) {
			i++
			continue
		}
		if d, ok := t.dateAt(i, s.b); ok {
			all = append(all, d)
			i = d.at.b
			continue
		}
		i++
	}
	return all
}

// isDateLine reports whether s is a date and nothing else but brackets, a weekday and words such as 印发.
func (t *text) dateLine(s stretch) (date, bool) {
	for !s.empty() && (t.ch[s.a] == '（' || t.ch[s.a] == '〔') {
		s.a++
	}
	d, ok := t.dateAt(s.a, s.b)
	if !ok {
		return date{}, false
	}
	rest := stretch{t.pastClock(d.at.b, s.b), s.b}
	if rest.len() == 0 || dateTail.run(t.ch, rest.a, rest.b) == rest.b {
		return d, true
	}
	return date{}, false
}

// pastClock answers the index behind 09:30 or 09:30:12 at i, or i.
func (t *text) pastClock(i, limit int) int {
	j := i
	for j < limit && j-i < 8 && (isDigit(t.ch[j]) || j > i && (t.ch[j] == ':' || t.ch[j] == '：')) {
		j++
	}
	if j == limit && j-i >= 4 && j-i <= 8 {
		return j
	}
	return i
}

var dateTail = newWords("） 〕 。 印发 印 整理 发 签发 印制 编印 （星期一 （星期二 （星期三 （星期四 （星期五 （星期六 （星期日 上午 下午")

// daytimes are the words for a part of the day.
var daytimes = newWords("上午 下午 晚上 晚 中午 清晨 早上 傍晚 凌晨 夜间 全天")
