package ingest

import "strings"

// levels are the endings of the names of places that have a government, lowest first. A letter of the same kind stands
// before the names of offices: 市科技局 is the 科技局 of the 市 that speaks.
const levels = "村乡鄉镇鎮街区區县縣旗市州盟省"

// rank orders the levels; a lower place lies in a higher one.
func rank(level rune) int {
	switch level {
	case '乡', '鄉', '镇', '鎮', '街':
		return 1
	case '区', '區', '县', '縣', '旗':
		return 2
	case '市':
		return 3
	case '州', '盟':
		return 4
	case '省':
		return 5
	}
	return 0
}

// rankOf is the rank of a place. An autonomous region is no district.
func rankOf(place string) int {
	if strings.HasSuffix(place, "自治区") || strings.HasSuffix(place, "特别行政区") {
		return rank('省')
	}
	return rank(last(place))
}

// endings of places, the longer ones before those they end with.
var endings = []string{"特别行政区", "自治区", "自治州", "自治县", "自治縣", "自治旗", "省", "市", "州", "盟", "县", "縣", "区", "區", "旗"}

// zones end like districts and are none: they have a committee, not a government.
var zones = []string{
	"开发区", "高新区", "经开区", "园区", "度假区", "旅游区", "景区", "保税区", "示范区", "试验区", "合作区", "功能区", "风景区", "产业区",
	"社区", "小区", "校区", "库区", "片区", "辖区", "保护区", "物流区", "港区", "军分区", "防区", "服务区", "贸易区", "集聚区", "管理区", "工业区",
}

// notPlaces are words that end like a place and begin names of offices.
var notPlaces = []string{"各", "全", "本", "该", "我", "有关", "相关", "县级", "市级", "区级", "省级", "国家", "中共", "中国", "人民", "城市", "超市"}

// cutPlaces takes the places that a name begins with: 云湖市望江区人民政府 gives 云湖市, 望江区 and 人民政府.
func cutPlaces(name string) (places []string, rest string) {
	for {
		found := firstPlace(name)
		if found == "" || len(places) > 0 && rankOf(found) >= rankOf(places[len(places)-1]) {
			return places, name
		}
		places, name = append(places, found), name[len(found):]
	}
}

// firstPlace returns the place a name begins with, or nothing.
func firstPlace(name string) string {
	const longest = 12 // 积石山保安族东乡族撒拉族自治县 is written short in names of offices
	for _, word := range notPlaces {
		if strings.HasPrefix(name, word) {
			return ""
		}
	}
	runes := []rune(name)
	if len(runes) == 0 || strings.ContainsRune(levels, runes[0]) && !beginsLikeALevel(name) {
		return ""
	}
	for i := 1; i < min(len(runes), longest); i++ {
		for _, ending := range endings {
			if !strings.HasPrefix(string(runes[i:]), ending) {
				continue
			}
			found := string(runes[:i]) + ending
			rest := name[len(found):]
			if i == 1 && ending == "市" || isZone(found) || isSentence(found) || goesOn(rest) {
				break
			}
			return found
		}
	}
	return ""
}

// isSentence reports what ends like a place and is part of a sentence: 会议室主持召开了区.
func isSentence(s string) bool {
	return strings.ContainsAny(s, "了的在由把被、，。：") || strings.Contains(s, "会议") || strings.Contains(s, "召开")
}

// goesOn reports an ending that belongs to what follows: to a word (市场, 市容), or because it comes twice (津市市, 新市区).
func goesOn(rest string) bool {
	return strings.HasPrefix(rest, "市") || strings.HasPrefix(rest, "区") || strings.HasPrefix(rest, "场监") || strings.HasPrefix(rest, "容")
}

// beginsLikeALevel reports names of places that begin with the letter of a level.
func beginsLikeALevel(name string) bool {
	for _, place := range []string{
		"镇江市", "镇平县", "镇海区", "镇坪县", "镇安县", "镇赉县", "镇原县", "镇巴县", "镇宁", "镇远县", "镇雄县",
		"镇康县", "镇沅", "乡宁县", "乡城县", "旗山区", "市中区", "市北区", "市南区",
	} {
		if strings.HasPrefix(name, place) {
			return true
		}
	}
	return false
}

func isZone(name string) bool {
	for _, zone := range zones {
		if strings.HasSuffix(name, zone) {
			return true
		}
	}
	return false
}

func last(s string) rune {
	runes := []rune(s)
	if len(runes) == 0 {
		return 0
	}
	return runes[len(runes)-1]
}

// stem is the name of a place without its ending: 太仓 of 太仓市. It is empty where nothing of two characters is left.
func stem(place string) string {
	for _, ending := range endings {
		if cut, ok := strings.CutSuffix(place, ending); ok && len([]rune(cut)) >= 2 {
			return cut
		}
	}
	return ""
}

// government is the name of the government of a place.
func government(place string) string {
	if strings.ContainsRune("縣區鄉鎮", last(place)) {
		return place + "政府"
	}
	return place + "人民政府"
}

// unmistakable reports a place whose name is good for one place in the whole country: counties and cities are, districts
// are not (鼓楼区 is in four cities).
func unmistakable(place string) bool {
	return rank(last(place)) >= 2 && !strings.ContainsRune("区區", last(place))
}
