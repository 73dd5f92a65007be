package memory

import (
	"database/sql"
	"sync"
)

// rules are those that files were examined by, which are few: every file points at
// one by its number.
type rules struct {
	mu      sync.Mutex
	known   map[int64]string // words by number, of this program alone
	numbers map[string]int64 // the other way round
}

func (r *rules) load(db *sql.DB, program string) error {
	r.known, r.numbers = map[int64]string{}, map[string]int64{}
	rows, err := db.Query("SELECT n, words FROM rules WHERE program = ?", program)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var words string
		if err := rows.Scan(&n, &words); err != nil {
			return err
		}
		r.known[n], r.numbers[words] = words, n
	}
	return rows.Err()
}

func (r *rules) words(n int64) (words string, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	words, known = r.known[n]
	return words, known
}

// number is that of rules, which are written down if they are new: at once, so that
// a number is never given to others.
func (r *rules) number(db *sql.DB, program, words string) (n int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n, known := r.numbers[words]; known {
		return n, nil
	}
	if err = db.QueryRow("INSERT INTO rules (program, words) VALUES (?, ?) ON CONFLICT DO UPDATE SET words = excluded.words RETURNING n", program, words).Scan(&n); err == nil {
		r.known[n], r.numbers[words] = words, n
	}
	return n, err
}
