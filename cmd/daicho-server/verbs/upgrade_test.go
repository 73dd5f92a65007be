package verbs

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/cmd/cli"
	"daicho/store/keys"
	"daicho/sync/server"
)

// TestPeopleFromBeforeRightsGoOn opens a server that 0.2.0 left: its people have
// a role afterwards and read what they read before, once and for all; one who was
// added since without a role stays without.
func TestPeopleFromBeforeRightsGoOn(t *testing.T) {
	at := filepath.Join(t.TempDir(), "server")
	from := filepath.FromSlash("../../../sync/server/testdata/versions/0.2.0/server")
	for _, part := range []string{"", ".keys"} {
		if err := os.CopyFS(at+part, os.DirFS(from+part)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := server.Open(t.Context(), server.Options{Dir: at, Keys: keys.In(at + ".keys"), Passphrase: keys.Passphrase("正しい馬 電池 ホチキス"),
		Book: modules.Book(), Clock: time.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before, err := s.Users(t.Context())
	if err != nil || len(before) < 2 {
		t.Fatal(before, err)
	}
	var out bytes.Buffer
	console := &cli.Console{Out: &out}
	if err := carryOn(t.Context(), s, console); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), fmt.Sprintf("%d people of a version without rights have the role pm now", len(before))) {
		t.Errorf("said %q", &out)
	}
	if err := s.Act(t.Context(), func(a *server.Acting) error {
		p, err := a.AddPerson("役割のない人")
		if err != nil {
			return err
		}
		return people.Introduce(a, p.ID, p.Name)
	}); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := carryOn(t.Context(), s, console); err != nil || out.Len() > 0 {
		t.Errorf("a second time: %q, %v", &out, err)
	}
	users, err := s.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		want := 1
		if u.Name == "役割のない人" {
			want = 0
		}
		if got := rolesOf(t, s, u.ID); len(got) != want || want == 1 && got[0] != access.PM {
			t.Errorf("%s has %v", u.Name, got)
		}
	}
}

func rolesOf(t *testing.T, s *server.Server, id app.ID) (roles []access.Role) {
	t.Helper()
	err := s.Act(context.Background(), func(a *server.Acting) error {
		grants, err := people.GrantsOf(a, id)
		roles = nil
		for _, g := range grants {
			roles = append(roles, g.Role)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return roles
}
