package extract

import (
	"strings"
	"testing"
)

func TestHTML(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"blocks", "<html><head><title>题</title><meta charset=gb2312></head><body><h1>常务会议纪要</h1><p>第 3 号<p>会议<b>原则</b>同意</div><div>完</div>",
			"常务会议纪要\n第 3 号\n会议原则同意\n完\n"},
		{"blanks", "<p>  市长\n 林海\n\tLin\n Hai&nbsp;&nbsp;主持 <span> 会议</span>\n</p><p>&nbsp;</p><p>　　缩进</p>", "市长林海 Lin Hai 主持 会议\n　　缩进\n"},
		{"breaks", "甲<br>乙<br/>丙</br>丁<hr>戊", "甲\n乙\n丙\n丁\n戊\n"},
		{"what is not seen", "<script>var a='<p>x</p>'</script><style>p{}</style><noscript>开启脚本</noscript><nav><ul><li>首页</ul></nav><div style='DISPLAY : none'>暗<p>暗</p></div>" +
			"<p hidden>暗</p><div role=navigation>路径</div><select><option>选</select><textarea>写</textarea><button>按</button><svg><text>图</text></svg><!-- 注 --><p>明</p>", "明\n"},
		{"hidden within hidden", "<div hidden><div>暗</div>暗</div>明<span hidden>暗<span>暗</span>暗</span>明", "明明\n"},
		{"a table", "<table><tr><th>出席<td><p>林海</p><tr><td>列席<td>周航<br>沈渔<td></table>完", "出席\t林海\n列席\t周航\n沈渔\n完\n"},
		{"a table for layout", "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table><p>丙</p></td></tr></table>", "甲\t乙\n丙\n"},
		{"cells without a row", "<table><td>甲<td>乙</table>", "甲\n乙\n"},
		{"stray ends", "</td></tr></table>甲</p></div><table><tr><td>乙</div></p>丙</td></tr></table>", "甲\n乙\n丙\n"},
		{"lists", "<ol start=3><li>甲<li><p>乙</p><li value=9>丙</ol><ul><li>丁</ul><ol type=a><li>戊</ol><ol style='list-style:none'><li>己</ol><ol style='list-style-type: cjk-ideographic'><li>庚</ol>",
			"3. 甲\n4. 乙\n9. 丙\n丁\na. 戊\n己\n一、庚\n"},
		{"entities", "《办法》&mdash;&#x4E2D;&lt;试行&gt;&copy", "《办法》—中<试行>©\n"},
		{"preformatted", "<pre>甲\n  乙</pre>", "甲\n乙\n"},
		{"changes and readings", "同意<del>不</del><ins>该</ins><ruby>海<rp>(</rp><rt>hǎi</rt></ruby>", "同意该海\n"},
		{"invisible characters", "太\u200b仓\u00ad市\ufeff", "太仓市\n"},
	} {
		got, format := textOf(t, "a.html", []byte("<html>"+c.in))
		if got != c.want || format != HTML {
			t.Errorf("%s: got %s %q, want %q", c.name, format, got, c.want)
		}
	}
	deep := "<html>" + strings.Repeat("<div>", 100_000) + "甲" + strings.Repeat("</div>", 100_000) + "乙"
	if got, _ := textOf(t, "a.html", []byte(deep)); got != "甲\n乙\n" {
		t.Errorf("deep: got %q", got)
	}
}
