package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// The columns of ipadic's files that are read, counted from 0.
const (
	colWord     = 0
	colNamePart = 7
	colReading  = 11
)

// ordinary are the files whose words make a bad given name: 大学 is one, too,
// and in a text it is nearly always the word.
var ordinary = []string{"Noun.csv", "Noun.verbal.csv", "Noun.adjv.csv", "Noun.adverbal.csv", "Noun.others.csv", "Verb.csv"}

// namesOf reads surnames and given names, as written and as read.
func namesOf(folder string) (map[string]set, error) {
	words := set{}
	for _, name := range ordinary {
		rows, err := rowsOf(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			words[r[colWord]] = true
		}
	}
	rows, err := rowsOf(filepath.Join(folder, "Noun.name.csv"))
	if err != nil {
		return nil, err
	}
	lists := map[string]set{"surnames.txt": {}, "given.txt": {}, "surnames_kana.txt": {}, "given_kana.txt": {}}
	for _, r := range rows {
		switch word := r[colWord]; {
		case len(r) <= colReading || !nameLike(word):
		case r[colNamePart] == "姓" && !allKana(word):
			lists["surnames.txt"][word] = true
			lists["surnames_kana.txt"][r[colReading]] = true
		case r[colNamePart] == "名" && (allKana(word) || !words[word]):
			lists["given.txt"][word] = true
			lists["given_kana.txt"][r[colReading]] = true
		}
	}
	return lists, nil
}

// nameLike says whether a word has the letters and the length of a name.
func nameLike(word string) bool {
	for _, r := range word {
		if !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Hiragana, r) && !unicode.Is(unicode.Katakana, r) && r != '々' && r != 'ー' {
			return false
		}
	}
	n := utf8.RuneCountInString(word)
	return n <= 5 && (n > 1 || !allKana(word))
}

func allKana(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// rowsOf reads a file of ipadic, which is EUC-JP and quotes nothing that is
// looked at here.
func rowsOf(path string) ([][]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text, err := japanese.EUCJP.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		rows = append(rows, strings.Split(strings.TrimSpace(line), ","))
	}
	return rows, nil
}
