package pdf_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/assets"

	"pgregory.net/rapid"
)

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	want, _ := write(t, ticket())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got, _ := write(t, ticket()); !bytes.Equal(got, want) {
				t.Error("the bytes differ")
			}
		})
	}
	group.Wait()
	later := ticket()
	later.Made = later.Made.Add(time.Hour)
	if got, _ := write(t, later); bytes.Equal(got, want) {
		t.Error("another time gives the same bytes")
	}
}

func TestTheZoneOfTheDeviceDoesNotMatter(t *testing.T) {
	want, _ := write(t, list(3))
	elsewhere := list(3)
	zone := time.FixedZone("EST", -5*60*60)
	elsewhere.Made = elsewhere.Made.In(zone)
	elsewhere.Blocks[0] = report.Title{Text: "問い合わせ管理表", At: made.In(zone)}
	if got, _ := write(t, elsewhere); !bytes.Equal(got, want) {
		t.Error("the same instant in another zone gives other bytes")
	}
}

// TestTheFontIsNotWrittenTo holds New to its promise that a press can be shared.
func TestTheFontIsNotWrittenTo(t *testing.T) {
	regular, bold, mincho := assets.PaperFonts()
	p, err := pdf.New(regular, bold, mincho)
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range []report.Document{ticket(), letter()} {
		if _, err := p.Write(io.Discard, doc); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(mincho, assets.Font(assets.MinchoRegular)) || !bytes.Equal(regular, assets.Font(assets.GothicRegular)) || !bytes.Equal(bold, assets.Font(assets.GothicBold)) {
		t.Error("the font was changed")
	}
}

func TestNewRefusesWhatIsNoFont(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("no font"), assets.Font(assets.GothicBold)[:5000]} {
		if _, err := pdf.New(data, data, data); err == nil {
			t.Errorf("%d bytes were taken for a font", len(data))
		}
	}
}

func TestWriteRefusesAnUndatedDocument(t *testing.T) {
	p, err := press()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := p.Write(&out, report.Document{}); err == nil || out.Len() > 0 {
		t.Errorf("written: %v", err)
	}
}

// TestRowsHigherThanAPage holds that they are cut between lines without loss, and
// that each page has the head and its number.
func TestRowsHigherThanAPage(t *testing.T) {
	var high strings.Builder
	for i := range 400 {
		fmt.Fprintf(&high, "行%03dの経過を記録した。\n", i)
	}
	table := report.Table{Columns: []report.Column{{Title: "番号"}, {Title: "経過", Weight: 4}, {Title: "状態"}},
		Rows: [][]string{{"1", "短い", "完了"}, {"2", high.String(), "対応中"}, {"3", "短い", "完了"}}}
	data, _ := write(t, report.Document{Number: "情政-1", Made: made, Landscape: true, Blocks: []report.Block{table}})
	pages := strings.Split(strings.TrimSuffix(extract(t, data, "-layout"), "\f"), "\f")
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if foot := fmt.Sprintf("情政-1 · %d/%d", i+1, len(pages)); !strings.Contains(page, foot) || !strings.Contains(page, "番号") {
			t.Errorf("page %d has no head or no %q:\n%s", i+1, foot, page)
		}
	}
	all := strings.Join(pages, "")
	for i := range 400 {
		if strings.Count(all, fmt.Sprintf("行%03d", i)) != 1 {
			t.Errorf("line %d is not there once", i)
		}
	}
}

// bounds finds where words stand on their page, in points from the top.
var bounds = regexp.MustCompile(`yMin="([0-9.]+)" xMax="[0-9.]+" yMax="([0-9.]+)">([^<]*)<`)

func TestNothingStandsInTheMargins(t *testing.T) {
	var blocks []report.Block
	for i := range 25 {
		long := strings.Repeat("経過を記録した。", i*i*2)
		blocks = append(blocks, report.Heading{Level: 1, Text: "経過"}, report.Paragraph{Text: long}, report.Notes{Lines: []string{long}},
			report.Sheet{Pairs: []report.Pair{{Label: "内容", Value: long}}},
			report.Table{Title: "経過", Columns: []report.Column{{Title: "番号"}, {Title: "経過"}}, Rows: [][]string{{"1", long}}})
	}
	blocks = append(blocks, report.Approval{Sides: []report.Side{{Boxes: []report.Box{{Rank: "承認"}}}}})
	data, _ := write(t, report.Document{Made: made, Blocks: blocks})
	const mm = 72 / 25.4
	for _, word := range bounds.FindAllStringSubmatch(extract(t, data, "-bbox"), -1) {
		top, _ := strconv.ParseFloat(word[1], 64)
		bottom, _ := strconv.ParseFloat(word[2], 64)
		if !strings.Contains(word[3], "/") && (top < 19.5*mm || bottom > (297-19.5)*mm) {
			t.Fatalf("%q stands from %.0f to %.0f", word[3], top, bottom)
		}
	}
}

// TestAnyTableIsWrittenWhole draws tables of any shape and reads the words back.
func TestAnyTableIsWrittenWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		columns := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) report.Column {
			return report.Column{Title: "列", Weight: rapid.Float64Range(-1, 9).Draw(rt, "weight"), Right: rapid.Bool().Draw(rt, "right")}
		}), 1, 20).Draw(rt, "columns")
		words := rapid.IntRange(0, 60).Draw(rt, "words")
		rows := rapid.IntRange(0, 30).Draw(rt, "rows")
		table := report.Table{Title: "表", Columns: columns}
		for range rows {
			table.Rows = append(table.Rows, []string{strings.Repeat("障害、", words)})
		}
		data, _ := write(t, report.Document{Made: made, Blocks: []report.Block{table}, Landscape: rapid.Bool().Draw(rt, "landscape")})
		text := extract(t, data, "-raw")
		if got := strings.Count(text, "障"); got != words*rows {
			rt.Fatalf("%d words, want %d", got, words*rows)
		}
		if none := strings.Contains(text, "該当なし"); none != (rows == 0) {
			rt.Fatalf("該当なし with %d rows", rows)
		}
	})
}

func TestNumbersStandAtTheRight(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Title: "項目"}, {Title: "件数", Right: true}}, Rows: [][]string{{"a", "7"}, {"b", "1,134"}}}
	data, _ := write(t, report.Document{Made: made, Blocks: []report.Block{table}})
	edges := regexp.MustCompile(`xMax="([0-9.]+)"[^>]*>(?:7|1,134)<`).FindAllStringSubmatch(extract(t, data, "-bbox"), -1)
	if len(edges) != 2 || edges[0][1] != edges[1][1] {
		t.Errorf("right edges %v", edges)
	}
}

func TestHeadingsAreNumberedAndMarked(t *testing.T) {
	var blocks []report.Block
	for _, level := range []int{1, 2, 3, 4, 4, 3, 2, 3, 1, 2} {
		blocks = append(blocks, report.Heading{Level: level, Text: "項"})
	}
	data, _ := write(t, report.Document{Made: made, Blocks: blocks})
	if got, want := laidOut(t, data), "1　項\n(1)　項\nア　項\n(ア)　項\n(イ)　項\nイ　項\n(2)　項\nア　項\n2　項\n(1)　項\n1/1\n"; got != want {
		t.Errorf("got\n%s", got)
	}
}

// parents finds the entries of an outline and the entry or root above each.
var parents = regexp.MustCompile(`(\d+) 0 obj\n<</Title \([^\n]*\n/Parent (\d+) 0 R`)

func TestOutlinesAreTrees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var blocks []report.Block
		for _, level := range rapid.SliceOfN(rapid.IntRange(0, 4), 1, 12).Draw(rt, "levels") {
			if level == 0 {
				blocks = append(blocks, report.Title{Text: "Title"})
			} else {
				blocks = append(blocks, report.Heading{Level: level, Text: "Heading"})
			}
		}
		data, _ := write(t, report.Document{Made: made, Blocks: blocks})
		entries := parents.FindAllSubmatch(data, -1)
		if len(entries) != len(blocks) {
			rt.Fatalf("%d entries for %d blocks", len(entries), len(blocks))
		}
		known := map[string]bool{}
		for i, e := range entries {
			if id, parent := string(e[1]), string(e[2]); i > 0 && !known[parent] && parent != string(entries[0][2]) || id == parent {
				rt.Fatalf("entry %d stands below %s, which does not come before it", i, parent)
			}
			known[string(e[1])] = true
		}
	})
}

func TestPaper(t *testing.T) {
	for want, doc := range map[string]report.Document{
		"595.28 841.89":  {Made: made},
		"841.89 595.28":  {Made: made, Landscape: true},
		"841.89 1190.55": {Made: made, Paper: report.A3},
		"1190.55 841.89": {Made: made, Paper: report.A3, Landscape: true},
	} {
		if data, _ := write(t, doc); !bytes.Contains(data, []byte("/MediaBox [0 0 "+want+"]")) {
			t.Errorf("the paper is not %s", want)
		}
	}
}
