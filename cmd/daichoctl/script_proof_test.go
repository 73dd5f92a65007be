package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// proof writes what a person types who has an authenticator, which computes the
// code of now from a URL by itself: proof FILE URL.
func proof(ts *testscript.TestScript, _ bool, args []string) {
	u, err := url.Parse(args[1])
	ts.Check(err)
	secret, err := base32.StdEncoding.DecodeString(u.Query().Get("secret"))
	ts.Check(err)
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(now(ts).Unix()/30)))
	sum := mac.Sum(nil)
	code := binary.BigEndian.Uint32(sum[sum[19]&15:]) & 0x7fffffff % 1_000_000
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), fmt.Appendf(nil, "夏祭りの夜に花火\n%06d\n", code), 0o600))
}
