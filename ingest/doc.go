// Package ingest brings minutes that were read from a text together with what is known already: it finds the records that
// the names in the text stand for, works out what has to change, and writes it in one transaction. It parses no text
// and holds no SQL.
//
// An import goes through named stages: Read (text to record, no database), load (what is known and the text can touch),
// makePlan (pure: known and record to plan), apply. Preview stops before apply. The same text again changes nothing. A
// corrected text changes what it states; what it no longer states is withdrawn with a tombstone, unless another text
// states it or a person has edited it. A field that a person has set is never overwritten, and is reported.
//
// # Organizations
//
// A name belongs to the jurisdiction in whose minutes it stands: the government of the place in the name of the body that
// met. 市科技局 and 太仓市科学技术局 are one office of 太仓市 by the table offices.tsv, by the whole name of the place, its letter,
// its name without the ending, or none; never of another city. A name finds the organization of exactly that name first,
// then the same office in other words, then one that it abbreviates by leaving out characters within it. Two that fit make
// a question, with a record of its own until it is answered. The government of a place is made where none is known, with
// spans of method DERIVED, because everything else belongs to it.
//
// Names of counties and cities are good for one place in the country; those of districts are not, so a district of a city
// that is named and one of a city that is not stay apart.
//
// # People
//
// The same name in one organization is one person. The same name without an organization is the same person in the
// meetings of one body, if only one person of that name was seen there without one, or only one at all. Who leads a body
// (its chair, its members) is in the organization that the body is. Everywhere else the same name is a question, and a
// person of its own until somebody answers.
//
// An import makes no memberships. That somebody attended for an organization is in the attendance, with its day and its
// source; a membership made of it, good for that day only, would say the same again, without a text that states it.
//
// # Documents
//
// A paper is found by its full title within the jurisdiction. The mark of a draft (送审稿) is a stage of a paper, not another
// paper: the record keeps the title under which it first came, and the report says so. Reports whose titles name no year
// (政府工作报告) come again every year, so they are the same for some months only. Short titles belong to their item.
//
// # Meetings
//
// A meeting is known by its body, series, number, and term or day. Another text of the same meeting is a second source: it
// adds spans, fills what is empty and adds what the first does not have, and changes nothing else. A text of which most
// lines are the same is a version of the one before.
//
// # Corrections
//
// A person who looks at what was read can say that the text says otherwise: another value, another stretch, an entry more or
// less, each by its path in what was read. Corrections are made before anything is matched. Their spans have the method HUMAN,
// and their fields are kept like every field that a person has set: the same text without them does not set them back. Only
// an entry that was taken out comes again.
//
// # Who may see it
//
// Everything of a text is INTERNAL, or PUBLIC where the text is marked for publication or the importer says so. Organizations,
// people and papers that were not public and stand in a public text are published by it, but for those that somebody closed
// by hand. The mark of a text that is known opens nothing; only the importer's word does.
package ingest
