package web

import (
	"html/template"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"daicho/app"
	"daicho/app/serve/pace"
	"daicho/store"
)

// Options are what a desk works with. All must be set.
type Options struct {
	Replica *store.Replica
	Now     app.Clock
	Log     *slog.Logger // is told no name and no text
	// Mask takes individual numbers out of a text, and says whether there was one.
	Mask func(text string) (masked string, found bool)
	// Unsure says whether what may be an individual number stands in a text.
	Unsure func(text string) bool
	Wake   func() // has what was written sent to the server
	// Patience is how long a receipt waits for its official number, before it goes out
	// with a provisional one.
	Patience time.Duration
}

// Desk answers browsers.
type Desk struct {
	Options
	forms forms
	pace  *pace.Pace
	pages *template.Template
	one   sync.Mutex // the same form sent twice at once comes one after the other
}

// How fast one address may send forms. A branch office can stand behind one.
const (
	burst  = 40
	refill = 3 * time.Second
)

// New makes a desk. It knows the forms again that a desk over the same replica handed
// out before it; those of another are shown again, with what was written into them.
func New(o Options) *Desk {
	return &Desk{Options: o, forms: newForms(o.Replica.DeviceKey()), pace: pace.New(o.Now, burst, refill), pages: pages()}
}

// maxForm is how many bytes a form may have that is sent.
const maxForm = 64 << 10

// Handler serves the desk's pages. It wants connections by TLS, or from this machine.
func (d *Desk) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", d.getRequest)
	mux.HandleFunc("POST /{$}", d.sent(d.postRequest, d.showRequest))
	mux.HandleFunc("GET /state", d.getState)
	mux.HandleFunc("POST /state", d.sent(d.postState, d.showState))
	mux.HandleFunc("GET /style.css", d.style)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		d.show(w, http.StatusNotFound, page{Name: "problem", Title: "ページがありません", Problem: "指定されたページはありません。上の「依頼する」または「状況を見る」を選んでください。"})
	})
	return guarded(http.NewCrossOriginProtection().Handler(mux))
}

// guarded sets what browsers are to be strict about. No page may be kept, framed, or
// bring anything from elsewhere.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// sent reads a form that was sent, and hands it on if it is one of ours and its sender
// does not send too many. Else it is shown again, as it was filled in.
func (d *Desk) sent(take func(http.ResponseWriter, *http.Request, form), again func(http.ResponseWriter, *http.Request, int, fill)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			d.Log.Info("web", "result", "unreadable")
			d.show(w, http.StatusRequestEntityTooLarge, page{Name: "problem", Title: "送信できませんでした",
				Problem: "内容が長すぎるか、送信が途中で切れました。前の画面に戻り、内容を短くして、もう一度送信してください。急ぐときはヘルプデスクへ電話してください。"})
			return
		}
		f := fill{Values: r.PostForm}
		if wait := d.pace.Take(pace.From(r)); wait > 0 {
			d.Log.Warn("web", "result", "too many")
			pace.RetryAfter(w, wait)
			again(w, r, http.StatusTooManyRequests, f.fails("", "続けて送信されたため、受け付けていません。1分ほど待ってから、もう一度「送信」を押してください。入力した内容は残っています。"))
			return
		}
		nonce, ok := d.forms.read(cookie(r), r.PostForm.Get("form"), d.Now())
		if !ok {
			again(w, r, http.StatusForbidden, f.fails("", "画面を開いてから時間がたったため、送信していません。内容を確かめて、もう一度送信してください。"))
			return
		}
		take(w, r, form{fill: f, nonce: nonce})
	}
}
