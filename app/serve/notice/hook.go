package notice

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/notice"
)

// Hook posts notices as JSON to the address that they name: {"id","subject","text"}.
// The id stays the same when a notice is posted again. Nothing of a notice stands in the
// address, which machines on the way write down.
type Hook struct {
	Client  *http.Client
	KeyFile string // of the one line that signs; read anew each time; empty: unsigned
	Now     app.Clock
}

// NewHook is a hook that waits half a minute for an answer and follows no redirect.
func NewHook(keyFile string, now app.Clock) *Hook {
	client := &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Hook{client, keyFile, now}
}

// Signature is the header of a signed post: t=SECONDS,v1=HEX, where HEX is the
// HMAC-SHA-256 of "SECONDS.BODY" under the key. Who receives it compares that, and
// refuses seconds that are long past.
const Signature = "X-Daicho-Signature"

var errKey = errors.New("the file of the key cannot be read")

// sign adds the signature of a body.
func (h *Hook) sign(req *http.Request, body []byte) error {
	if h.KeyFile == "" {
		return nil
	}
	key, err := os.ReadFile(h.KeyFile)
	if key = bytes.TrimRight(key, "\r\n"); err != nil || len(key) == 0 {
		return errKey // without its path, for it stands in the notice
	}
	seconds := strconv.FormatInt(h.Now().Unix(), 10)
	m := hmac.New(sha256.New, key)
	m.Write([]byte(seconds + "."))
	m.Write(body)
	req.Header.Set(Signature, "t="+seconds+",v1="+hex.EncodeToString(m.Sum(nil)))
	return nil
}

// Carry implements Carrier.
func (h *Hook) Carry(ctx context.Context, n *notice.Notice) error {
	body, err := json.Marshal(map[string]string{"id": n.MessageID, "subject": n.Subject, "text": n.Body})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, n.To, bytes.NewReader(body))
	if err != nil {
		return &Refusal{"the address cannot be called"}
	}
	req.Header.Set("Content-Type", "application/json")
	if err := h.sign(req, body); err != nil {
		return err
	}
	out, err := h.Client.Do(req)
	if err != nil {
		return errors.New("the address does not answer") // the error names the address, which may hold a key
	}
	defer out.Body.Close()
	detail := "HTTP " + strconv.Itoa(out.StatusCode)
	switch {
	case out.StatusCode < 300:
		return nil
	case out.StatusCode >= 500, out.StatusCode == http.StatusTooManyRequests, out.StatusCode == http.StatusRequestTimeout:
		return errors.New(detail)
	}
	return &Refusal{detail}
}
