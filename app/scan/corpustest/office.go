package corpustest

import (
	"bytes"
	"context"
	"crypto/md5"
	_ "embed" // the macro
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"
)

// office collects what LibreOffice shall convert: it starts slowly, so one run
// writes all files.
type office struct {
	dir  string // its profile, and the list of jobs
	jobs []string
}

// filters are LibreOffice's names of formats, by the ending of a source in flat
// ODF and that of the file to make.
var filters = map[string]map[string]string{
	".fodt": {
		".docx": "MS Word 2007 XML", ".doc": "MS Word 97", ".odt": "writer8", ".rtf": "Rich Text Format",
		".pdf": "writer_pdf_Export", ".html": "HTML (StarWriter)", ".txt": "Text (encoded)",
	},
	".fods": {
		".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8", ".pdf": "calc_pdf_Export",
		".html": "HTML (StarCalc)",
	},
	".fodp": {
		".pptx": "Impress MS PowerPoint 2007 XML", ".ppt": "MS PowerPoint 97", ".odp": "impress8",
		".pdf": "impress_pdf_Export",
	},
}

// Office lets LibreOffice write a document, given as flat ODF (ending .fodt,
// .fods or .fodp), to target, whose ending says the format. An optional
// password encrypts it. The file is there when [Folder.Then] is called.
func (f *Folder) Office(flat []byte, ending, target, password string) error {
	filter := filters[ending][filepath.Ext(target)]
	if filter == "" {
		return fmt.Errorf("LibreOffice writes no %s from %s", target, ending)
	}
	source := f.Source(filepath.Base(target) + ending)
	if err := os.WriteFile(source, flat, 0o600); err != nil {
		return err
	}
	f.office.jobs = append(f.office.jobs, strings.Join([]string{fileURL(source), fileURL(target), filter, password, hex.EncodeToString(salt), hex.EncodeToString(key97(password))}, "\t"))
	return nil
}

// salt of the binary formats; it may be the same each time, for there is nothing to hide.
var salt = []byte("0123456789abcdef")

// key97 is the key of Office 97's RC4 encryption ([MS-OFFCRYPTO] 2.3.6.2), which
// LibreOffice wants ready made: 40 bits of the password's hash, salted.
func key97(password string) []byte {
	var letters []byte
	for _, u := range utf16.Encode([]rune(password)) {
		letters = binary.LittleEndian.AppendUint16(letters, u)
	}
	hash := md5.Sum(letters)
	key := md5.Sum(bytes.Repeat(append(hash[:5:5], salt...), 16))
	return key[:]
}

func fileURL(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

//go:embed testdata/convert.xba
var convert string

// profile are the files of a profile that has the macro. Without the first one
// LibreOffice takes the profile for new and writes its own macros over ours.
var profile = map[string]string{
	"registrymodifications.xcu": `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>`,
	"basic/script.xlc": `<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/></library:libraries>`,
	"basic/Standard/script.xlb": `<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Convert"/></library:library>`,
	"basic/Standard/Convert.xba": convert,
}

// run converts everything at once, by a macro in a profile of its own.
func (o *office) run() error {
	if len(o.jobs) == 0 {
		return nil
	}
	list := filepath.Join(o.dir, "jobs.txt")
	files := map[string]string{list: strings.Join(o.jobs, "\n") + "\n"}
	for name, content := range profile {
		files[filepath.Join(o.dir, "user", name)] = content
	}
	for path, content := range files {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "soffice", "-env:UserInstallation="+fileURL(o.dir), "--headless", "--norestore", "--nologo",
		`macro:///Standard.Convert.All("`+list+`")`)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("soffice: %w\n%s", err, out)
	}
	if failed, err := os.ReadFile(list + ".failed"); err == nil {
		return fmt.Errorf("soffice: %s", failed)
	}
	return nil
}
