package store

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// surnames are family names that are read otherwise than the character is elsewhere, and those of two characters.
var surnames = map[string]string{
	"曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "乐": "yue", "区": "ou", "朴": "piao", "翟": "zhai", "查": "zha", "盖": "ge",
	"任": "ren", "葛": "ge", "燕": "yan", "宁": "ning", "华": "hua", "纪": "ji", "覃": "qin", "缪": "miao", "隗": "wei", "冼": "xian",
	"洗": "xian", "祭": "zhai", "折": "she", "召": "shao", "种": "chong", "繁": "po", "秘": "bi", "佴": "nai", "牟": "mu", "员": "yun",
	"尹": "yin", "黑": "he", "那": "na", "能": "nai", "重": "chong", "过": "guo", "晟": "cheng", "郗": "xi", "晁": "chao", "褚": "chu",
	"尉": "wei", "撒": "sa", "車": "che", "车": "che", "强": "qiang", "相": "xiang", "應": "ying", "应": "ying", "都": "du", "哈": "ha",
	"适": "kuo", "阚": "kan", "俞": "yu", "谌": "chen", "贠": "yun", "弗": "fei", "邸": "di", "於": "yu", "柏": "bai", "卜": "bu",
	"尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "令狐": "ling hu", "宗政": "zong zheng",
	"欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge", "夏侯": "xia hou", "皇甫": "huang fu", "公孙": "gong sun",
	"慕容": "mu rong", "司徒": "si tu", "端木": "duan mu", "东方": "dong fang", "独孤": "du gu", "南宫": "nan gong", "宇文": "yu wen",
}

// Pinyin returns the reading of a Chinese name without tones, family name first and a space between syllables, or "" for a
// name that has other than Chinese characters. A reading is a help for finding and sorting, not a claim: who reads a name
// otherwise gives their own.
func Pinyin(name string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '·' {
			return -1
		}
		return r
	}, name))
	if len(runes) == 0 {
		return ""
	}
	var syllables []string
	for _, length := range []int{2, 1} {
		if len(runes) > length || length == 1 {
			if reading := surnames[string(runes[:length])]; reading != "" {
				syllables = append(syllables, reading)
				runes = runes[length:]
				break
			}
		}
	}
	for _, r := range runes {
		readings := pinyin.SinglePinyin(r, pinyin.NewArgs())
		if len(readings) == 0 {
			return ""
		}
		syllables = append(syllables, readings[0])
	}
	return strings.Join(syllables, " ")
}
