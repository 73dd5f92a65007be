package dispatch_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/report/pdf"
	"daicho/app/sla"
	"daicho/assets"
)

// call is an inquiry.
type call struct{}

func (call) Called() (who, asset, symptom string) {
	return "市民課　髙橋（内線 2231）", "窓口端末 PC-1182", "地下の端末が起動しない\n電源ランプが点滅し、画面に何も出ない。"
}

func stamp(hour, minute int) app.Stamp {
	return app.StampOf(time.Date(2026, 11, 24, hour, minute, 0, 0, civil.Tokyo))
}

func course(confirmed string) *dispatch.Course {
	v := &dispatch.Visit{State: dispatch.Done, Engineer: "佐々木 亮", Wished: stamp(10, 0), Arrived: stamp(10, 24), Ended: stamp(11, 10),
		Work: "電源ユニットを予備品に交換し、起動と印刷を確認した。\n交換した電源ユニットは持ち帰り、廃棄の手続きに回す。", Parts: "電源ユニット 1個", Next: "予備品の補充（12月4日まで）"}
	v.Number = "2026-000512"
	c := &dispatch.Course{Visit: v, Place: "南出張所", TicketNumber: "2026-004129", Inquiry: call{}}
	for _, s := range []dispatch.Step{
		{What: dispatch.Wish, At: stamp(9, 2), Wish: stamp(10, 0), Who: "税務課"}, {What: dispatch.Depart, At: stamp(9, 58)},
		{What: dispatch.Arrive, At: stamp(10, 24)}, {What: dispatch.Begin, At: stamp(10, 30)}, {What: dispatch.Finish, At: stamp(11, 10)},
	} {
		s.Source = sla.Tapped
		c.Steps = append(c.Steps, &s)
	}
	if confirmed != "" {
		c.Steps = append(c.Steps, &dispatch.Step{What: dispatch.Confirm, At: stamp(11, 12), Who: confirmed, Source: sla.Tapped})
	}
	return c
}

// drawn is a line on white, as a signature is.
func drawn(t *testing.T) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 400, 150))
	for x := 20; x < 380; x++ {
		for y := range 4 {
			m.Set(x, 40+y+(x*x/500)%60, color.Black)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func printed(t *testing.T, name string, c *dispatch.Course, signature []byte) string {
	t.Helper()
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		t.Fatal(err)
	}
	judged := sla.Visited{Verdict: sla.Met, Due: stamp(10, 55).Time(), Start: sla.Moment{At: stamp(10, 24)}, Document: "甲情第7号"}
	var out bytes.Buffer
	missing, err := press.Write(&out, c.Report(dispatch.Paper{Judged: judged, Signature: signature, At: stamp(11, 15).Time(), Names: func(app.Ref) string { return "佐々木 亮" }}))
	if err != nil || len(missing) > 0 {
		t.Fatal(missing, err)
	}
	dir := t.TempDir()
	if kept := os.Getenv("DAICHO_PAPERS"); kept != "" {
		dir = kept // to be looked at
	}
	path := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-enc", "UTF-8", "-raw", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	return string(text)
}

// pictures counts those that a PDF of printed holds.
func pictures(t *testing.T, name string) int {
	t.Helper()
	out, err := exec.Command("pdfimages", "-list", filepath.Join(os.Getenv("DAICHO_PAPERS"), name+".pdf")).Output()
	if err != nil {
		t.Fatalf("pdfimages (package poppler-utils): %v", err)
	}
	return strings.Count(string(out), "\n") - 2
}

// TestReport: the form says all that its fields hold, with the signature if somebody
// signed, and room for one if nobody did.
func TestReport(t *testing.T) {
	t.Setenv("DAICHO_PAPERS", kept(t))
	text := printed(t, "visit", course("印南"), drawn(t))
	for _, want := range []string{"2026-000512", "2026-004129", "市民課　髙橋（内線 2231）", "南出張所", "○達成", "令和8年11月24日（火）10:24", "令和8年11月24日（火）10:55",
		"窓口端末 PC-1182", "電源ランプが点滅", "電源ユニットを予備品に交換", "電源ユニット 1個", "予備品の補充", "税務課", "印南", "画面への署名", "甲情第7号", "佐々木 亮"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the paper:\n%s", want, text)
		}
	}
	if n := pictures(t, "visit"); n != 1 {
		t.Errorf("%d pictures", n)
	}
	blank := printed(t, "visit-blank", course(""), nil)
	if !strings.Contains(blank, "署名欄") || strings.Contains(blank, "画面への署名") || pictures(t, "visit-blank") != 0 {
		t.Errorf("without a signature:\n%s", blank)
	}
	if text := printed(t, "visit-broken", course("印南"), []byte("no picture")); !strings.Contains(text, "署名（画像を表示できません）") {
		t.Errorf("what is no picture:\n%s", text)
	}
}

func kept(t *testing.T) string {
	if dir := os.Getenv("DAICHO_PAPERS"); dir != "" {
		return dir
	}
	return t.TempDir()
}
