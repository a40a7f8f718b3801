package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/minutebook/minutebook/store"
)

// databaseTime is how long the numbers of the database are waited for.
const databaseTime = 2 * time.Second

// databaseNumbers reads numbers of the database whenever somebody looks at /metrics. While the database cannot be reached
// there are none but minutebook_database_up.
type databaseNumbers struct {
	db *store.Store

	up, entries, lag, followers, jobs, hooks, behind, retrying *prometheus.Desc
}

func newDatabaseNumbers(db *store.Store) *databaseNumbers {
	one := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("minutebook_"+name, help, labels, nil)
	}
	return &databaseNumbers{
		db:        db,
		up:        one("database_up", "Whether the database answered (1) or not (0)."),
		entries:   one("log_entries", "Entries of the change log."),
		lag:       one("log_lag_entries", "Entries of the change log that the subscriptions of this server do not know of yet."),
		followers: one("log_followers", "Subscriptions of this server to the change log."),
		jobs:      one("import_jobs", "Import jobs that have not ended, of all servers.", "state"),
		hooks:     one("webhooks_enabled", "Webhooks that are enabled."),
		behind:    one("webhook_behind_entries", "Entries of the change log that the webhook farthest behind has not been told."),
		retrying:  one("webhook_deliveries_retrying", "Deliveries to webhooks that failed and will be tried again."),
	}
}

// Describe implements prometheus.Collector.
func (d *databaseNumbers) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{d.up, d.entries, d.lag, d.followers, d.jobs, d.hooks, d.behind, d.retrying} {
		out <- desc
	}
}

// Collect implements prometheus.Collector.
func (d *databaseNumbers) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), databaseTime)
	defer cancel()
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	log, err := d.db.LogNumbers(ctx)
	if err != nil {
		gauge(d.up, 0)
		return
	}
	gauge(d.up, 1)
	gauge(d.entries, float64(log.Entries))
	gauge(d.lag, float64(log.Lag))
	gauge(d.followers, float64(log.Followers))
	if queued, running, err := d.db.CountImportJobs(ctx); err == nil {
		gauge(d.jobs, float64(queued), "queued")
		gauge(d.jobs, float64(running), "running")
	}
	if enabled, behind, retrying, err := d.db.WebhookLoad(ctx); err == nil {
		gauge(d.hooks, float64(enabled))
		gauge(d.behind, float64(behind))
		gauge(d.retrying, float64(retrying))
	}
}

// watchDatabase adds the numbers of the database and of the connections to it.
func (m *metrics) watchDatabase(db *store.Store) {
	m.registry.MustRegister(newDatabaseNumbers(db))
	for name, pool := range db.Pools() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
}
