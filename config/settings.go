package config

import (
	"runtime"
	"slices"
	"time"
)

const (
	kib = 1 << 10
	mib = 1 << 20
)

// settings returns the table of all settings, bound to the fields of c.
func (c *Config) settings() []setting {
	return slices.Concat(c.general(), c.JWT.settings(), c.Limits.settings(), c.Server.settings(), c.Socket.settings(), c.Rate.settings(), c.Import.settings(),
		c.Hooks.settings())
}

//nolint:lll // a row for each setting
func (c *Config) general() []setting {
	return []setting{
		text(&c.Addr, "ADDR", "127.0.0.1:8080", "host:port", "Where to listen.").checked(checkAddress),
		text(&c.AdminAddr, "ADMIN_ADDR", "", "host:port", "Where to serve /metrics and /debug/pprof, which strangers must never reach; off where empty.").checked(checkAddress),
		choice(&c.Mode, "MODE", Production, "Production hides introspection, GraphiQL and suggestions; development shows them and widens the rates tenfold.", Production, Development),
		choice(&c.LogLevel, "LOG_LEVEL", "info", "Least level that is logged.", "debug", "info", "warn", "error"),
		choice(&c.LogFormat, "LOG_FORMAT", "json", "Form of a line of the log.", "json", "text"),
		text(&c.Database, "DATABASE", "sqlite:minutebook.db", "", "Database: sqlite:PATH or mysql://user:password@host:port/name.").checked(checkDatabase).secret(),
		list(&c.AllowedOrigins, "ORIGINS", "Origins of other sites whose pages may call the API, comma-separated, as https://example.org.", checkOrigin),
		prefixes(&c.TrustedProxies, "TRUSTED_PROXIES", "Addresses of proxies whose X-Forwarded-For is believed, comma-separated, as 10.0.0.0/8."),
		text(&c.TrustedDocuments, "TRUSTED_DOCUMENTS", "", "file", "Manifest of documents that clients name by documentId, as relay-compiler, graphql-codegen or Apollo's tools write it."),
		choice(&c.TrustedMode, "TRUSTED_MODE", "off", "What happens to other documents: off runs them, log runs and logs them, enforce refuses them.", "off", "log", "enforce"),
		boolean(&c.AutomaticPersist, "PERSISTED_QUERIES", false, "Keep documents that clients send with their hash, as Apollo's automatic persisted queries do."),
		boolean(&c.Transactions, "TRANSACTIONS", false, "Run all fields of a mutation in one transaction, unless it says @transaction(if: false)."),
		boolean(&c.DraftStatus, "DRAFT_STATUS", false, "Answer with the status codes of the 2026 draft of GraphQL over HTTP: 422 for what cannot be validated, 294 for a part of the data."),
	}
}

//nolint:lll // a row for each setting
func (j *JWT) settings() []setting {
	return []setting{
		text(&j.Secret, "JWT_SECRET", "", "", "HS256 key of at least 32 bytes; required in production unless a key set is given, made up in development.").secret(),
		text(&j.JWKSURL, "JWT_JWKS_URL", "", "URL", "Key set of an issuer, for RS, PS, ES and EdDSA tokens."),
		text(&j.Issuer, "JWT_ISSUER", "", "", "Value that the claim iss must have; required in production."),
		text(&j.Audience, "JWT_AUDIENCE", "", "", "Value that the claim aud must have; required in production."),
		text(&j.RoleClaim, "JWT_ROLE_CLAIM", "role", "", "Claim that carries VIEWER, EDITOR or ADMIN; dots lead into nested claims."),
		duration(&j.Leeway, "JWT_LEEWAY", 30*time.Second, 0, time.Minute, "How far the clocks of issuer and server may be apart."),
		duration(&j.MaxLife, "JWT_MAX_LIFE", 24*time.Hour, time.Minute, 24*time.Hour, "Longest life of a token."),
		size(&j.MaxBytes, "JWT_MAX_BYTES", 4*kib, 256, 16*kib, "Longest token."),
		duration(&j.TokenTTL, "JWT_TTL", time.Hour, time.Second, 24*time.Hour, "Life of the tokens that signIn and the command token make."),
	}
}

func (l *Limits) settings() []setting {
	return []setting{
		size(&l.Body, "LIMIT_BODY", 256*kib, kib, 64*mib, "Largest body of a request."),
		size(&l.Upload, "LIMIT_UPLOAD", 20*mib, kib, 512*mib, "Largest multipart request, with all its files."),
		size(&l.Header, "LIMIT_HEADER", 16*kib, 4*kib, mib, "Largest header of a request, the address included."),
		size(&l.Document, "LIMIT_DOCUMENT", 32*kib, 64, mib, "Longest GraphQL document."),
		integer(&l.Tokens, "LIMIT_TOKENS", 2000, 10, 20000, "tokens", "Most tokens of a document."),
		integer(&l.Depth, "LIMIT_DEPTH", 12, 3, 100, "fields", "Deepest nesting of fields; the wrappers edges, node and nodes do not count."),
		integer(&l.Aliases, "LIMIT_ALIASES", 30, 0, 1000, "aliases", "Most aliases of an operation, fragments expanded."),
		integer(&l.RootFields, "LIMIT_ROOT_FIELDS", 20, 1, 1000, "fields", "Most root fields of a query."),
		integer(&l.Mutations, "LIMIT_MUTATIONS", 5, 1, 1000, "fields", "Most root fields of a mutation."),
		integer(&l.Directives, "LIMIT_DIRECTIVES", 20, 0, 1000, "directives", "Most directives of an operation, fragments expanded."),
		integer(&l.Fields, "LIMIT_FIELDS", 500, 10, 20000, "fields", "Most fields of a document, fragments expanded."),
		integer(&l.CostGuest, "LIMIT_COST", 10_000, 100, 10_000_000, "cost", "Highest cost of an operation without a token."),
		integer(&l.CostUser, "LIMIT_COST_USER", 50_000, 100, 10_000_000, "cost", "Highest cost of an operation with a token."),
		integer(&l.Page, "LIMIT_PAGE", 100, 1, 1000, "records", "Largest page of a list."),
		integer(&l.List, "LIMIT_LIST", 500, 1, 10_000, "items", "Longest list in an argument."),
		integer(&l.FilterDepth, "LIMIT_FILTER_DEPTH", 8, 1, 64, "levels", "Deepest nesting of a filter."),
		integer(&l.FilterNodes, "LIMIT_FILTER_NODES", 200, 1, 10_000, "conditions", "Most conditions of a filter."),
		size(&l.Reply, "LIMIT_REPLY", 8*mib, 64*kib, 256*mib, "Largest answer."),
		duration(&l.QueryTime, "LIMIT_QUERY_TIME", 10*time.Second, 10*time.Millisecond, 10*time.Minute, "Longest run of a query."),
		duration(&l.MutationTime, "LIMIT_MUTATION_TIME", 15*time.Second, 10*time.Millisecond, 10*time.Minute, "Longest run of a mutation."),
		integer(&l.CachedDocuments, "CACHE_DOCUMENTS", 512, 0, 100_000, "documents", "Most parsed documents that are kept."),
		size(&l.CacheDocument, "CACHE_DOCUMENT", 4*kib, 0, mib, "Longest document that is kept parsed."),
		size(&l.CacheAll, "CACHE_MEMORY", 16*mib, 0, 1024*mib, "Memory for parsed documents, estimated."),
	}
}

//nolint:lll // a row for each setting
func (s *Server) settings() []setting {
	return []setting{
		duration(&s.ReadHeader, "READ_HEADER_TIMEOUT", 5*time.Second, 100*time.Millisecond, time.Minute, "Time for the header of a request."),
		duration(&s.Read, "READ_TIMEOUT", 20*time.Second, 100*time.Millisecond, time.Hour, "Time for a whole request."),
		duration(&s.Write, "WRITE_TIMEOUT", 30*time.Second, time.Second, time.Hour, "Time from the header of a request to the end of its answer."),
		duration(&s.Idle, "IDLE_TIMEOUT", time.Minute, time.Second, time.Hour, "Time an idle connection is kept."),
		duration(&s.Drain, "DRAIN_TIMEOUT", 20*time.Second, 0, 10*time.Minute, "Time for running requests after SIGTERM."),
		integer(&s.Concurrent, "CONCURRENT", 4*runtime.NumCPU(), 1, 10_000, "operations", "Most operations that run at once (four for each processor); mutations have half as many places of their own.").perMachine("4 × processors"),
		integer(&s.Queue, "QUEUE", 64, 0, 100_000, "operations", "Most operations that wait for their turn; more are answered 503."),
		duration(&s.QueueWait, "QUEUE_WAIT", 5*time.Second, 0, time.Minute, "Longest wait for a turn."),
	}
}

//nolint:lll // a row for each setting
func (k *Socket) settings() []setting {
	return []setting{
		integer(&k.Total, "SOCKETS", 200, 0, 100_000, "connections", "Most WebSockets and event streams."),
		integer(&k.PerIP, "SOCKETS_PER_IP", 10, 0, 100_000, "connections", "Most WebSockets and event streams of one address."),
		integer(&k.Subscriptions, "SOCKET_SUBSCRIPTIONS", 20, 1, 10_000, "operations", "Most operations that run at once on one WebSocket."),
		duration(&k.InitTimeout, "SOCKET_INIT_TIMEOUT", 5*time.Second, 100*time.Millisecond, time.Minute, "Time for connection_init."),
		duration(&k.Ping, "SOCKET_PING", 20*time.Second, 100*time.Millisecond, 10*time.Minute, "Time between two pings."),
		duration(&k.MaxAge, "SOCKET_MAX_AGE", 30*time.Minute, time.Second, 24*time.Hour, "Longest life of a WebSocket or an event stream; it ends with its token too."),
		size(&k.MessageBytes, "SOCKET_MESSAGE", 64*kib, kib, 16*mib, "Largest message on a WebSocket."),
		duration(&k.WriteTimeout, "SOCKET_WRITE_TIMEOUT", 10*time.Second, 100*time.Millisecond, 10*time.Minute, "Time for one message to a reader; a slower one is closed."),
	}
}

func (r *Rate) settings() []setting {
	return []setting{
		integer(&r.Requests, "RATE_REQUESTS", 300, 1, 10_000_000, "a minute", "Requests of one address without a token (IPv6: of a /64)."),
		integer(&r.Cost, "RATE_COST", 60_000, 1, 1_000_000_000, "a minute", "Cost of one address without a token."),
		integer(&r.UserRequests, "RATE_REQUESTS_USER", 3000, 1, 10_000_000, "a minute", "Requests of one subject of a token."),
		integer(&r.UserCost, "RATE_COST_USER", 600_000, 1, 1_000_000_000, "a minute", "Cost of one subject of a token."),
	}
}

func (i *Import) settings() []setting {
	return []setting{
		duration(&i.Time, "IMPORT_TIME", 5*time.Minute, time.Second, time.Hour, "Longest run of an import that startImport began."),
		integer(&i.Queue, "IMPORT_QUEUE", 100, 1, 100_000, "imports", "Most imports that have not ended."),
		integer(&i.QueueActor, "IMPORT_QUEUE_USER", 20, 1, 100_000, "imports", "Most imports of one subject of a token that have not ended."),
		duration(&i.Keep, "IMPORT_KEEP", 7*24*time.Hour, time.Hour, 10*365*24*time.Hour, "How long after its end an import is remembered."),
	}
}

//nolint:lll // a row for each setting
func (w *Webhooks) settings() []setting {
	return []setting{
		prefixes(&w.Networks, "WEBHOOK_NETWORKS", "Networks beside the internet that webhooks may reach, also by http, comma-separated, as 10.0.0.0/8; in development the machine itself."),
		duration(&w.Timeout, "WEBHOOK_TIMEOUT", 10*time.Second, 100*time.Millisecond, time.Minute, "Time for a webhook to answer."),
		duration(&w.GiveUp, "WEBHOOK_GIVE_UP", 72*time.Hour, time.Minute, 30*24*time.Hour, "How long a webhook may fail before it is disabled."),
	}
}
