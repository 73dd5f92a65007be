package assets_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daicho/assets"
)

// released are the checksums of BIZ UD fonts 1.05 as published: the licence
// reserves their names for unmodified files.
var released = map[string]string{
	assets.GothicRegular:  "1e190f86ee44b54e999a02c3cd34c4fd4805aa1e9b08849332c3b573c8c869fc",
	assets.GothicBold:     "d4ac5302ab946ef8b81c6a11afc6ed553b4b4d4964ead16460fb53168e4724ae",
	assets.PGothicRegular: "8d4fd9568ad662d9eb1bc8ca8663dcd76a6336373e3e3f32d634978db4c7388e",
	assets.PGothicBold:    "4148bfdc5da1f32b9e20b2ca25c26da409f4594b8c31da8d3f0d04628793adc4",
	assets.MinchoRegular:  "12a760927333e6099c7d55508b03617d905836041d3883c766e88a2e892a96c3",
}

func TestFontsAreThereUnmodified(t *testing.T) {
	for name, want := range released {
		sum := sha256.Sum256(assets.Font(name))
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s: checksum %s, want %s", name, got, want)
		}
	}
}

func TestEveryFileOnDiskIsEmbedded(t *testing.T) {
	embedded := map[string]func(string) []byte{"fonts/*.ttf": assets.Font, "icons/*.svg": assets.Icon}
	for pattern, open := range embedded {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v files, %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
			if !bytes.Equal(open(name), want) {
				t.Errorf("%s is not embedded as it is", path)
			}
		}
	}
}

// The window's reader of SVG leaves out the rest of a path that writes an arc's two
// flags together, or with what follows: the fourth and fifth of each seven numbers.
func TestIconsWriteArcsApart(t *testing.T) {
	arcs := regexp.MustCompile(`[aA]([-0-9. ,]+)`)
	paths, _ := filepath.Glob("icons/*.svg")
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".svg")
		for _, arc := range arcs.FindAllStringSubmatch(string(assets.Icon(name)), -1) {
			numbers := strings.Fields(strings.NewReplacer(",", " ", "-", " -").Replace(arc[1]))
			for i, n := range numbers {
				if flag := i%7 == 3 || i%7 == 4; flag && n != "0" && n != "1" {
					t.Errorf("%s: %s", path, arc[0])
				}
			}
		}
	}
}

func TestIconsTakeTheColourOfTheScreen(t *testing.T) {
	paths, _ := filepath.Glob("icons/*.svg")
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".svg")
		if !bytes.Contains(assets.Icon(name), []byte("currentColor")) {
			t.Errorf("%s has a colour of its own", path)
		}
	}
}

func TestEachCopyIsTheCallersOwn(t *testing.T) {
	first := assets.Font(assets.GothicRegular)
	first[0] = 'x'
	if assets.Font(assets.GothicRegular)[0] == 'x' {
		t.Error("a change in one copy shows in the next")
	}
}

func TestUnknownNamesGiveNil(t *testing.T) {
	if assets.Font("Nothing") != nil || assets.Icon("../fonts/OFL") != nil || assets.Icon("") != nil {
		t.Error("an unknown name gave bytes")
	}
}

func TestLicencesTravelAlong(t *testing.T) {
	text := assets.Licences()
	for _, want := range []string{"SIL OPEN FONT LICENSE", "BIZ UDGothic", "BIZ UDMincho", "ISC License", "Lucide", "Feather"} {
		if !strings.Contains(text, want) {
			t.Errorf("licences do not mention %q", want)
		}
	}
}
