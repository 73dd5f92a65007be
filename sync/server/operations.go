package server

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"daicho/app"
)

// healthTime is how long the database may take to answer before the server
// counts as ill.
const healthTime = 5 * time.Second

// Operations is what whoever runs the server's machine may ask, without being
// enrolled: /healthz says whether the server works, /metrics counts (in the
// text format of Prometheus). Neither tells anything of a record or a person.
// It speaks plain HTTP: let it listen where only the monitoring reaches it.
func (s *Server) Operations() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.getHealth)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{ErrorLog: scrapes{s}, ErrorHandling: promhttp.ContinueOnError}))
	return mux
}

// health is the answer of /healthz.
type health struct {
	Status string `json:"status"` // ok or failing
	Head   int64  `json:"head"`   // of the order
}

func (s *Server) getHealth(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthTime)
	defer cancel()
	h, status := health{Status: "ok"}, http.StatusOK
	var err error
	if h.Head, err = s.order.Head(ctx); err != nil {
		h.Status, status = "failing", http.StatusServiceUnavailable
		s.o.Log.Error("the database does not answer", "err", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(h) // whoever does not hear it asks again
}

// scrapes writes down why a scrape failed.
type scrapes struct{ s *Server }

// Println is part of [promhttp.Logger].
func (l scrapes) Println(v ...any) { l.s.o.Log.Warn("metrics failed", "why", v) }

// metrics are the server's counters; those of the database are read when asked.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	verdicts *prometheus.CounterVec
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "daicho_requests_total", Help: "Requests of devices, by path and status."}, []string{"path", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "daicho_request_seconds", Help: "How long requests took, waiting for news left out.",
			Buckets: []float64{0.005, 0.02, 0.1, 0.5, 2, 10, 60}}, []string{"path"}),
		verdicts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "daicho_changes_total", Help: "Changes put into the order, by verdict."}, []string{"verdict"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.verdicts, census{s})
	return m
}

// judged counts verdicts that are on the disk.
func (m *metrics) judged(all []app.Verdict) {
	for _, v := range all {
		m.verdicts.WithLabelValues(string(v)).Inc()
	}
}

// counting measures what a handler answers.
func (m *metrics) counting(next http.Handler, waits string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, seen := time.Now(), &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		path := r.Pattern // never the URL: it names attachments
		m.requests.WithLabelValues(path, strconv.Itoa(seen.status)).Inc()
		if path != waits {
			m.seconds.WithLabelValues(path).Observe(time.Since(begun).Seconds())
		}
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader is part of [http.ResponseWriter].
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets [http.ResponseController] find the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
