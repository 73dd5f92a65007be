package civil_test

import (
	"errors"
	"testing"
	"time"

	"daicho/app/civil"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for s, want := range map[string]string{
		"R8.4.1": "2026-04-01", "r8.4.1": "2026-04-01", "Ｒ８．４．１": "2026-04-01", "R8/4/1": "2026-04-01", "R8-04-01": "2026-04-01",
		"令和8年4月1日": "2026-04-01", "令和８年４月１日": "2026-04-01", " 令和 8年 4月 1日　": "2026-04-01", "㋿8年4月1日": "2026-04-01",
		"令和元年5月1日": "2019-05-01", "令和1年5月1日": "2019-05-01", "R元.5.1": "2019-05-01", "H31.4.30": "2019-04-30",
		"昭和64年1月7日": "1989-01-07", "平成元年1月8日": "1989-01-08", "T15.12.24": "1926-12-24", "昭和元年12月25日": "1926-12-25",
		"大正元年7月30日": "1912-07-30", "明治45年7月29日": "1912-07-29", "明治6年1月1日": "1873-01-01",
		"2026-04-01": "2026-04-01", "2026/4/1": "2026-04-01", "2026.4.1": "2026-04-01", "2026年4月1日": "2026-04-01", "20260401": "2026-04-01",
		"２０２６ー０４ー０１": "2026-04-01", "2026・4・1": "2026-04-01", "R8。4。1": "2026-04-01",
		"4/1": "2026-04-01", "3/31": "2027-03-31", "12月31日": "2026-12-31", "1-1": "2027-01-01", "４／１": "2026-04-01",
		"令和8年4月1日（水）": "2026-04-01", "2026/4/1 (水曜日)": "2026-04-01", "4/1（水曜）": "2026-04-01",
	} {
		got, err := civil.ParseDate(s, today)
		if err != nil || got.String() != want {
			t.Errorf("ParseDate(%q) = %v, %v; want %s", s, got, err, want)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for s, want := range map[string]civil.Reason{
		"": civil.NotADate, "明日": civil.NotADate, "R8": civil.NotADate, "令和8年4月": civil.NotADate, "2026-04": civil.NotADate,
		"2026-4/1": civil.NotADate, "R0.4.1": civil.NotADate, "令和8年4月1": civil.NotADate, "2026-04-01 14:02": civil.NotADate,
		"123456789": civil.NotADate, "4/1x": civil.NotADate, "元年5月1日": civil.NotADate, "R2026.4.1": civil.NotADate,
		"26/4/1": civil.NoYear, "8.4.1": civil.NoYear,
		"4/31": civil.NoSuchDay, "2/29": civil.NoSuchDay, "2023-02-29": civil.NoSuchDay, "R8.13.1": civil.NoSuchDay, "20260431": civil.NoSuchDay, "0000-01-01": civil.NoSuchDay,
		"平成31年5月1日": civil.OutsideEra, "令和元年4月30日": civil.OutsideEra, "昭和64年1月8日": civil.OutsideEra, "S95.1.1": civil.OutsideEra, "明治5年12月2日": civil.OutsideEra,
		"令和8年4月1日（木）": civil.WrongWeekday,
	} {
		_, err := civil.ParseDate(s, today)
		wantReason(t, s, err, want)
	}
}

func wantReason(t *testing.T, s string, err error, want civil.Reason) {
	t.Helper()
	var refused *civil.ParseError
	if !errors.As(err, &refused) || refused.Reason != want {
		t.Errorf("%q: %v, want reason %d", s, err, want)
		return
	}
	if refused.Japanese() == "" || refused.Error() == "" {
		t.Errorf("%q: a refusal without words", s)
	}
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	for s, want := range map[string]string{
		"4/31":        "4月31日はその年にありません。月と日を確かめてください。",
		"平成31年5月1日":   "平成は元年1月8日から31年4月30日までです。元号と年を確かめてください。",
		"令和元年4月30日":   "令和は元年5月1日からです。元号と年を確かめてください。",
		"2026/4/1(木)": "令和8年4月1日は水曜日です。日付か曜日を確かめてください。",
	} {
		_, err := civil.ParseDate(s, today)
		var refused *civil.ParseError
		if !errors.As(err, &refused) || refused.Japanese() != want {
			t.Errorf("%q: %v", s, refused.Japanese())
		}
	}
}

func TestParseMoment(t *testing.T) {
	now := today.At(9, 30, 0)
	for s, want := range map[string]string{
		"2026-11-20 14:02": "2026-11-20T14:02:00+09:00", "２０２６／１１／２０　１４：０２": "2026-11-20T14:02:00+09:00", "2026-11-20T14:02:33": "2026-11-20T14:02:33+09:00",
		"14:02": "2026-11-20T14:02:00+09:00", "8:05": "2026-11-20T08:05:00+09:00", "8時30分": "2026-11-20T08:30:00+09:00", "14時": "2026-11-20T14:00:00+09:00",
		"午後2時5分": "2026-11-20T14:05:00+09:00", "午前0:10": "2026-11-20T00:10:00+09:00", "午後12:10": "2026-11-20T12:10:00+09:00", "14時2分3秒": "2026-11-20T14:02:03+09:00",
		"R8.11.21 24:00": "2026-11-22T00:00:00+09:00", "4/1 8:30": "2026-04-01T08:30:00+09:00", "令和8年11月20日（金）14:02": "2026-11-20T14:02:00+09:00",
		"2026-11-20T05:02:00Z": "2026-11-20T14:02:00+09:00", "2026-11-20T14:02:00.5+09:00": "2026-11-20T14:02:00+09:00", "2026-11-20t05:02:00z": "2026-11-20T14:02:00+09:00",
	} {
		got, err := civil.ParseMoment(s, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("ParseMoment(%q) = %v, %v; want %s", s, got, err, want)
		}
	}
}

func TestParseMomentRefuses(t *testing.T) {
	for s, want := range map[string]civil.Reason{
		"2026-11-20": civil.NotATime, "2026-11-20 25:00": civil.NotATime, "2026-11-20 24:01": civil.NotATime, "2026-11-20 14:60": civil.NotATime,
		"2026-11-20 14:2": civil.NotATime, "2026-11-20 午後13:00": civil.NotATime, "2026-11-20 14:02 頃": civil.NotATime, "2026-11-20 14": civil.NotATime,
		"あした 14:02": civil.NotADate, "9999-12-31T23:00:00Z": civil.NotADate, "11/31 8:00": civil.NoSuchDay,
	} {
		_, err := civil.ParseMoment(s, today.Start())
		wantReason(t, s, err, want)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t)
		for _, s := range []string{d.String(), d.Wareki(), d.WarekiWeekday(), d.WarekiShort(), d.InTable(today)} {
			if (d.Year < 1000 || d.Year > 3000) && s != d.String() {
				continue // without four digits, or an era of 1,000 years: ISO form alone
			}
			if got, err := civil.ParseDate(s, today); err != nil || got != d {
				t.Fatalf("%q of %v read as %v, %v", s, d, got, err)
			}
		}
		at := d.Start().Add(time.Duration(rapid.IntRange(0, 1439).Draw(t, "minutes")) * time.Minute)
		for _, s := range []string{d.String() + " " + civil.Clock(at), at.Format(time.RFC3339), at.UTC().Format(time.RFC3339)} {
			if got, err := civil.ParseMoment(s, today.Start()); err != nil || !got.Equal(at) {
				t.Fatalf("%q of %v read as %v, %v", s, at, got, err)
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"R8.4.1", "令和元年5月1日", "2026-04-01", "4/1", "20260401", "4/31", "令和8年4月1日（水）", "㋿8。4。1", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := civil.ParseDate(s, today)
		if err != nil {
			return
		}
		again, err := civil.ParseDate(d.String(), today)
		if !d.Valid() || err != nil || again != d {
			t.Errorf("%q read as %v, then %v, %v", s, d, again, err)
		}
	})
}

func FuzzParseMoment(f *testing.F) {
	for _, s := range []string{"14:02", "2026-11-20 14:02", "午後2時5分", "2026-11-20T05:02:00Z", "R8.4.1 24:00", "1時2分3秒", "0000-01-01T00:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := civil.ParseMoment(s, today.Start())
		if err != nil {
			return
		}
		again, err := civil.ParseMoment(at.Format(time.RFC3339Nano), today.Start())
		if err != nil || !again.Equal(at) || at.Location() != civil.Tokyo {
			t.Errorf("%q read as %v, then %v, %v", s, at, again, err)
		}
	})
}
