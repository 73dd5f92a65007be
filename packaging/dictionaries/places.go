package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// A county stands before towns and villages; the ward of a large city after
// the city. Both are left out: the list holds what is enough to know a place.
var (
	county = regexp.MustCompile(`^.{1,5}?郡(.{1,6}[町村])$`)
	ward   = regexp.MustCompile(`^(.{2,4}市).{1,4}区$`)
)

// municipalitiesOf reads the names of all cities, towns, villages and of the
// wards of Tokyo. Each has a postal code for "not listed below", under which
// its bare name stands; it is known by the places that begin with it.
func municipalitiesOf(path string) (set, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var codes map[string]map[string][]string
	if err := json.Unmarshal(raw, &codes); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	regions := map[string]set{}
	for _, places := range codes {
		for prefecture, list := range places {
			if regions[prefecture] == nil {
				regions[prefecture] = set{}
			}
			for _, r := range list {
				regions[prefecture][r] = true
			}
		}
	}
	found := set{}
	for _, of := range regions {
		for _, name := range bare(of) {
			found[short(name)] = true
		}
	}
	return found, nil
}

// bare finds the names that others begin with and that begin with none such.
func bare(regions set) []string {
	sorted := slices.Sorted(maps.Keys(regions))
	var names []string
	for i, r := range sorted {
		within := len(names) > 0 && strings.HasPrefix(r, names[len(names)-1])
		begins := i+1 < len(sorted) && strings.HasPrefix(sorted[i+1], r)
		if !within && begins && strings.ContainsAny(r[len(r)-len("市"):], "市区町村") {
			names = append(names, r)
		}
	}
	return names
}

func short(name string) string {
	if m := county.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	if m := ward.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}
