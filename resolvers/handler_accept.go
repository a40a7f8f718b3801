package resolvers

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Media types of an answer.
const (
	typeGraphQL = "application/graphql-response+json"
	typeJSON    = "application/json"
	typeEvents  = "text/event-stream"
)

// wish is one member of an Accept header.
type wish struct {
	mediaType string
	weight    float64
	exact     int // 2 for type/subtype, 1 for type/*, 0 for */*
}

// negotiate returns the media type of the answer, "" where none of ours is accepted (RFC 9110, section 12.5.1). The
// highest weight wins. Of equal ones a type that is named wins over a wildcard, and application/graphql-response+json
// over the others; a wildcard alone means application/json, unless draft asks for what the draft of 2026 says.
func negotiate(header http.Header, draft bool) string {
	values := header["Accept"]
	if len(values) == 0 || strings.TrimSpace(strings.Join(values, "")) == "" {
		if draft {
			return typeGraphQL
		}
		return typeJSON
	}
	offers := []string{typeGraphQL, typeJSON, typeEvents}
	wishes := readAccept(values)
	best, bestWeight, bestExact := "", 0.0, -1
	for _, offer := range offers {
		weight, exact := rate(offer, wishes)
		if weight == 0 || offer == typeEvents && exact < 2 { // a stream only for those who name it
			continue
		}
		if exact < 2 && offer == typeGraphQL && !draft {
			exact = -1
		}
		if weight > bestWeight || weight == bestWeight && exact > bestExact {
			best, bestWeight, bestExact = offer, weight, exact
		}
	}
	return best
}

// readAccept reads the members of an Accept header; those that are no media range are left out.
func readAccept(values []string) []wish {
	var wishes []wish
	for member := range strings.SplitSeq(strings.Join(values, ","), ",") {
		mediaType, parameters, err := mime.ParseMediaType(strings.TrimSpace(member))
		if err != nil {
			continue
		}
		if charset, given := parameters["charset"]; given && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		w := wish{mediaType: mediaType, weight: 1, exact: 2}
		if q, given := parameters["q"]; given {
			if w.weight, err = strconv.ParseFloat(q, 64); err != nil || !(w.weight >= 0 && w.weight <= 1) {
				continue
			}
		}
		switch {
		case mediaType == "*/*":
			w.exact = 0
		case strings.HasSuffix(mediaType, "/*"):
			w.exact = 1
		}
		wishes = append(wishes, w)
	}
	return wishes
}

// rate returns the weight of an offer, from the most exact wish that fits.
func rate(offer string, wishes []wish) (weight float64, exact int) {
	exact = -1
	group, _, _ := strings.Cut(offer, "/")
	for _, w := range wishes {
		fits := w.exact == 0 || w.mediaType == offer || w.mediaType == group+"/*"
		if fits && w.exact > exact {
			weight, exact = w.weight, w.exact
		}
	}
	return weight, exact
}

// contentType returns the media type of a body, "" where it is missing, given twice, or of another charset than
// UTF-8.
func contentType(header http.Header) (mediaType string, parameters map[string]string) {
	values := header.Values("Content-Type")
	if len(values) != 1 {
		return "", nil
	}
	if values[0] == typeJSON {
		return typeJSON, nil
	}
	mediaType, parameters, err := mime.ParseMediaType(values[0])
	if err != nil {
		return "", nil
	}
	if charset, given := parameters["charset"]; given && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "utf8") {
		return "", nil
	}
	return mediaType, parameters
}
