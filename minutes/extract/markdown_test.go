package extract

import "testing"

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"headings", "# 望海市人民政府 #\n## 常务会议纪要\n##无空格\n#审议\nTitle\n=====\n文\n", "望海市人民政府\n常务会议纪要\n无空格\n审议\nTitle\n文\n\n"},
		{"emphasis", "会议**原则同意**该办法，由*市水务局*修改， __完善__ 后_印发_。", "会议原则同意该办法，由市水务局修改， 完善 后_印发_。\n"},
		{"emphasis at quotation marks", "审议**《办法》**由**“重点”**。", "审议《办法》由“重点”。\n"},
		{"emphasis over lines", "**会议\n强调**：", "会议\n强调：\n"},
		{"signs that are none", "3*4=12，a_b_c，~100，5 * 6 * 7，[2022]8号，1 < 2，C:\\dir", "3*4=12，a_b_c，~100，5 * 6 * 7，[2022]8号，1 < 2，C:\\dir\n"},
		{"masks and forms", "张**、李**。第____号，____年__月", "张**、李**。第____号，____年__月\n"},
		{"struck out", "~~不~~同意", "不同意\n"},
		{"lists", "1. 审议\n2. 听取\n   - **甲**\n   + 乙\n* [ ] 丙\n3) 丁\n", "1. 审议\n2. 听取\n   - 甲\n   + 乙\n* 丙\n3) 丁\n\n"},
		{"links and pictures", "见[附件](http://a.cn/x_(1).pdf \"题\")和![图](a.png)，<https://a.cn/b_c_>，[甲][乙]", "见附件和图，https://a.cn/b_c_，[甲][乙]\n"},
		{"code", "运行 `make *run*` 。\n\n```go\n**x** # y\n```\n完", "运行 make *run* 。\n\n**x** # y\n完\n"},
		{"tables", "| 出席 | **姓名** |\n|:--|--:|\n| 市长 | 林海\\|周航 |\n| 局长 | 沈渔 |\n\n完 | 了", "出席\t姓名\n市长\t林海|周航\n局长\t沈渔\n\n完 | 了\n"},
		{"quotes", "> 会议指出\n> > 要\n", "会议指出\n要\n\n"},
		{"rules and references", "甲\n\n---\n\n* * *\n[1]: http://a.cn\n乙", "甲\n\n\n乙\n"},
		{"tags, entities, escapes", "甲<br>乙<!-- 注 -->&nbsp;丙 &amp;lt; \\*丁\\* `&amp;`<span style=\"x\">戊</span>", "甲\n乙\u00a0丙 &lt; *丁* &amp;戊\n"},
		{"a table in HTML", "<table><tr><td>出席</td><td>林海</td></tr></table>", "出席\t林海\t\n\n\n"},
		{"line ends", "甲\r\n乙  \r\n丙\\\n丁", "甲\n乙\n丙\n丁\n"},
	} {
		if got := markdownText(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
