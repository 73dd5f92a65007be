package calendar_test

import (
	"crypto/ed25519"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/assets"
)

func day(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }

func shipped(t testing.TB) *calendar.Holidays {
	t.Helper()
	h, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTheTableIsWhatTheLawSays(t *testing.T) {
	for _, c := range shipped(t).Changes(calendar.Computed()) {
		t.Errorf("%s: the law has %q, the table %q", c.Date, c.Was, c.Is)
	}
}

// TestTheLawIsWhatWasPublished compares every day from 1970 to 2027 with the list
// of the Cabinet Office (syukujitsu.csv as of 2026), which writes 休日 for days that
// have no name, and the two of 2019 that a law of their own made.
func TestTheLawIsWhatWasPublished(t *testing.T) {
	file, err := os.ReadFile("testdata/syukujitsu.csv")
	if err != nil {
		t.Fatal(err)
	}
	published := map[string]string{}
	for line := range strings.Lines(string(file)) {
		date, name, _ := strings.Cut(strings.TrimSpace(line), ",")
		at, err := time.Parse("2006/1/2", date)
		if err != nil {
			t.Fatal(err)
		}
		published[at.Format(time.DateOnly)] = name
	}
	written := map[string]string{calendar.Substitute: "休日", calendar.Between: "休日"}
	days := 0
	for year := 1970; year <= 2027; year++ {
		for _, h := range calendar.Law(year) {
			days++
			want, name := published[h.Date.String()], h.Name
			if w, ok := written[name]; ok {
				name = w
			}
			if want != name && !(year == 2019 && (want == "休日（祝日扱い）" || want == "体育の日（スポーツの日）")) {
				t.Errorf("%s: %q, published %q", h.Date, h.Name, want)
			}
		}
	}
	if days != len(published) {
		t.Errorf("%d days computed, %d published", days, len(published))
	}
}

func TestDaysThatTheLawMovedOrAdded(t *testing.T) {
	h := calendar.Computed()
	for date, want := range map[string]string{
		"1973-02-12": "", "1973-04-30": calendar.Substitute, // the first of its kind
		"1986-05-04": "", "1987-05-04": calendar.Substitute, "1988-05-04": calendar.Between, // the first of its kind
		"1997-05-04": "", "2003-05-04": "", // on a Sunday no 国民の休日
		"1989-02-24": "大喪の礼", "1990-11-12": "即位礼正殿の儀", "1993-06-09": "結婚の儀",
		"1988-12-23": "", "1989-12-23": "天皇誕生日", "2018-12-23": "天皇誕生日", "2019-02-23": "", "2019-12-23": "", "2020-02-23": "天皇誕生日",
		"1995-07-20": "", "1996-07-20": "海の日", "2003-07-20": "", "2003-07-21": "海の日",
		"1999-01-15": "成人の日", "2000-01-15": "", "2000-01-10": "成人の日",
		"2002-09-15": "敬老の日", "2003-09-15": "敬老の日", "2004-09-15": "", "2004-09-20": "敬老の日",
		"2006-04-29": "みどりの日", "2007-04-29": "昭和の日", "2007-05-04": "みどりの日",
		"2008-05-05": "こどもの日", "2008-05-06": calendar.Substitute, // for the Sunday two days before
		"2009-09-22": calendar.Between, "2026-09-22": calendar.Between, "2032-09-21": calendar.Between,
		"2015-08-11": "", "2016-08-11": "山の日",
		"2019-04-30": calendar.Between, "2019-05-01": "天皇の即位の日", "2019-05-02": calendar.Between, "2019-10-22": "即位礼正殿の儀",
		"2020-07-20": "", "2020-07-23": "海の日", "2020-07-24": "スポーツの日", "2020-08-10": "山の日", "2020-08-11": "", "2020-10-12": "",
		"2021-07-22": "海の日", "2021-07-23": "スポーツの日", "2021-08-08": "山の日", "2021-08-09": calendar.Substitute, "2021-10-11": "",
		"2026-05-06": calendar.Substitute, "2019-10-14": "体育の日", "2022-10-10": "スポーツの日",
	} {
		d, err := calendar.ParseDay(date)
		if name, _ := h.Name(d); err != nil || name != want {
			t.Errorf("%s: %q, want %q (%v)", date, name, want, err)
		}
	}
}

// TestEquinoxesAgainstTheSun computes the equinoxes anew, from the mean ones and the
// 24 periodic terms of Jean Meeus, Astronomical Algorithms, 2nd edition, chapter 27,
// good to a minute. None of 1970 to 2050 is nearer than that to midnight in Tokyo.
func TestEquinoxesAgainstTheSun(t *testing.T) {
	for year := calendar.FirstYear; year <= calendar.LastYear; year++ {
		for _, h := range calendar.Law(year) {
			switch h.Name {
			case "春分の日":
				sunOn(t, h.Date, 2451623.80984, 365242.37404, 0.05169, -0.00411, -0.00057)
			case "秋分の日":
				sunOn(t, h.Date, 2451810.21715, 365242.01767, -0.11575, 0.00337, 0.00078)
			}
		}
	}
}

func sunOn(t *testing.T, want civil.Date, mean ...float64) {
	t.Helper()
	at := equinox(want.Year, mean)
	if got := civil.DateOf(at); got != want {
		t.Errorf("%s: the sun stands there at %s", want, at.In(civil.Tokyo))
	}
	if into := at.Sub(civil.DateOf(at).Start()); into < 2*time.Minute || into > 24*time.Hour-2*time.Minute {
		t.Errorf("%s: too near to midnight to tell, %s", want, at.In(civil.Tokyo))
	}
}

// equinox is the instant in a year, by mean Julian days in powers of 1,000 years
// since 2000, less the 40 to 94 seconds that dynamical time is ahead (ΔT).
func equinox(year int, mean []float64) time.Time {
	y := float64(year-2000) / 1000
	jde := mean[0] + y*(mean[1]+y*(mean[2]+y*(mean[3]+y*mean[4])))
	centuries := (jde - 2451545) / 36525
	w := (35999.373*centuries - 2.47) * math.Pi / 180
	lambda := 1 + 0.0334*math.Cos(w) + 0.0007*math.Cos(2*w)
	var s float64
	for _, p := range [][3]float64{
		{485, 324.96, 1934.136}, {203, 337.23, 32964.467}, {199, 342.08, 20.186}, {182, 27.85, 445267.112}, {156, 73.14, 45036.886}, {136, 171.52, 22518.443},
		{77, 222.54, 65928.934}, {74, 296.72, 3034.906}, {70, 243.58, 9037.513}, {58, 119.81, 33718.147}, {52, 297.17, 150.678}, {50, 21.02, 2281.226},
		{45, 247.54, 29929.562}, {44, 325.15, 31555.956}, {29, 60.93, 4443.417}, {18, 155.12, 67555.328}, {17, 288.79, 4562.452}, {16, 198.04, 62894.029},
		{14, 199.76, 31436.921}, {12, 95.39, 14577.848}, {12, 287.11, 31931.756}, {12, 320.81, 34777.259}, {9, 227.73, 1222.114}, {8, 15.45, 16859.074},
	} {
		s += p[0] * math.Cos((p[1]+p[2]*centuries)*math.Pi/180)
	}
	jde += 0.00001 * s / lambda
	const unixEpoch = 2440587.5
	return time.Unix(int64((jde-unixEpoch)*86400)-65, 0)
}

var updateKey = ed25519.NewKeyFromSeed([]byte(strings.Repeat("u", ed25519.SeedSize)))

// moved is an update by which the spring equinox of 2028 is a day later.
func moved(t *testing.T) *calendar.Update {
	u := &calendar.Update{Version: 1, Source: "国立天文台 暦要項 (2027年2月)", From: "2028-01-01", To: "2028-12-31"}
	for _, h := range shipped(t).In(2028) {
		if h.Name == "春分の日" {
			h.Date = h.Date.AddDays(1)
		}
		u.Holidays = append(u.Holidays, h.Listing())
	}
	return u
}

func TestAnUpdateIsSignedAndReplacesItsDaysAlone(t *testing.T) {
	file, err := moved(t).Sign(updateKey)
	if err != nil {
		t.Fatal(err)
	}
	trusted := updateKey.Public().(ed25519.PublicKey)
	u, err := calendar.OpenUpdate(file, trusted)
	if err != nil {
		t.Fatal(err)
	}
	h, err := shipped(t).With(u)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(h.Version(), h.Changes(shipped(t)))
	if want := "1 [{2028-03-20 春分の日 } {2028-03-21  春分の日}]"; got != want {
		t.Errorf("version and changes %s, want %s", got, want)
	}
	if _, err := h.With(u); !app.IsCode(err, app.Stale) {
		t.Errorf("the same update twice: %v", err)
	}
	for i := range file {
		forged := slices.Clone(file)
		forged[i] ^= 1
		if _, err := calendar.OpenUpdate(forged, trusted); !app.IsCode(err, app.Forbidden) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if _, err := calendar.OpenUpdate(file); !app.IsCode(err, app.Forbidden) {
		t.Errorf("without a key: %v", err)
	}
}

func TestAnUpdateRefuses(t *testing.T) {
	for name, spoil := range map[string]func(u *calendar.Update){
		"no version":         func(u *calendar.Update) { u.Version = 0 },
		"no source":          func(u *calendar.Update) { u.Source = "" },
		"no such day":        func(u *calendar.Update) { u.Holidays[0].Date = "2028-02-30" },
		"a day outside":      func(u *calendar.Update) { u.Holidays[0].Date = "2027-12-31" },
		"a day twice":        func(u *calendar.Update) { u.Holidays[0] = u.Holidays[1] },
		"a day without name": func(u *calendar.Update) { u.Holidays[0].Name = "" },
		"backwards":          func(u *calendar.Update) { u.To = "2027-01-01" },
		"after 2050":         func(u *calendar.Update) { u.To = "2051-01-01" },
	} {
		u := moved(t)
		spoil(u)
		if _, err := u.Sign(updateKey); err == nil {
			t.Errorf("%s: signed", name)
		}
	}
	empty := &calendar.Update{Version: 1, Source: "x", From: "2028-01-01", To: "2028-12-31"}
	if _, err := shipped(t).With(empty); !app.IsCode(err, app.Damaged) {
		t.Errorf("a year without a holiday: %v", err)
	}
}

func TestATableThatIsDamagedIsRefused(t *testing.T) {
	whole := string(assets.Holidays())
	for name, table := range map[string]string{
		"nothing":      "",
		"half of it":   whole[:len(whole)/2],
		"out of order": strings.Replace(whole, "1970-01-15", "1969-01-15", 1),
		"no day":       strings.Replace(whole, "1970-01-15", "1970-01-32", 1),
		"no name":      strings.Replace(whole, "1970-01-15,成人の日", "1970-01-15,", 1),
		"more columns": strings.Replace(whole, "1970-01-15,成人の日", "1970-01-15,成人の日,x", 1),
	} {
		if _, err := calendar.ReadHolidays([]byte(table)); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadHolidays(f *testing.F) {
	f.Add([]byte("# x\n1970-01-01,元日\n"))
	f.Add([]byte("1970-01-01,\"元\n日\"\n1970-01-01,x"))
	f.Fuzz(func(t *testing.T, table []byte) {
		if h, err := calendar.ReadHolidays(table); err == nil && len(h.In(calendar.LastYear)) == 0 {
			t.Error("a table without its last year")
		}
	})
}

func FuzzOpenUpdate(f *testing.F) {
	f.Add([]byte(`{"version":1,"source":"x","from":"2028-01-01","to":"2028-12-31","holidays":[{"date":"2028-01-01","name":"元日"}]}`))
	f.Add([]byte(`{"version":1,"source":"x","from":"1970-01-01","to":"2050-12-31"}`))
	table := shipped(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		u, err := calendar.OpenUpdate(app.Signed(body, updateKey), updateKey.Public().(ed25519.PublicKey))
		if err != nil {
			return
		}
		h, err := table.With(u)
		if err != nil {
			return
		}
		for _, c := range h.Changes(table) {
			if c.Date.String() < u.From || c.Date.String() > u.To {
				t.Errorf("%s changed by an update from %s to %s", c.Date, u.From, u.To)
			}
		}
	})
}
