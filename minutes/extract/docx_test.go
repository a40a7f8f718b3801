package extract

import (
	"context"
	"strings"
	"testing"
)

const numberingXML = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Point"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:suff w:val="space"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>`

const stylesXML = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Item"/></w:style>
<w:style w:type="paragraph" w:styleId="Point"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
</w:styles>`

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func numbered(id, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestDOCX(t *testing.T) {
	box := func(position, text string) string {
		return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>` + position +
			`<wps:wsp><wps:txbx><w:txbxContent>` + para(text) + `</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>` +
			`<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` + para(text) + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>` +
			`</mc:AlternateContent></w:r>`
	}
	top := `<wp:positionV relativeFrom="page"><wp:posOffset>900000</wp:posOffset></wp:positionV>`
	bottom := `<wp:positionV relativeFrom="page"><wp:posOffset>9000000</wp:posOffset></wp:positionV>`
	cases := []struct{ name, body, want string }{
		{"paragraphs", para("望海市人民政府常务会议纪要") + para("第 3 号") + `<w:p/><w:p/>` + para("会议指出"),
			"望海市人民政府常务会议纪要\n第 3 号\n\n会议指出\n"},
		{"runs, tabs and breaks", `<w:p><w:r><w:t xml:space="preserve">出席：</w:t><w:tab/><w:t>林海</w:t><w:br/><w:t>周航</w:t></w:r></w:p>`,
			"出席：\t林海\n周航\n"},
		{"numbers", numbered("1", "0", "审议") + numbered("1", "1", "甲") + numbered("1", "1", "乙") + numbered("1", "2", "细") + numbered("1", "0", "听取") + numbered("1", "1", "丙"),
			"一、审议\n（一）甲\n（二）乙\n1. 细\n二、听取\n（一）丙\n"},
		{"a list that starts again", numbered("1", "0", "审议") + numbered("2", "0", "再") + numbered("2", "0", "又"),
			"一、审议\n一、再\n二、又\n"},
		{"numbers of styles", styled("Child", "甲") + styled("Point", "丙") + numbered("3", "1", "丁"),
			"（一）甲\n3. 丙\n3.1 丁\n"},
		{"a number taken away", styled("Item", "甲") + `<w:p><w:pPr><w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>无号</w:t></w:r></w:p>`,
			"（一）甲\n无号\n"},
		{"bullets", numbered("4", "0", "甲"), "• 甲\n"},
		{"changes", `<w:p><w:r><w:t>同意</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:ins><w:r><w:t>该办法</w:t></w:r></w:ins>` +
			`<w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo></w:p>`, "同意该办法来\n"},
		{"a deleted paragraph mark", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>` + para("后"), "前后\n"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r></w:p>`, "明\n"},
		{"field codes", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>2026年</w:t></w:r></w:p>`, "2026年\n"},
		{"a hyperlink, a control, a prompt", `<w:p><w:hyperlink><w:r><w:t>附件</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>一</w:t></w:r></w:sdtContent></w:sdt>` +
			`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt></w:p>` +
			`<w:sdt><w:sdtContent>` + para("整段") + `</w:sdtContent></w:sdt>`, "附件一\n整段\n"},
		{"ruby", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>hǎi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>海</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "海\n"},
		{"a text box at the top", `<w:p>` + box(top, "红头") + `<w:r><w:t>第 3 号</w:t></w:r></w:p>`, "红头\n第 3 号\n"},
		{"a text box at the bottom", `<w:p><w:r><w:t>末段</w:t></w:r>` + box(bottom, "抄送：市委") + `</w:p>` + para("完"), "末段\n抄送：市委\n完\n"},
		{"an old text box", `<w:p><w:r><w:pict><v:shape style="margin-top:-20pt"><v:textbox><w:txbxContent>` + para("红头") + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t>文</w:t></w:r></w:p>`,
			"红头\n文\n"},
		{"lettering as art", `<w:p><w:r><w:pict><v:shape><v:textpath string="望海市人民政府文件"/></v:shape></w:pict></w:r></w:p>`, "望海市人民政府文件\n"},
		{"a table", `<w:tbl><w:tr><w:tc>` + para("出席") + `</w:tc><w:tc>` + para("林海") + `</w:tc><w:tc><w:p/></w:tc></w:tr>` +
			`<w:tr><w:trPr><w:del/></w:trPr><w:tc>` + para("删去的行") + `</w:tc></w:tr>` +
			`<w:tr><w:tc>` + para("列席") + `</w:tc><w:tc>` + para("周航") + para("沈渔") + `</w:tc></w:tr></w:tbl>` + para("完"),
			"出席\t林海\n列席\t周航\n沈渔\n完\n"},
		{"rows and cells in controls and changes", `<w:tbl><w:tblPr/><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>` + para("甲") + `</w:tc></w:sdtContent></w:sdt><w:ins><w:tc>` + para("乙") + `</w:tc></w:ins></w:tr></w:sdtContent></w:sdt>` +
			`<w:customXml><w:tr><w:tc>` + para("丙") + `</w:tc></w:tr></w:customXml></w:tbl>`, "甲\t乙\n丙\n"},
		{"boxes beside their paragraph", `<w:p><w:r><w:t>文</w:t></w:r>` + box(`<wp:positionV relativeFrom="paragraph"><wp:posOffset>-100</wp:posOffset></wp:positionV>`, "上") +
			box(`<wp:positionV relativeFrom="paragraph"><wp:posOffset>5000</wp:posOffset></wp:positionV>`, "下") +
			box(`<wp:positionV relativeFrom="page"><wp:align>top</wp:align></wp:positionV>`, "页首") + `</w:p>`, "上\n页首\n文\n下\n"},
		{"only a fallback", `<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "旧\n"},
		{"a table in a table", `<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>` + para("甲") + `</w:tc><w:tc>` + para("乙") + `</w:tc></w:tr></w:tbl><w:p/></w:tc><w:tc>` + para("丙") + `</w:tc></w:tr></w:tbl>`,
			"甲\t乙\t丙\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, format := textOf(t, "a.docx", wordFile(t, c.body, "word/numbering.xml", numberingXML, "word/styles.xml", stylesXML))
			if got != c.want || format != DOCX {
				t.Errorf("got %s %q, want %q", format, got, c.want)
			}
		})
	}
}

func TestDOCXParts(t *testing.T) {
	notes := `<w:footnotes xmlns:w="w"><w:footnote w:type="separator">` + para("—") + `</w:footnote><w:footnote w:id="2">` + para("注：以附件为准") + `</w:footnote></w:footnotes>`
	got, _ := textOf(t, "a.docx", wordFile(t, para("正文"), "word/footnotes.xml", notes))
	if want := "正文\n\n注：以附件为准\n"; got != want {
		t.Errorf("footnotes: got %q, want %q", got, want)
	}
	rels := `<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`
	got, _ = textOf(t, "", archiveOf(t, "_rels/.rels", rels, "word/document2.xml", word(para("另处")), "word/document.xml", word(para("此处"))))
	if want := "另处\n"; got != want {
		t.Errorf("a body elsewhere: got %q, want %q", got, want)
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"chineseCounting", 10, "十"}, {"chineseCounting", 11, "十一"}, {"chineseCounting", 20, "二十"}, {"chineseCounting", 21, "二十一"},
		{"chineseCountingThousand", 101, "一百零一"}, {"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 1002, "一千零二"},
		{"chineseCountingThousand", 20000, "二万"}, {"chineseCounting", 0, "0"}, {"chineseCounting", -3, "-3"}, {"chineseCounting", 100000, "100000"},
		{"chineseLegalSimplified", 12, "拾贰"}, {"ideographLegalTraditional", 25, "貳拾伍"}, {"ideographDigital", 102, "一〇二"},
		{"ideographTraditional", 10, "癸"}, {"ideographTraditional", 11, "11"}, {"ideographZodiac", 12, "亥"}, {"decimalEnclosedCircleChinese", 20, "⑳"},
		{"decimalFullWidth", 12, "１２"}, {"decimalZero", 7, "07"}, {"decimalZero", 17, "17"}, {"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"},
		{"upperLetter", 28, "BB"}, {"lowerLetter", 26, "z"}, {"none", 5, ""}, {"klingon", 5, "5"},
	} {
		if got := numeral(c.format, c.n); got != c.want {
			t.Errorf("numeral(%s, %d) = %q, want %q", c.format, c.n, got, c.want)
		}
	}
}

func TestHostileDOCX(t *testing.T) {
	zeros := string(make([]byte, 40<<20))
	entities := `<!DOCTYPE r [<!ENTITY l0 "lol"><!ENTITY l1 "&l0;&l0;">]><r>&l1;</r>`
	truncated := wordFile(t, para("正文"))
	lying := strings.ReplaceAll(string(archiveOf(t, "word/document.xml", strings.Repeat("<w/>", 1000))), "\xa0\x0f\x00\x00", "\xf0\xff\xff\xff")
	nested := archiveOf(t, "word/document.xml", string(archiveOf(t, "word/document.xml", zeros[:1<<20])))
	many := make([]string, 0, 4200)
	for range 2100 {
		many = append(many, "word/x", "")
	}
	long := numbered("1", "0", "审议")
	lengthy := strings.Replace(numberingXML, "%1、", strings.Repeat("长", 100_000), 1)
	for _, c := range []struct {
		name string
		data []byte
		want Code
	}{
		{"swells.docx", archiveOf(t, "word/document.xml", zeros), Bomb},
		{"swells in small pieces.docx", archiveOf(t, "word/document.xml", word(strings.Repeat(para(""), 1<<20))), Bomb},
		{"swells in its styles.docx", wordFile(t, para("正文"), "word/styles.xml", "<a>"+strings.Repeat("<b/>", 10<<20)+"</a>"), Bomb},
		{"entries.docx", archiveOf(t, many...), Bomb},
		{"entities.docx", archiveOf(t, "word/document.xml", entities), BrokenDOCX},
		{"external.docx", archiveOf(t, "word/document.xml", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>`), BrokenDOCX},
		{"deep.docx", archiveOf(t, "word/document.xml", `<w:document xmlns:w="w">`+strings.Repeat("<w:p>", 1_000_000)), Bomb},
		{"nested.docx", nested, BrokenDOCX},
		{"cut.docx", truncated[:len(truncated)*2/3], BrokenDOCX},
		{"lying.docx", []byte(lying), BrokenDOCX},
		{"elsewhere.docx", archiveOf(t, "../../zzescape", "x", "/tmp/zzescape", "x", "word/document.xml", "<w/>"), NoText},
		{"no body.docx", archiveOf(t, "word/styles.xml", stylesXML), BrokenDOCX},
		{"empty.docx", wordFile(t, "<w:p/>"), NoText},
		{"unclosed.docx", archiveOf(t, "word/document.xml", strings.TrimSuffix(word(para("正文")), "</w:body></w:document>")), BrokenDOCX},
	} {
		if got := codeOf(t, c.name, c.data, "", Limits{}); got != c.want {
			t.Errorf("%s: code %s, want %s", c.name, got, c.want)
		}
	}
	text, _ := textOf(t, "a.docx", wordFile(t, strings.Repeat(long, 100), "word/numbering.xml", lengthy))
	if len(text) > 100*300 {
		t.Errorf("a long mark of a list swells the text to %d bytes", len(text))
	}
}

func TestDOCXEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Text(ctx, "a.docx", wordFile(t, para("x")), "", Options{}); !strings.Contains(err.Error(), "a.docx: context canceled") {
		t.Errorf("got %v", err)
	}
}
