package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/minutebook/minutebook/resolvers"
)

// metrics are the numbers at /metrics of the admin address.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "minutebook_request_seconds", Help: "Time to answer a request, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "status"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.requests)
	return m
}

// observe notes one answer. A path that is no route of ours counts as pages, so that strangers cannot invent labels.
func (m *metrics) observe(r *http.Request, status int, took time.Duration) {
	route := "pages"
	switch r.URL.Path {
	case "/graphql", "/schema.graphql", "/healthz", "/readyz":
		route = r.URL.Path[1:]
	}
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}

// handler serves the numbers, those of the API's connections among them.
func (m *metrics) handler(api *resolvers.Handler) http.Handler {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "minutebook_sockets", Help: "Open WebSockets and event streams.",
	}, func() float64 { return float64(api.OpenSockets()) }))
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
