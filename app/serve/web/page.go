package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"
	"time"

	"daicho/app"
)

//go:embed pages
var files embed.FS

// page is what a page shows.
type page struct {
	Name    string // of the template
	Title   string
	Problem string // instead of anything else
	Form    string // the hidden field of its forms
	Do      string // what its form is sent for; empty: to see
	Fields  []line
	Faults  []fault
	Asks    string // for the buttons of who is asked about a number
	Sites   []string
	Slip    *receipt
	State   *state
	Done    string // what was just done
}

// line is a field as it stands on a page.
type line struct {
	field
	Value, Fault string
}

func pages() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"when": when}).ParseFS(files, "pages/*.html"))
}

// when writes a time as the city's letters do.
func when(s app.Stamp) string {
	if s == 0 {
		return ""
	}
	t := s.Time()
	return t.Format("2006年1月2日") + "（" + string([]rune("日月火水木金土")[t.Weekday()]) + "）" + t.Format("15:04")
}

func count(n int) string { return strconv.Itoa(n) }

// lines put what was filled in beside what is asked.
func lines(fields []field, f fill) (all []line) {
	for _, a := range fields {
		l := line{field: a, Value: f.Values.Get(a.ID)}
		for _, x := range f.Faults {
			if x.Field == a.ID {
				l.Fault = x.Says
			}
		}
		all = append(all, l)
	}
	return all
}

// show writes a page whole or not at all.
func (d *Desk) show(w http.ResponseWriter, status int, p page) {
	var b bytes.Buffer
	if err := d.pages.ExecuteTemplate(&b, p.Name+".html", p); err != nil {
		d.Log.Error("web", "result", "a page cannot be made", "page", p.Name, "err", err)
		http.Error(w, "画面を表示できません。ヘルプデスクへ電話してください。", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who does not hear it asks again
}

func (d *Desk) style(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "max-age=300")
	http.ServeFileFS(w, r, files, "pages/style.css")
}

// Serving are the limits of a server for browsers: a slow one is not waited for.
func Serving(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
}
