package hook

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/serve/pace"
)

// How fast one address may report. More is refused for a while, and sent again later.
const (
	burst  = 300
	refill = time.Second / 2
)

// Path is where tools post their reports.
const Path = "/hook/zabbix"

// Handler takes reports from who has the token, which is the one line of a file. The
// file is read each time, so a new token counts at once. The answer is JSON.
func (k *Taker) Handler(tokenFile string) http.Handler {
	limit := pace.New(k.Now, burst, refill)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			k.answer(w, http.StatusMethodNotAllowed, app.Refuse(app.Invalid, "", "POST で送ってください。", "send it by POST"))
			return
		}
		if !allowed(r, tokenFile) {
			k.answer(w, http.StatusUnauthorized, app.Refuse(app.Forbidden, "", "トークンが違います。メディアタイプの token と、サーバーの --hook-token のファイルを確かめてください。", "the token is wrong; look at token in the media type and at the file of --hook-token"))
			return
		}
		if wait := limit.Take(pace.From(r)); wait > 0 {
			pace.RetryAfter(w, wait)
			k.answer(w, http.StatusTooManyRequests, app.Refuse(app.Failed, "", "報告が多すぎるため、この報告は受け取っていません。監視装置が後でもう一度送ります。続くときは、JSON のファイルを --hook-drop のフォルダーに置いてください。",
				"too many reports, and this one was not taken; the tool sends it again later; if it goes on, leave JSON files in the folder of --hook-drop"))
			return
		}
		k.post(w, r)
	})
}

// allowed compares digests, whose length tells nothing.
func allowed(r *http.Request, tokenFile string) bool {
	text, err := os.ReadFile(tokenFile)
	want := strings.TrimSpace(string(text))
	got, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if err != nil || want == "" || !ok {
		return false
	}
	a, b := sha256.Sum256([]byte(want)), sha256.Sum256([]byte(strings.TrimSpace(got)))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

func (k *Taker) post(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxReport))
	if err != nil {
		k.answer(w, http.StatusRequestEntityTooLarge, app.Refuse(app.Invalid, "", "報告が 64 KB を超えるか、途中で切れました。監視装置の設定を確かめてください。", "the report is over 64 KB or was cut off; look at the tool's settings"))
		return
	}
	e, err := k.take(r.Context(), text)
	var refused *app.Error
	switch {
	case err == nil:
		reply(w, http.StatusOK, map[string]string{"event": e.Ref.ID.String(), "incident": incidentOf(e.Incident)})
	case errors.As(err, &refused) && refused.Code != app.Failed:
		k.answer(w, http.StatusUnprocessableEntity, err)
	default:
		k.Log.Error("event", "result", "failed", "err", err)
		k.answer(w, http.StatusServiceUnavailable, app.Refuse(app.Failed, "", "サーバーの都合で保存できませんでした。監視装置が後でもう一度送ります。", "the server could not keep it; the tool sends it again later"))
	}
}

func incidentOf(ref app.Ref) string {
	if ref.IsZero() {
		return ""
	}
	return ref.ID.String()
}

// answer says why a report was not taken.
func (k *Taker) answer(w http.ResponseWriter, status int, err error) {
	e := app.ErrorOf(err)
	k.Log.Warn("event", "result", "refused", "status", status, "field", e.Field)
	reply(w, status, map[string]string{"error": e.Say.JA, "message": e.Say.EN})
}

func reply(w http.ResponseWriter, status int, what map[string]string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what) // who does not hear it sends it again
}
