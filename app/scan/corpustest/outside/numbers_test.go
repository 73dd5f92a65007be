package outside

import "testing"

// The examples are those that the ministries and card companies publish.
func TestCheckDigits(t *testing.T) {
	for _, test := range []struct{ what, got, want string }{
		{"個人番号", individual("12345678901"), "123456789018"},
		{"個人番号 with remainder 1 or 0", individual("02345678901"), "023456789013"},
		{"保険者番号", insurer("13801"), "138016"},
		{"保険者番号 of 8", insurer("3312001"), "33120015"},
		{"法人番号", corporate("000012050002"), "7000012050002"},
		{"card", luhn("411111111111111"), "4111111111111111"},
		{"JAN", jan("490177701868"), "4901777018686"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, not %s", test.what, test.got, test.want)
		}
	}
}
