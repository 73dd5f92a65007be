package main

import (
	"bufio"
	_ "embed" // the sentences
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

//go:embed sentences.txt
var sentenceList string

const (
	textSize  = 64 << 20 // bytes of one text file
	textFiles = 4
	documents = 60 // of each format
)

// folders are those of the files, by what is in them.
var folders = []string{"utf8", "cp932", "table", "log", "docx", "xlsx", "pdf"}

// prose writes ordinary text of an office; one line in fifty has a person in it.
func prose(to io.Writer, r *rand.Rand, size int) {
	sentences := strings.Split(strings.TrimSpace(sentenceList), "\n")
	for i, n := 0, 0; n < size; i++ {
		for range 1 + r.IntN(4) {
			n += text(to, "%s", sentences[r.IntN(len(sentences))])
		}
		n += text(to, "\n")
		if i%50 == 0 {
			n += text(to, "担当 架空 太郎 電話 055-2%02d-%04d メール u%d@example.jp 個人番号 123456789018\n", r.IntN(100), r.IntN(10000), r.IntN(1000))
		}
	}
}

// register writes a table of persons, three numbers in each row.
func register(to io.Writer, r *rand.Rand, size int) {
	n := text(to, "番号,氏名,住所,電話,生年月日\n")
	for i := 1; n < size; i++ {
		n += text(to, "%d,架空 %s,甲府市丸の内%d-%d-%d,055-2%02d-%04d,%d-%02d-%02d\n", i, []string{"太郎", "花子", "健一", "美咲"}[r.IntN(4)],
			1+r.IntN(3), 1+r.IntN(30), 1+r.IntN(20), r.IntN(100), r.IntN(10000), 1930+r.IntN(80), 1+r.IntN(12), 1+r.IntN(28))
	}
}

func log(to io.Writer, r *rand.Rand, size int) {
	for i, n := 0, 0; n < size; i++ {
		n += text(to, "2026-11-%02dT%02d:%02d:%02dZ host daemon[%d]: connection from 192.0.2.%d port %d closed, took %d.%d ms\n",
			1+i>>20%28, i>>12%24, i>>6%60, i%60, r.IntN(30000), r.IntN(256), 1024+r.IntN(60000), r.IntN(900), r.IntN(10))
	}
}

// text writes to a buffer, whose error comes when it is flushed.
func text(to io.Writer, format string, what ...any) int {
	n, _ := fmt.Fprintf(to, format, what...)
	return n
}

// fill makes the files in a folder that is not there, always the same.
func fill(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	draft := dir + ".draft"
	if err := os.RemoveAll(draft); err != nil {
		return err
	}
	for _, name := range folders {
		if err := os.MkdirAll(filepath.Join(draft, name), 0o755); err != nil {
			return err
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	if err := texts(draft, r); err != nil {
		return err
	}
	if err := office(draft, r); err != nil {
		return err
	}
	return os.Rename(draft, dir)
}

func texts(dir string, r *rand.Rand) error {
	for i := range textFiles {
		for _, f := range []struct {
			folder, ending string
			write          func(io.Writer, *rand.Rand, int)
			size           int
			as             encoding.Encoding
		}{
			{"utf8", "txt", prose, textSize, encoding.Nop}, {"cp932", "txt", prose, textSize, japanese.ShiftJIS},
			{"table", "csv", register, textSize / 4, encoding.Nop}, {"log", "txt", log, textSize / 4, encoding.Nop},
		} {
			err := create(filepath.Join(dir, f.folder, fmt.Sprintf("%d.%s", i, f.ending)), f.as, func(to io.Writer) { f.write(to, r, f.size) })
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// create writes a file as it goes: a program that is started by a large one is told
// to have been as large.
func create(path string, as encoding.Encoding, write func(io.Writer)) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	encoder := as.NewEncoder().Writer(f)
	buffer := bufio.NewWriterSize(encoder, 1<<16)
	write(buffer)
	err = buffer.Flush()
	if w, is := encoder.(io.Closer); is {
		err = errors.Join(err, w.Close())
	}
	return errors.Join(err, f.Close())
}

// office has LibreOffice make documents of texts and tables.
func office(dir string, r *rand.Rand) error {
	made, err := os.MkdirTemp(dir, "made-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(made)
	var letters, tables []string
	for i := range documents {
		letter, table := filepath.Join(made, fmt.Sprintf("%02d.txt", i)), filepath.Join(made, fmt.Sprintf("%02d.csv", i))
		if err := errors.Join(create(letter, encoding.Nop, func(to io.Writer) { prose(to, r, 40_000) }),
			create(table, encoding.Nop, func(to io.Writer) { register(to, r, 150_000) })); err != nil {
			return err
		}
		letters, tables = append(letters, letter), append(tables, table)
	}
	for _, c := range []command{
		libre(dir, filepath.Join(dir, "docx"), letters, "--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", "docx:MS Word 2007 XML"),
		libre(dir, filepath.Join(dir, "pdf"), letters, "--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", "pdf:writer_pdf_Export"),
		libre(dir, filepath.Join(dir, "xlsx"), tables, "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
	} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	for _, format := range []string{"docx", "pdf", "xlsx"} {
		if names, err := filepath.Glob(filepath.Join(dir, format, "*."+format)); err != nil || len(names) != documents {
			return fmt.Errorf("LibreOffice made %d files of %d: %s, %v", len(names), documents, format, err)
		}
	}
	return os.RemoveAll(profile(dir))
}

// libre is LibreOffice converting files into a folder, with a profile of its own; how
// ends with --convert-to.
func libre(dir, to string, files []string, how ...string) command {
	c := append(command{"soffice", "-env:UserInstallation=file://" + profile(dir), "--headless"}, how...)
	return append(append(c, "--outdir", to), files...)
}

func profile(dir string) string { return filepath.Join(dir, "libreoffice") }
