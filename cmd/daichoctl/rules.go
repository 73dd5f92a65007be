package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/cmd/cli"
	"daicho/store/durable"
	"daicho/store/keys"
)

// rulesVerb makes and shows packs of rules for the scan.
type rulesVerb struct {
	Key  rulesKeyVerb  `cmd:"" help:"Print the public key that belongs to a signing key: what --rules-key of those who scan names."`
	Sign rulesSignVerb `cmd:"" help:"Sign a draft, so that scans take it."`
	Show rulesShowVerb `cmd:"" help:"Tell what a signed pack changes, who approved it, and until when."`
}

type rulesKeyVerb struct {
	KeyFile string `required:"" placeholder:"FILE" help:"The signing key: one line of 64 hexadecimal digits; made if it is not there. Whoever reads it signs packs."`
}

// Run prints one line.
func (v *rulesKeyVerb) Run(console *cli.Console) error {
	key, err := signingKey(v.KeyFile)
	if err == nil {
		_, err = fmt.Fprintln(console.Out, base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)))
	}
	return err
}

func signingKey(path string) (ed25519.PrivateKey, error) {
	key, err := keys.FromFile(path)
	if err != nil {
		return nil, err
	}
	seed, err := key.For("rules")
	if err != nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed[:]), nil
}

type rulesSignVerb struct {
	Draft   string `arg:"" help:"The pack as JSON: name, version, edition, changes."`
	KeyFile string `required:"" placeholder:"FILE" help:"The signing key; see rules key."`
	To      string `required:"" placeholder:"PACK" help:"Where the signed pack is written; a file that is there is left alone."`
}

// Run signs it.
func (v *rulesSignVerb) Run() error {
	text, err := readFile(v.Draft)
	if err != nil {
		return err
	}
	p, err := detect.ReadPack(text)
	if err != nil {
		return packRefused(v.Draft, err)
	}
	key, err := signingKey(v.KeyFile)
	if err != nil {
		return err
	}
	signed, err := detect.SignPack(p, key)
	if err != nil {
		return packRefused(v.Draft, err)
	}
	return durable.Create(v.To, func(draft string) error { return os.WriteFile(draft, signed, 0o644) })
}

type rulesShowVerb struct {
	packFlags
}

// Run prints the packs in the order in which they count.
func (v *rulesShowVerb) Run(console *cli.Console) error {
	packs, err := v.open()
	if err != nil {
		return err
	}
	today := civil.DateOf(console.Now())
	for _, p := range packs {
		fmt.Fprintf(console.Out, "%s %d, following %s\n", p.Name, p.Version, p.Edition)
		for _, c := range p.Changes {
			fmt.Fprintf(console.Out, "  %s%s\n", changeLine(c), approval(c, today))
		}
	}
	return nil
}

func changeLine(c detect.Change) string {
	said := []string{string(c.Kind)}
	for _, list := range []struct {
		name  string
		words []string
	}{{"names", c.Names}, {"hints", c.Hints}, {"denies", c.Denies}, {"cues", c.Cues}, {"drop", c.Drop}} {
		if len(list.words) > 0 {
			said = append(said, list.name+" "+strings.Join(list.words, " "))
		}
	}
	if c.Off {
		said = append(said, "not looked for")
	}
	return strings.Join(said, ": ")
}

func approval(c detect.Change, today civil.Date) string {
	said := ""
	if c.Approver != "" {
		said = ", approved by " + c.Approver
	}
	switch {
	case c.Until == "":
		return said
	case c.Until < today.String():
		return said + ", ended on " + c.Until
	}
	return said + ", until " + c.Until
}

// packFlags name packs of rules, and who may sign them.
type packFlags struct {
	Rules    []string `placeholder:"PACK" and:"rules" help:"A signed pack that changes the rules; more than once, if need be: the later counts over the earlier."`
	RulesKey string   `placeholder:"FILE" and:"rules" help:"The public keys that may sign packs, one on each line; see daichoctl rules key."`
}

// open reads all packs or none.
func (f *packFlags) open() (packs []*detect.Pack, err error) {
	if len(f.Rules) == 0 {
		return nil, nil
	}
	trusted, err := publicKeys(f.RulesKey)
	if err != nil {
		return nil, err
	}
	for _, path := range f.Rules {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, cli.Errorf("%v点検は行っていません。", "%v; nothing was scanned", err)
		}
		p, err := detect.OpenPack(text, trusted...)
		if err != nil {
			return nil, packRefused(path, err)
		}
		packs = append(packs, p)
	}
	return packs, nil
}

func publicKeys(path string) (trusted []ed25519.PublicKey, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, cli.Errorf("%v点検は行っていません。", "%v; nothing was scanned", err)
	}
	for line := range strings.FieldsSeq(string(text)) {
		b, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(b) != ed25519.PublicKeySize {
			return nil, errRulesKey
		}
		trusted = append(trusted, b)
	}
	if len(trusted) == 0 {
		return nil, errRulesKey
	}
	return trusted, nil
}

var errRulesKey = app.Refuse(app.Invalid, "rules-key", "--rules-key のファイルは公開鍵ではありません。daichoctl rules key が表示した 1 行を保存したファイルを指定してください。何もスキャンしていません。",
	"the file of --rules-key holds no public keys; name one with the line that daichoctl rules key printed; nothing was scanned")

// packRefused is the sentence for a pack that does not count.
func packRefused(path string, err error) error {
	switch {
	case errors.Is(err, detect.ErrPackSignature):
		return app.Because(err, app.Invalid, "ルールパック "+path+" の署名を確認できません。信頼する鍵で署名されていないか、署名後に内容が変わっています。配布元から受け取り直してください。何もスキャンしていません。",
			"the pack "+path+" is not signed with a key of --rules-key, or was changed since; get it anew from who hands it out; nothing was scanned")
	case errors.Is(err, detect.ErrPackFormat):
		return app.Because(err, app.Invalid, "ルールパック "+path+" は、このプログラムとは別の版の形式です。この版で署名し直したものを受け取るか、プログラムを更新してください。何もスキャンしていません。",
			"the pack "+path+" has the format of another version; get one that this version signed, or update this program; nothing was scanned")
	case errors.Is(err, detect.ErrPackContent):
		what := strings.TrimPrefix(err.Error(), detect.ErrPackContent.Error()+": ")
		return app.Because(err, app.Invalid, "ルールパック "+path+" の内容に誤りがあります（"+what+"）。作成者に確認してください。何もスキャンしていません。",
			"the pack "+path+" is wrong ("+what+"); ask who made it; nothing was scanned")
	}
	return err
}
