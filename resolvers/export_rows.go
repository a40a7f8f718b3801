package resolvers

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/plan"
	"github.com/minutebook/minutebook/store"
)

// jsonNumber is a number as the database writes it.
type jsonNumber = json.Number

// Trailers of an export, which come after its last byte.
const (
	trailerComplete = "Export-Complete" // true or false
	trailerRows     = "Export-Rows"
	trailerNext     = "Export-Next" // where to resume with ?after=
)

// byteOrderMark makes Excel read a file as UTF-8.
const byteOrderMark = "\ufeff"

// rowWriter writes the rows of an export into a page.
type rowWriter interface {
	start(page *bytes.Buffer, columns []tableColumn)
	row(page *bytes.Buffer, columns []tableColumn, values []any) error
	unfinished(page *bytes.Buffer, next string, rows int)
}

// exportRows writes a list as a file, page by page: memory holds one page, however many there are. A file that breaks off
// says in its last line where to resume; one that is complete has no such line, and all say so in their trailers.
func (x *exporter) exportRows(w http.ResponseWriter, r *http.Request, name, ending string) error {
	e := exported[name]
	if e == nil {
		return missing("there is no list of that name to export")
	}
	query := r.URL.Query()
	if err := only(query, "filter", "after", "excel", "first", "format"); err != nil {
		return err
	}
	job := &rowJob{exporter: x, w: w, r: r, table: tableOf(e), out: jsonLines{}}
	media := exportMediaJSONL
	if ending == "csv" {
		media, job.out = exportMediaCSV, csvLines{mark: query.Get("excel") == "1"}
	}
	if err := job.read(query); err != nil {
		return err
	}
	head(w, media, name+"."+ending)
	w.Header().Set("Trailer", strings.Join([]string{trailerComplete, trailerRows, trailerNext}, ", "))
	if r.Method == http.MethodHead {
		return nil
	}
	return job.run()
}

// rowJob is one export of rows.
type rowJob struct {
	*exporter
	w      http.ResponseWriter
	r      *http.Request
	table  *table
	out    rowWriter
	where  []store.Condition
	cursor *store.Cursor
	next   string
	most   int // rows to write; 0: all
	rows   int
	begun  bool
}

// read reads the parameters.
func (j *rowJob) read(query url.Values) error {
	var err error
	if j.most, err = number(query, "first", 0); err != nil {
		return err
	}
	if j.most < 0 {
		return models.At("first", models.BadInput("is less than nothing"))
	}
	if text := query.Get("filter"); text != "" {
		value, err := readJSON([]byte(text))
		filter, ok := value.(map[string]any)
		if err != nil || !ok {
			return models.At("filter", models.BadInput("is not a JSON object: give the filter that the API takes"))
		}
		condition, err := plan.Filter(j.table.entity, filter)
		if err != nil {
			return models.At("filter", err)
		}
		j.where = []store.Condition{condition}
	}
	if j.next = query.Get("after"); j.next != "" {
		if err := j.seek(j.next); err != nil {
			return models.At("after", err)
		}
	}
	return nil
}

func (j *rowJob) seek(cursor string) (err error) {
	j.cursor, err = store.ParseCursor(cursor, j.table.entity, j.table.query.Sort)
	return err
}

// run writes pages until there are no more. An error of the first page goes to the caller as an answer; a later one breaks
// the file off.
func (j *rowJob) run() error {
	for {
		page := &bytes.Buffer{}
		if !j.begun && j.cursor == nil {
			j.out.start(page, j.table.columns)
		}
		more, err := j.page(page)
		if err != nil && !j.begun {
			return err
		}
		if err != nil {
			j.end(page, err)
			return nil
		}
		if !more || j.most > 0 && j.rows >= j.most {
			j.finish(page, more)
			return nil
		}
		if !j.send(page) {
			return nil
		}
		if j.paged != nil {
			if err := j.paged(Exported{Rows: j.rows, Next: j.next}); err != nil {
				return err
			}
		}
	}
}

// page reads one page and writes it into a buffer.
func (j *rowJob) page(page *bytes.Buffer) (more bool, err error) {
	if left := j.most - j.rows; j.most > 0 && left < j.table.query.Page.Size {
		j.table.query.Page.Size = left
	}
	last, more, err := j.exporter.rows(j.r.Context(), j.table, j.where, j.cursor, nil, func(values []any) error {
		j.rows++
		return j.out.row(page, j.table.columns, values)
	})
	if err != nil || last == "" {
		return more, err
	}
	j.next = last
	return more, j.seek(last)
}

// send hands a page to the client and reports whether it took it.
func (j *rowJob) send(page *bytes.Buffer) bool {
	j.begun = true
	control := http.NewResponseController(j.w)
	_ = control.SetWriteDeadline(time.Now().Add(exportWriteTime)) // a test's recorder has none
	if _, err := j.w.Write(page.Bytes()); err != nil {
		return false
	}
	_ = control.Flush()
	return true
}

// finish writes the last page.
func (j *rowJob) finish(page *bytes.Buffer, more bool) {
	if more {
		j.out.unfinished(page, j.next, j.rows)
	}
	j.trail(!more)
	j.send(page)
}

// end breaks the file off at the last page that was whole.
func (j *rowJob) end(page *bytes.Buffer, err error) {
	_ = j.present.present(j.r.Context(), err) // for the log
	page.Reset()
	j.out.unfinished(page, j.next, j.rows)
	j.trail(false)
	j.send(page)
}

func (j *rowJob) trail(complete bool) {
	header := j.w.Header()
	header.Set(trailerComplete, strconv.FormatBool(complete))
	header.Set(trailerRows, strconv.Itoa(j.rows))
	if !complete {
		header.Set(trailerNext, j.next)
	}
}

// jsonLines writes an object a line.
type jsonLines struct{}

func (jsonLines) start(*bytes.Buffer, []tableColumn) {}

func (jsonLines) row(page *bytes.Buffer, columns []tableColumn, values []any) error {
	for i, c := range columns {
		page.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		page.WriteString(strconv.Quote(c.name) + ":")
		text, err := compact(values[i])
		if err != nil {
			return err
		}
		page.Write(text)
	}
	page.WriteString("}\n")
	return nil
}

// compact writes a value as JSON without the escapes for HTML.
func compact(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

func (jsonLines) unfinished(page *bytes.Buffer, next string, rows int) {
	fmt.Fprintf(page, "{\"export\":{\"complete\":false,\"rows\":%d,\"next\":%q}}\n", rows, next)
}

// csvLines writes RFC 4180.
type csvLines struct{ mark bool }

func (c csvLines) start(page *bytes.Buffer, columns []tableColumn) {
	if c.mark {
		page.WriteString(byteOrderMark)
	}
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.name
	}
	writeCSV(page, names)
}

func (csvLines) row(page *bytes.Buffer, _ []tableColumn, values []any) error {
	cells := make([]string, len(values))
	for i, value := range values {
		switch v := value.(type) {
		case nil:
		case string:
			cells[i] = harmless(v)
		case []string:
			cells[i] = harmless(strings.Join(v, "; "))
		default:
			cells[i] = fmt.Sprint(v)
		}
	}
	writeCSV(page, cells)
	return nil
}

func (csvLines) unfinished(page *bytes.Buffer, next string, rows int) {
	fmt.Fprintf(page, "# not complete: %d rows, resume with ?after=%s\r\n", rows, next)
}

func writeCSV(page *bytes.Buffer, cells []string) {
	w := csv.NewWriter(page)
	w.UseCRLF = true
	_ = w.Write(cells) // a buffer takes everything
	w.Flush()
}

// harmless puts an apostrophe before a text that a spreadsheet would take for a formula, as OWASP has it, also where the
// sign is written in full width.
func harmless(text string) string {
	if strings.HasPrefix(text, "＝") || strings.HasPrefix(text, "＋") || strings.HasPrefix(text, "－") || strings.HasPrefix(text, "＠") ||
		text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
