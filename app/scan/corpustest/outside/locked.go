package outside

import (
	"fmt"
	"os"
	"path/filepath"

	"daicho/app/extract"
	k "daicho/app/scan/corpustest"
)

const password = "Kofu#2026-himitsu"

// members is what the protected files hold: eleven people with numbers.
func members(seedOf string) *content {
	c := write(seedOf, "members")
	c.add(list(c.everybody(11), c.nameCol("氏名"), c.birthCol("生年月日", date.slashes), c.homeCol("住所", home.full), c.phoneCol("電話番号"),
		col("個人番号", func(p *person) string { return c.value(k.IndividualNumber, p.individual) })))
	return c
}

// locked are documents that a password protects, and those that only seem so.
func locked() []k.Case {
	cases := []k.Case{}
	for _, o := range []output{
		{"名簿.xlsx", excel(password)}, {"会員名簿.xlsx", office(password)}, {"名簿.docx", office(password)}, {"名簿.odt", office(password)},
		{"名簿.ods", office(password)}, {"名簿.pdf", office(password)}, {"名簿.xls", office(password)}, {"名簿.doc", office(password)},
		{"発表.odp", office(password)}, {"発表.pptx", office(password)},
	} {
		c := members("locked-" + o.file)
		cases = append(cases, k.Case{
			Name: "locked-" + o.file, File: o.file, Protection: extract.ProtectPassword,
			Note: map[string]extract.Note{".xls": extract.NoteRC4, ".doc": extract.NoteRC4}[filepath.Ext(o.file)],
			Make: func(f *k.Folder) error { return o.form(f, c, o.file) },
		})
	}
	return append(cases, sheetProtection(), defaultPassword(),
		pdf("pdf-aes256", extract.ProtectPassword, "", "--encrypt", password, "owner", "256", "--"),
		pdf("pdf-aes128", extract.ProtectPassword, "", "--encrypt", password, "owner", "128", "--use-aes=y", "--"),
		pdf("pdf-rc4-128", extract.ProtectPassword, "", "--allow-weak-crypto", "--encrypt", password, "owner", "128", "--use-aes=n", "--"),
		pdf("pdf-rc4-40", extract.ProtectPassword, extract.NoteRC4, "--allow-weak-crypto", "--encrypt", password, "owner", "40", "--"),
		pdf("pdf-owner-256", "", extract.NoteOwnerPassword, "--encrypt", "", "owner", "256", "--print=none", "--modify=none", "--"),
		pdf("pdf-owner-128", "", extract.NoteOwnerPassword, "--encrypt", "", "owner", "128", "--use-aes=y", "--"),
		encryptedKey(),
	)
}

// open is a case whose content is read although something was meant to protect it.
func (c *content) open(name, file string, note extract.Note, do func(*k.Folder) error) k.Case {
	return k.Case{Name: name, File: file, Want: c.wants(c.presence), Persons: c.persons, Note: note, Make: do}
}

func sheetProtection() k.Case {
	c := members("sheet-protection")
	return c.open("sheet-protection", "保護.xlsx", "", func(f *k.Folder) error { return protectSheet(f, c, "保護.xlsx") })
}

// defaultPassword opens everywhere, for every Office tries it.
func defaultPassword() k.Case {
	c := members("default-password")
	return c.open("default-password", "既定.xlsx", extract.NoteDefaultPassword, func(f *k.Folder) error { return excel("VelvetSweatshop")(f, c, "既定.xlsx") })
}

// pdf is made by LibreOffice and encrypted by qpdf.
func pdf(name string, p extract.Protection, n extract.Note, args ...string) k.Case {
	c := members(name)
	made := k.Case{Name: name, File: "名簿.pdf", Protection: p, Note: n}
	if p == "" {
		made.Want, made.Persons = c.wants(c.presence), c.persons
	}
	made.Make = func(f *k.Folder) error {
		f.Then(func() error {
			return f.Run("qpdf", append(args, f.Source("plain.pdf"), f.Path("名簿.pdf"))...)
		})
		return f.Office(c.sheets(), ".fods", f.Source("plain.pdf"), "")
	}
	return made
}

// encryptedKey is a private key under a password: important still, to one person's
// mind, and safe to another's.
func encryptedKey() k.Case {
	return k.Case{Name: "encrypted-key", File: "server.key", Protection: extract.ProtectPassword,
		Want: k.Wants{k.Confidential: {Min: 0, Max: k.Any}},
		Make: func(f *k.Folder) error {
			return f.Run("openssl", "genrsa", "-aes256", "-passout", "pass:"+password, "-out", f.Path("server.key"), "2048")
		}}
}

// csv writes the content into the scratch folder, for an archiver.
func (c *content) csv(f *k.Folder, name string) error {
	scratch := k.Folder{Dir: f.Scratch}
	return comma("cp932", ',', true)(&scratch, c, name)
}

// archived is an archive with the list in it, made by a program that is given
// the archive's path for %s.
func archived(name, file string, want k.Case, command ...string) k.Case {
	c := members(name)
	want.Name, want.File = name, file
	if want.Protection == "" || want.Want != nil {
		want.Want, want.Persons = c.wants(c.presence), c.persons
	}
	want.Make = func(f *k.Folder) error {
		if err := c.csv(f, "meibo.csv"); err != nil {
			return err
		}
		if err := f.WriteSource("readme.txt", []byte("送付します。\n")); err != nil {
			return err
		}
		var args []string
		for _, a := range command {
			if a == "%s" {
				a = f.Path(file)
			}
			args = append(args, a)
		}
		return f.Run(args[0], args[1:]...)
	}
	return want
}

// archives are files inside files, with and without a password.
func archives() []k.Case {
	pw := "-p" + password
	locked := k.Case{Protection: extract.ProtectPassword}
	entry := func(n extract.Note, names ...string) k.Case {
		c := k.Case{Protection: extract.ProtectPassword, Note: n, Entries: map[string]extract.Protection{}}
		for _, name := range names {
			c.Entries[name] = extract.ProtectPassword
		}
		return c
	}
	plain := func(names ...string) k.Case {
		c := k.Case{Entries: map[string]extract.Protection{}}
		for _, name := range names {
			c.Entries[name] = extract.ProtectNone
		}
		return c
	}
	sealed := k.Case{Protection: extract.ProtectKey} // for OpenPGP a password is one of the ways to a key
	return []k.Case{
		archived("zip-plain", "名簿.zip", plain("meibo.csv", "readme.txt"), "zip", "-q", "%s", "meibo.csv", "readme.txt"),
		archived("zip-crypto", "名簿.zip", entry(extract.NoteZipCrypto, "meibo.csv"), "zip", "-q", "-P", password, "%s", "meibo.csv"),
		archived("zip-aes", "名簿.zip", entry("", "meibo.csv", "readme.txt"), "7z", "a", "-tzip", "-mem=AES256", pw, "%s", "meibo.csv", "readme.txt"),
		archived("7z-plain", "名簿.7z", plain("meibo.csv"), "7z", "a", "%s", "meibo.csv"),
		archived("7z-password", "名簿.7z", entry("", "meibo.csv"), "7z", "a", pw, "%s", "meibo.csv"),
		archived("7z-names-too", "名簿.7z", locked, "7z", "a", pw, "-mhe=on", "%s", "meibo.csv"),
		archived("tar", "名簿.tar", plain("meibo.csv"), "tar", "-cf", "%s", "meibo.csv", "readme.txt"),
		archived("tar-gz", "名簿.tar.gz", k.Case{}, "tar", "-czf", "%s", "meibo.csv", "readme.txt"),
		archived("tar-xz", "名簿.tar.xz", k.Case{}, "tar", "-cJf", "%s", "meibo.csv"),
		archived("gz", "meibo.csv.gz", k.Case{}, "sh", "-c", `gzip -c meibo.csv > "$0"`, "%s"),
		archived("bz2", "meibo.csv.bz2", k.Case{}, "sh", "-c", `7z a -tbzip2 "$0" meibo.csv`, "%s"),
		archived("zstd", "meibo.csv.zst", k.Case{}, "zstd", "-q", "meibo.csv", "-o", "%s"),
		archived("gpg-symmetric", "meibo.csv.gpg", sealed, "gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", password, "-o", "%s", "-c", "meibo.csv"),
		archived("gpg-armour", "meibo.csv.asc", sealed, "gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", password, "--armor", "-o", "%s", "-c", "meibo.csv"),
		archived("gpg-key", "meibo.csv.gpg", k.Case{Protection: extract.ProtectKey}, "sh", "-c",
			`gpg --batch --pinentry-mode loopback --passphrase "" --quick-generate-key tanto@example.jp default default never && gpg --batch --trust-model always -r tanto@example.jp -o "$0" -e meibo.csv`, "%s"),
		archived("zip-in-zip", "送付.zip", plain("naka.zip", "naka.zip!/meibo.csv"), "sh", "-c", `zip -q naka.zip meibo.csv && zip -q "$0" naka.zip`, "%s"),
		archived("locked-in-open", "送付.zip", k.Case{Protection: extract.ProtectNone, Entries: map[string]extract.Protection{"naka.zip": extract.ProtectPassword}},
			"sh", "-c", `7z a -tzip -mem=AES256 '`+pw+`' naka.zip meibo.csv && zip -q "$0" naka.zip readme.txt`, "%s"),
		archived("half-locked", "送付.zip", k.Case{Protection: extract.ProtectPartial, Note: extract.NoteZipCrypto, Entries: map[string]extract.Protection{"meibo.csv": extract.ProtectPassword, "readme.txt": extract.ProtectNone}},
			"sh", "-c", `zip -q -P '`+password+`' "$0" meibo.csv && zip -q "$0" readme.txt`, "%s"),
		beside(), mailedArchive(), documentInZip(),
	}
}

// beside is an archive with its password in the same folder.
func beside() k.Case {
	c := archived("password-beside", "名簿.zip", k.Case{Protection: extract.ProtectPassword, Note: extract.NotePasswordBeside}, "7z", "a", "-tzip", "-mem=AES256", "-p"+password, "%s", "meibo.csv")
	archive := c.Make
	c.Want = k.Wants{k.Confidential: {Min: 0, Max: k.Any}}
	c.Make = func(f *k.Folder) error {
		if err := archive(f); err != nil {
			return err
		}
		return f.Write("パスワード.txt", []byte("名簿.zip のパスワード: "+password+"\n"))
	}
	return c
}

// mailedArchive is a protected archive that goes with a mail.
func mailedArchive() k.Case {
	c := members("mail-zip")
	return k.Case{Name: "mail-zip", File: "送付.eml", Note: extract.NoteZipCrypto, Entries: map[string]extract.Protection{"名簿.zip": extract.ProtectPassword},
		Want: k.Wants{k.Email: {Min: 0, Max: 2}},
		Make: func(f *k.Folder) error {
			if err := c.csv(f, "meibo.csv"); err != nil {
				return err
			}
			if err := f.Run("zip", "-q", "-P", password, "naka.zip", "meibo.csv"); err != nil {
				return err
			}
			archive, err := os.ReadFile(f.Source("naka.zip"))
			if err != nil {
				return err
			}
			return f.Write("送付.eml", message("jis", "tanto@city.example.jp", "kikaku@pref.example.jp", "名簿の送付", "名簿を送付します。パスワードは別途お知らせします。\n", attachment{"名簿.zip", archive}))
		}}
}

// documentInZip is an Office file that is protected, beside one that is not.
func documentInZip() k.Case {
	c := members("document-in-zip")
	return k.Case{Name: "document-in-zip", File: "資料.zip", Want: c.wants(c.presence), Persons: c.persons,
		Entries: map[string]extract.Protection{"a.xlsx": extract.ProtectPassword, "b.xlsx": extract.ProtectNone},
		Make: func(f *k.Folder) error {
			scratch := k.Folder{Dir: f.Scratch}
			for file, pw := range map[string]string{"a.xlsx": password, "b.xlsx": ""} {
				if err := excel(pw)(&scratch, c, file); err != nil {
					return fmt.Errorf("%s: %w", file, err)
				}
			}
			return f.Run("zip", "-q", f.Path("資料.zip"), "a.xlsx", "b.xlsx")
		}}
}
