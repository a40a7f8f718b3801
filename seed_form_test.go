package main

// unit is an organization as the API gives it.
type unit struct {
	Name  string `json:"name"`
	Names []struct {
		Text string `json:"text"`
	} `json:"names"`
}

type place struct {
	Field      string `json:"field"`
	Start, End int
}

// near reports whether two places are the same but for a word at their ends: where 海关代表 is said to stand, 代表 may be in
// or out.
func (p place) near(other place) bool {
	return max(p.Start-other.Start, other.Start-p.Start)+max(p.End-other.End, other.End-p.End) <= 3
}

type seedAnswer struct {
	Meetings struct {
		Nodes []seedMeeting `json:"nodes"`
	} `json:"meetings"`
}

type seedMeeting struct {
	Series, HeldOn, TimeOfDay string
	Ordinal                   int
	Body                      unit
	Chair                     struct{ Name string }
	Minutes                   struct {
		Number, IssuedOn, CompiledOn, Publication, Text string
		IssuedBy, CompiledBy                            unit
		Distribution                                    []struct {
			Kind, Label string
			Collective  bool
			Sources     []place
		}
	}
	AgendaItems struct{ Nodes []seedItem }
	Attendances struct {
		TotalCount int
		Nodes      []struct {
			Capacity, Status, Title, Label string
			Person                         *struct{ Name string }
			Organization                   *unit
			Sources                        []place
		}
	}
}

type seedItem struct {
	Position    int
	Kind, Title string
	Sources     []place
	Presenters  struct {
		Nodes []struct {
			Role         string
			Organization *unit
			Person       *struct{ Name string }
			Sources      []place
		}
	}
	Documents titles
	Decisions struct {
		Nodes []struct {
			Outcome, Text string
			Sources       []place
			Documents     titles
			Steps         []struct {
				Kind, Condition  string
				Actors, InNameOf []unit
				Target           *unit
				Document         *struct{ Title string }
				Sources          []place
			}
		}
	}
	Directives struct {
		Nodes []struct {
			Label, Text string
			Sources     []place
			Addressees  struct{ Nodes []unit }
		}
	}
}

type titles struct{ Nodes []struct{ Title string } }

func (ts titles) list() []string {
	var list []string
	for _, d := range ts.Nodes {
		list = append(list, d.Title)
	}
	return list
}

// goldRecord is the form of the corpus.
type goldRecord struct {
	Meeting struct {
		Body, Series, HeldOn, TimeOfDay string
		Ordinal                         int
		Chair                           struct{ Name string }
	}
	Minutes struct {
		IssueNumber                                             int
		IssuedBy, IssuedOn, CompiledBy, CompiledOn, Publication string
	}
	AgendaItems []struct {
		Position    int
		Kind, Title string
		Span        place
		Presenters  []struct {
			Organization, Person, Role string
			Span                       place
		}
		Documents []string
		Decisions []struct {
			Outcome, Text string
			Documents     []string
			Span          place
			Steps         []struct {
				Kind, Target, Document, Condition string
				Actors, InNameOf                  []string
				Span                              place
			}
		}
		Directives []struct {
			Label, Text string
			Addressees  []string
			Span        place
		}
	}
	Attendance []struct {
		Name, Organization, Title, Capacity, Status string
		Span                                        place
	}
	Distribution []struct {
		Kind, Name string
		Collective bool
		Span       place
	}
}
