package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/ticket"
)

func TestTableAligns(t *testing.T) {
	var tab table
	tab.add("番号", "件名", "x")
	tab.add("仮-7QK4-1", "a", "")
	tab.add("ｱ", "長い件名", "終")
	var out bytes.Buffer
	if err := tab.write(&out); err != nil {
		t.Fatal(err)
	}
	want := "番号       件名      x\n仮-7QK4-1  a\nｱ          長い件名  終\n"
	if out.String() != want {
		t.Errorf("\n%swant\n%s", &out, want)
	}
}

func TestShortened(t *testing.T) {
	for text, want := range map[string]string{
		"":             "",
		"short":        "short",
		"one\ntwo\t 3": "one two 3",
		"0123456789":   "0123456789",
		"01234567890":  "012345678…",
		"あいうえお":        "あいうえお",
		"あいうえおか":       "あいうえ…",
		"aあいうえお":       "aあいうえ…",
	} {
		if got := shortened(text, 10); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestShortenedFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, most := rapid.String().Draw(t, "text"), rapid.IntRange(2, 60).Draw(t, "most")
		if got := shortened(text, most); cellsOf(got) > most || strings.ContainsAny(got, "\n\t") {
			t.Fatalf("%q takes %d cells of %d", got, cellsOf(got), most)
		}
	})
}

func TestPrintArrayIsJSON(t *testing.T) {
	for n, want := range []string{"[]\n", "[\n{}\n]\n", "[\n{},\n{}\n]\n"} {
		var out bytes.Buffer
		err := printArray(&out, func(element func(json.RawMessage) error) error {
			for range n {
				if err := element(json.RawMessage("{}")); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || out.String() != want {
			t.Errorf("%d: %q, %v; want %q", n, &out, err, want)
		}
	}
	broken := errors.New("broken")
	if err := printArray(&bytes.Buffer{}, func(func(json.RawMessage) error) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func TestFieldJSONIsThatOfTheRecord(t *testing.T) {
	for field, c := range map[string]struct {
		v    app.Value
		want string
	}{
		"state":    {nil, `"open"`},
		"channel":  {app.TextValue("phone"), `"phone"`},
		"received": {app.IntValue(1795132800000), `"2026-11-20T09:00:00+09:00"`},
		"minutes":  {nil, "0"},
		"unknown":  {app.IntValue(7), "7"},
		"later":    {nil, "null"},
	} {
		if got := fieldJSON(ticket.Register, field, c.v); string(got) != c.want {
			t.Errorf("%s: %s, want %s", field, got, c.want)
		}
	}
}
