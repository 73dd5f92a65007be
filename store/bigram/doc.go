// Package bigram makes SQLite's full-text search (FTS5) find every part of a
// Japanese text: each two neighbouring characters of a run are a token, so a search
// is a phrase of such pairs and finds exactly the texts that contain the word, be
// it one character or the middle of a part number. Spellings that people do not
// tell apart are folded alike in texts and searches; see [Fold].
//
// Call [Register] before the first database is opened, make the table with
// tokenize='bigram', put texts in as they are, and search with what [Query] makes
// of a person's words. [Version] says when an index must be built anew.
//
// Do not use it for identifiers that must match exactly, nor for sorting: it has no
// notion of words, readings or relevance.
package bigram
