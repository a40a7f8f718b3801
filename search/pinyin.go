package search

import "strings"

// Reading returns what an index holds of the reading of a name, one syllable for each character and the family name first,
// as folded lines. It is found as a whole (huweijiang), from any syllable on (weijiang), by its initials (hwj) and by the
// family name with initials (huwj); ü may be written u, v or yu.
func Reading(syllables []string) []string {
	if len(syllables) == 0 {
		return nil
	}
	var lines []string
	for _, spelling := range spellings(syllables) {
		var initials, parts strings.Builder
		for i, s := range spelling {
			initials.WriteString(s[:1])
			if i > 0 {
				parts.WriteString(" " + strings.Join(spelling[i:], ""))
			}
		}
		if len(spelling) > 1 {
			parts.WriteString(" " + spelling[0] + initials.String()[1:])
		}
		lines = append(lines, " "+strings.Join(spelling, ""), " "+initials.String(), parts.String())
	}
	return lines
}

// spellings returns the ways in which the syllables are written. Syllables that are not of small letters make none.
func spellings(syllables []string) [][]string {
	var all [][]string
	for _, u := range []string{"v", "u", "yu"} {
		spelling, varies := make([]string, len(syllables)), false
		for i, s := range syllables {
			s = strings.ReplaceAll(s, "ü", "v")
			for _, r := range s {
				if r < 'a' || r > 'z' {
					return nil
				}
			}
			if s == "" {
				return nil
			}
			spelling[i] = s
			if s[0] == 'l' || s[0] == 'n' { // no other syllable has a v for ü
				spelling[i] = strings.Replace(s, "v", u, 1)
				varies = varies || spelling[i] != s
			}
		}
		if u == "v" || varies {
			all = append(all, spelling)
		}
	}
	return all
}

// Plain returns a reading in the letters in which it is looked for: small, without tones, syllables apart.
func Plain(reading string) string {
	return strings.ReplaceAll(strings.TrimSpace(Fold(strings.ReplaceAll(reading, "ü", "v"))), "\n", " ")
}
