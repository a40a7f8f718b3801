package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// minutesText returns minutes of an invented town. Texts of different numbers are of different meetings.
func minutesText(number int) string {
	return strings.ReplaceAll(strings.ReplaceAll(minutesForm, "{N}", strconv.Itoa(number+1)), "{D}", strconv.Itoa(number%28+1))
}

// wantedDocuments is how many documents minutesForm states, with itself.
const wantedDocuments = 3

// peopleOfMinutes are those whom minutesForm names.
var peopleOfMinutes = map[string]bool{
	"柳青川": true, "闻人静": true, "欧阳一帆": true, "宗白石": true, "贺兰舟": true, "时敏": true, "费云亭": true, "鲁望山": true,
}

const minutesForm = `青溪市人民政府常务会议纪要

〔2024〕{N}号

2024年6月{D}日上午，市长柳青川主持召开市政府第{N}次常务会议。会议纪要如下：

一、审议《青溪市河道保护管理办法》

会议听取了市水务局局长贺兰舟关于《青溪市河道保护管理办法》起草情况的汇报。

会议原则同意《青溪市河道保护管理办法》，由市水务局根据会议讨论情况修改完善后，以市政府名义印发。

二、研究《青溪市旧城改造实施方案》

会议听取了市住建局局长时敏关于《青溪市旧城改造实施方案》的汇报。

会议同意该方案，由市住建局牵头，会同市财政局、市自然资源局组织实施。会议要求，各有关部门要加强协作，确保工程质量。

出席：柳青川、闻人静、欧阳一帆、宗白石
列席：贺兰舟、时敏、费云亭
请假：鲁望山

分送：市委，市人大常委会，市政协，市纪委监委，各镇人民政府。
`

const importDocument = `mutation($text: String!) { importMinutes(input: {text: $text, visibility: PUBLIC, filename: "minutes.txt"}) {
	meeting { id } counts { type created updated unchanged withdrawn } userErrors { code message } } }`

// importText imports minutes and returns the id of the meeting.
func (s *scene) importText(ctx context.Context, c *client, text string) (string, answer, error) {
	a, err := c.do(ctx, importDocument, map[string]any{"text": text})
	if err != nil || len(a.codes) > 0 {
		return "", a, err
	}
	var fields struct {
		ImportMinutes struct {
			Meeting    *struct{ ID string }
			UserErrors []userError
		}
	}
	if err := json.Unmarshal(a.data, &fields); err != nil {
		return "", a, err
	}
	if fields.ImportMinutes.Meeting == nil {
		return "", a, fmt.Errorf("the minutes were refused: %+v", fields.ImportMinutes.UserErrors)
	}
	return fields.ImportMinutes.Meeting.ID, a, nil
}

// counts are how many records there are, and entries of the log.
type counts struct {
	Meetings, AgendaItems, Decisions, Documents, Organizations, People, Attendances, Changes int
}

func (c counts) String() string {
	return fmt.Sprintf("%d meetings, %d items, %d decisions, %d documents, %d organizations, %d people, %d attendances, %d changes",
		c.Meetings, c.AgendaItems, c.Decisions, c.Documents, c.Organizations, c.People, c.Attendances, c.Changes)
}

func (s *scene) counts(ctx context.Context) (counts, error) {
	var c counts
	var data map[string]struct{ TotalCount int }
	err := s.admin().must(ctx, `{ meetings { totalCount } agendaItems { totalCount } decisions { totalCount } documents { totalCount }
		organizations { totalCount } people { totalCount } attendances { totalCount } changes { totalCount } }`, nil, &data)
	c.Meetings, c.AgendaItems, c.Decisions = data["meetings"].TotalCount, data["agendaItems"].TotalCount, data["decisions"].TotalCount
	c.Documents, c.Organizations, c.People = data["documents"].TotalCount, data["organizations"].TotalCount, data["people"].TotalCount
	c.Attendances, c.Changes = data["attendances"].TotalCount, data["changes"].TotalCount
	return c, err
}
