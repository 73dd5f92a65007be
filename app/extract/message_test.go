package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"daicho/app/extract/mail"
)

// nasty is what a mail of testdata must read as.
type nasty struct {
	Subject     string   `json:"subject"`
	From        string   `json:"from"`
	Text        string   `json:"text"`
	Attachments []string `json:"attachments"`
	Auto        bool     `json:"auto"`
	Loop        bool     `json:"loop"`
	Protected   []string `json:"protected"`
}

// TestNastyMails reads one mail for each trap, every line of it.
func TestNastyMails(t *testing.T) {
	files, err := filepath.Glob("mail/testdata/*.eml")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d mails, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var want nasty
			text, err := os.ReadFile(strings.TrimSuffix(file, ".eml") + ".json")
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			if got := readNasty(t, file); !reflect.DeepEqual(got, want) {
				t.Errorf("read %.2000s\nwant %.2000s", fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want))
			}
		})
	}
}

func readNasty(t *testing.T, file string) nasty {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := Reader{PDF: engine()}
	m, err := r.Message(t.Context(), Source{Path: file, Size: int64(len(raw)), R: bytes.NewReader(raw)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := nasty{Subject: m.Subject, From: m.From.String(), Text: m.Text, Attachments: []string{}, Auto: m.Auto, Loop: m.Loop, Protected: []string{}}
	for _, f := range m.Files {
		got.Attachments = append(got.Attachments, f.Name)
		if f.Protected {
			got.Protected = append(got.Protected, f.Name)
		}
	}
	return got
}

// TestMessageOfOutlook reads what Outlook saved as it reads mail.
func TestMessageOfOutlook(t *testing.T) {
	raw := outlook(t, olePart{"__substg1.0_1000001E", []byte("\x96\x7b\x95\xb6\r\n")},
		olePart{"__attach_version1.0_#00000000/__substg1.0_3707001F", utf16Bytes("名簿.csv")},
		olePart{"__attach_version1.0_#00000000/__substg1.0_37010102", []byte(sampleCSV)})
	m, err := new(Reader).Message(t.Context(), Source{Path: "a.msg", Size: int64(len(raw)), R: bytes.NewReader(raw)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "件名の文" || m.From.String() != "差出 見本 <from@example.jp>" || m.Text != "本文" || len(m.Files) != 1 || m.Files[0].Name != "名簿.csv" {
		t.Errorf("%+v", m)
	}
	book := made(t, "list.xls")
	if _, err := new(Reader).Message(t.Context(), Source{Path: "a.msg", Size: int64(len(book)), R: bytes.NewReader(book)}, nil); !errors.Is(err, mail.ErrNoMail) {
		t.Errorf("a workbook is a mail: %v", err)
	}
}
