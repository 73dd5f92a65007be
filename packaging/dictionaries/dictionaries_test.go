package main

import (
	"slices"
	"testing"
)

func TestBare(t *testing.T) {
	regions := set{"甲府市": true, "甲府市丸の内": true, "甲府市本町": true, "町田市": true, "町田市本町": true, "町田市町": true,
		"横浜市中区": true, "横浜市中区本町": true, "南巨摩郡身延町": true, "南巨摩郡身延町梅平": true, "本町": true}
	if got, want := bare(regions), []string{"南巨摩郡身延町", "横浜市中区", "甲府市", "町田市"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestShort(t *testing.T) {
	for name, want := range map[string]string{
		"甲府市": "甲府市", "横浜市中区": "横浜市", "南巨摩郡身延町": "身延町", "千代田区": "千代田区", "郡山市": "郡山市", "大和郡山市": "大和郡山市",
	} {
		if got := short(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestNameLike(t *testing.T) {
	for word, want := range map[string]bool{"山田": true, "佐々木": true, "さくら": true, "ノ": false, "A": false, "長すぎる名前": false, "林": true} {
		if got := nameLike(word); got != want {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
}
