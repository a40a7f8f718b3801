// Package search turns texts into what an index holds and words into what an index is asked: the folded form in which
// texts are compared, the tokens that stand for it in a full-text index, queries, and the stretches of a text that a query
// found. It knows no table and no database.
//
// A text is compared in its folded form (Fold). Characters that people write for one another are one character there: wide
// and narrow, capital and small, traditional and simplified, with accents and without. A run of Chinese characters is kept
// as it stands, whatever blanks and line breaks the layout put into it; each word of letters and digits has a blank before
// it; a line feed stands where a mark separates a run from what is beside it. So a run or the beginning of a word is found
// by looking for a string within a string, which every database does exactly, and an index has only to say where to look.
//
// The index holds tokens (Tokens): two neighbouring characters of a run together, the last one of a run alone, each word.
// They are written in small letters, digits and low lines, three characters at least, none of them a word that databases
// leave out, so that full-text indexes take them with the settings they come with.
package search

// Version changes when the same text is folded or cut otherwise than before: an index made by another version has to be
// made anew.
const Version = 1
