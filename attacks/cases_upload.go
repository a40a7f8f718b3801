package attacks

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// part is a file of an archive.
type part struct{ name, text string }

const (
	contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	paragraph = `<w:p><w:r><w:t>会议纪要</w:t></w:r></w:p>`
)

// word makes a Word document of a body, stored or packed.
func word(method uint16, before, body string, more ...part) []byte {
	document := `<?xml version="1.0"?>` + before + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`
	return archive(method, append([]part{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", relations}, {"word/document.xml", document}}, more...)...)
}

func archive(method uint16, parts ...part) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: method})
		if err == nil {
			_, err = f.Write([]byte(p.text))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const boundary = "attacksboundary"

// form is a multipart request that hands over a file.
func form(name string, data []byte) []byte {
	operations, _ := json.Marshal(map[string]any{
		"query": "mutation($f: Upload!) { previewImport(input: {file: $f}) { format counts { type } userErrors { code } } }", "variables": map[string]any{"f": nil},
	}) // made of what can be written as JSON
	return multipart(string(operations), `{"0":["variables.f"]}`, name, data)
}

func multipart(operations, files, name string, data []byte) []byte {
	var b bytes.Buffer
	field := func(head, text string) {
		fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n", boundary, head, text)
	}
	field(`name="operations"`, operations)
	field(`name="map"`, files)
	field(fmt.Sprintf(`name="0"; filename="%s"`, name), string(data))
	fmt.Fprintf(&b, "--%s--\r\n", boundary)
	return b.Bytes()
}

// file is a case of an upload, made when it is played.
func file(id, about, name string, data func() []byte) Case {
	return Case{ID: id, Group: "upload", About: about, play: func(ctx context.Context, t *Target) error {
		return upload(ctx, t, form(name, data()), want{within: 30 * time.Second, lacks: []string{"zzescape"}})
	}}
}

// firstPDF is what the first PDF on a machine costs: the reader is compiled, in a child, and kept on the disk.
func firstPDF() Case {
	c := file("u-pdf-first", "the first PDF on a machine, for which the reader is compiled", "a.pdf", func() []byte { return []byte("%PDF-1.4\n%%EOF") })
	c.memory = 500
	return c
}

func upload(ctx context.Context, t *Target, body []byte, w want) error {
	if t.Tokens["EDITOR"] == "" {
		return fmt.Errorf("%w: needs a token of EDITOR", errSkipped)
	}
	return try{
		as: "EDITOR", headers: []string{"Content-Type", "multipart/form-data; boundary=" + boundary, "GraphQL-Require-Preflight", "1"}, body: body, want: w,
	}.run(ctx, t)
}

// much repeats a text up to so many megabytes.
func much(text string, megabytes int) string { return strings.Repeat(text, megabytes<<20/len(text)) }

func uploadCases() []Case {
	packed, stored := zip.Deflate, zip.Store
	texts := map[string]string{
		"headings": "一、审议\n", "colons": "：", "quotes": "《", "brackets": "（", "commas": "、", "names": "出席：王 明  李 四、\n", "decisions": "会议原则同意该方案，由市水务局牵头办理。\n",
		"dates": "2024年6月1日", "one-line": "市", "numbers": "第", "marks": "e\u0301", "blank-lines": "x\n\n",
	}
	cases := []Case{
		file("u-bomb", "a Word document that swells", "a.docx", func() []byte { return word(packed, "", much(paragraph, 60)) }),
		file("u-pieces", "a Word document of three million empty paragraphs", "a.docx", func() []byte { return word(stored, "", much("<w:p/>", 17)) }),
		file("u-runs", "a Word document of a run for each letter", "a.docx", func() []byte { return word(stored, "", "<w:p>"+much("<w:r><w:t>市</w:t></w:r>", 17)+"</w:p>") }),
		file("u-depth", "tables within tables", "a.docx", func() []byte {
			return word(packed, "", strings.Repeat("<w:tbl><w:tr><w:tc>", 3000)+paragraph+strings.Repeat("</w:tc></w:tr></w:tbl>", 3000))
		}),
		file("u-entity", "an external entity", "a.docx", func() []byte {
			return word(packed, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`, "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
		}),
		file("u-laughs", "entities that double", "a.docx", func() []byte {
			return word(packed, `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`, "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")
		}),
		file("u-names", "an archive with names that lead elsewhere", "../../../../tmp/a.docx", func() []byte {
			return word(packed, "", paragraph, part{"../../zzescape", "x"}, part{"/tmp/zzescape", "x"}, part{`..\..\zzescape`, "x"}, part{"word/../../zzescape", "x"})
		}),
		file("u-entries", "an archive of 50,000 files", "a.docx", func() []byte {
			var more []part
			for i := range 50_000 {
				more = append(more, part{fmt.Sprintf("x%d", i), ""})
			}
			return word(packed, "", paragraph, more...)
		}),
		file("u-cut", "an archive cut off", "a.docx", func() []byte { d := word(packed, "", paragraph); return d[:len(d)/2] }),
		file("u-numbers", "lists with numbers beyond all bounds", "a.docx", func() []byte {
			return word(packed, "", strings.Repeat(`<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr></w:p>`, 1000)+paragraph,
				part{"word/numbering.xml", `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2147483647"/><w:lvlText w:val="` +
					strings.Repeat("%1", 10_000) + `"/></w:lvl></w:abstractNum><w:num w:numId="-1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`})
		}),
		file("u-html", "HTML nested a million deep", "a.html", func() []byte { return []byte(much("<div>", 7)) }),
		file("u-attributes", "an element of a million attributes", "a.html", func() []byte { return []byte("<p " + much("a=1 b=2 ", 7) + ">x") }),
		file("u-markdown", "Markdown that never closes", "a.md", func() []byte { return []byte(much("[*`<", 7)) }),
		file("u-script", "HTML that asks for pictures and scripts", "a.html", func() []byte {
			return []byte(`<img src=http://127.0.0.1:1/x><script src=http://127.0.0.1:1/y></script><link rel=stylesheet href=http://127.0.0.1:1/z><p>会议`)
		}),
		file("u-binary", "a program by the name of a text", "a.txt", func() []byte {
			return append([]byte("\x7fELF\x02\x01\x01"), bytes.Repeat([]byte{0, 1, 2, 255}, 1<<18)...)
		}),
		firstPDF(),
		file("u-pdf-pages", "a PDF whose pages are their own children", "a.pdf", func() []byte {
			return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1000000000/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
		}),
		file("u-pdf-length", "a PDF with a stream that promises four gigabytes", "a.pdf", func() []byte {
			return []byte("%PDF-1.4\n1 0 obj<</Length 4294967295/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\nx\nendstream endobj\nxref\n0 2147483647\ntrailer<</Size 2147483647/Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF")
		}),
		file("u-pdf-nested", "a PDF of arrays within arrays", "a.pdf", func() []byte {
			return []byte("%PDF-1.4\n1 0 obj " + strings.Repeat("[", 2_000_000) + "\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF")
		}),
		file("u-pdf-script", "a PDF with a script and a file to open", "a.pdf", func() []byte {
			return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL('http://127.0.0.1:1'))>>/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
		}),
		formCase("u-map", "maps that lead past the end, elsewhere, or nowhere", `{"0":["variables.f.99.x"]}`, `{"0":["query"]}`, `{"0":["variables.__proto__"]}`, `{"0":[]}`, `{"0":["variables.f","variables.f"]}`, `[]`, `{"0":"variables.f"}`,
			`{"0":["variables.f`+strings.Repeat(".0", 5000)+`"]}`, `{`+strings.TrimSuffix(strings.Repeat(`"1":["variables.f"],`, 2500), ",")+`}`, "null", ""),
		{ID: "u-guest", Group: "upload", About: "files from nobody", tries: []try{{
			headers: []string{"Content-Type", "multipart/form-data; boundary=" + boundary, "GraphQL-Require-Preflight", "1"}, body: form("a.txt", []byte("会议")), want: want{codes: []string{"UNAUTHENTICATED"}, noData: true},
		}}},
	}
	for name, text := range texts {
		cases = append(cases, file("u-text-"+name, "a text that makes a parser sweat: "+name, "a.txt", func() []byte {
			return []byte("青溪市人民政府常务会议纪要\n2024年6月1日召开。\n" + much(text, 1))
		}))
	}
	cases = append(cases, file("u-text-long", "a text of 18 MB", "a.txt", func() []byte { return []byte(much("一、审议\n", 18)) }))
	return cases
}

// formCase sends forms whose map is wrong.
func formCase(id, about string, maps ...string) Case {
	return Case{ID: id, Group: "upload", About: about, play: func(ctx context.Context, t *Target) error {
		for _, files := range maps {
			body := multipart(`{"query":"mutation($f: Upload!) { previewImport(input: {file: $f}) { format } }","variables":{"f":null}}`, files, "a.txt", []byte("x"))
			if err := upload(ctx, t, body, want{status: refused, noData: true}); err != nil {
				return fmt.Errorf("map %.60s: %w", files, err)
			}
		}
		return nil
	}}
}
