// Package config holds the settings of the program: one struct, read from flags and from MINUTEBOOK_ variables of the
// environment, where a flag wins. Each setting has a name, a default, a unit and one sentence of help, all in one table
// from which the help text is printed and the documentation is checked.
//
// It reads no file and opens nothing. A value that cannot be used is an error that names the setting and says why; all
// wrong settings are reported at once, and the value of a secret is never repeated.
package config

import (
	"errors"
	"flag"
	"io"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Mode decides what strangers may see of the program's inside.
type Mode string

// Modes.
const (
	Production  Mode = "production"
	Development Mode = "development" // introspection, GraphiQL, suggestions, wider rate limits, a secret made up where none is set
)

// Config is the value of every setting. Sizes are in bytes.
type Config struct {
	Addr      string
	AdminAddr string // "" for none
	Mode      Mode
	LogLevel  string
	LogFormat string

	Database string

	JWT    JWT
	Limits Limits
	Server Server
	Socket Socket
	Rate   Rate
	Import Import
	Hooks  Webhooks

	AllowedOrigins []string
	TrustedProxies []netip.Prefix
	Transactions   bool // mutations run in one transaction each, unless they say otherwise
	DraftStatus    bool // status codes of the 2026 draft of GraphQL over HTTP

	TrustedDocuments string // file of the manifest, "" for none
	TrustedMode      string
	AutomaticPersist bool
}

// JWT are the settings of the tokens that are accepted.
type JWT struct {
	Secret    string
	JWKSURL   string
	Issuer    string
	Audience  string
	RoleClaim string
	Leeway    time.Duration
	MaxLife   time.Duration
	MaxBytes  int
	TokenTTL  time.Duration // of tokens that the program makes itself
}

// Limits bound one request, whatever transport brought it.
type Limits struct {
	Body, Upload, Document, Header           int
	Tokens, Depth, Aliases                   int
	RootFields, Mutations, Directives        int
	Fields                                   int
	CostGuest, CostUser                      int
	Page, List                               int
	FilterDepth, FilterNodes                 int
	Reply                                    int
	QueryTime, MutationTime                  time.Duration
	CachedDocuments, CacheDocument, CacheAll int
}

// Server are the times and numbers of connections and of running operations.
type Server struct {
	ReadHeader, Read, Write, Idle time.Duration
	Drain                         time.Duration
	Concurrent, Queue             int
	QueueWait                     time.Duration
}

// Socket bounds WebSockets and event streams.
type Socket struct {
	Total, PerIP  int
	Subscriptions int
	InitTimeout   time.Duration
	Ping          time.Duration
	MaxAge        time.Duration
	MessageBytes  int
	WriteTimeout  time.Duration
}

// Import bounds imports that run apart from the request that asked for them.
type Import struct {
	Time              time.Duration // longest run of one
	Queue, QueueActor int           // that have not ended
	Keep              time.Duration // after the end
}

// Webhooks bounds what is sent to webhooks.
type Webhooks struct {
	Networks []netip.Prefix // that they may reach beside the public ones
	Timeout  time.Duration  // of one request
	GiveUp   time.Duration  // how long one may fail
}

// Rate is what one caller may do in a minute.
type Rate struct {
	Requests, Cost         int // without a token, for each address
	UserRequests, UserCost int // with a token, for each subject
}

// Load reads the settings for a command from its arguments and from the environment. more may add flags of the
// command's own. It returns the arguments that are no flags. The error of a request for help is flag.ErrHelp.
func Load(command string, args []string, getenv func(string) string, more func(*flag.FlagSet)) (Config, []string, error) {
	var c Config
	table := c.settings()
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the caller prints the error, and the help
	if more != nil {
		more(flags)
	}
	given := map[string]string{}
	for _, s := range table {
		read := func(value string) error { given[s.Name] = value; return nil }
		if s.kind == "boolean" {
			flags.BoolFunc(s.Flag(), s.Help, read)
		} else {
			flags.Func(s.Flag(), s.Help, read)
		}
	}
	if err := flags.Parse(args); err != nil {
		return c, nil, flagError(err)
	}
	var wrong []error
	for _, s := range table {
		value, there := given[s.Name]
		if !there {
			value = getenv(s.Name)
		}
		if err := s.take(value); err != nil {
			wrong = append(wrong, err)
		}
	}
	wrong = append(wrong, c.check(command)...)
	return c, flags.Args(), errors.Join(wrong...)
}

// flagError keeps the value of a flag out of the error, for it may be a secret on the wrong flag.
func flagError(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	if at := strings.Index(text, "for flag"); strings.HasPrefix(text, "invalid") && at >= 0 {
		text = "a value that cannot be used " + text[at:]
	}
	return errors.New(text + "; --help names every flag")
}

// check looks at settings that depend on each other.
func (c *Config) check(command string) []error {
	var wrong []error
	say := func(bad bool, what string) {
		if bad {
			wrong = append(wrong, errors.New(what))
		}
	}
	production := c.Mode == Production
	// Only these have to do with tokens; an import or a migration needs the database alone.
	tokens := production && (command == "serve" || command == "token")
	say(tokens && c.JWT.Secret == "" && c.JWT.JWKSURL == "",
		"MINUTEBOOK_JWT_SECRET is missing: set a secret of at least 32 bytes (openssl rand -base64 48 makes one), or MINUTEBOOK_JWT_JWKS_URL")
	say(tokens && c.JWT.Issuer == "", "MINUTEBOOK_JWT_ISSUER is missing: set the value that the claim iss of a token must have")
	say(tokens && c.JWT.Audience == "", "MINUTEBOOK_JWT_AUDIENCE is missing: set the value that the claim aud of a token must have")
	if !production {
		c.JWT.Issuer = orDefault(c.JWT.Issuer, "minutebook")
		c.JWT.Audience = orDefault(c.JWT.Audience, "minutebook")
		c.Rate.widen()
		if c.Hooks.Networks == nil {
			c.Hooks.Networks = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
		}
	}
	say(c.TrustedMode != "off" && c.TrustedDocuments == "", "MINUTEBOOK_TRUSTED_MODE needs MINUTEBOOK_TRUSTED_DOCUMENTS: name the file of the manifest")
	say(c.Limits.Mutations > c.Limits.RootFields, "MINUTEBOOK_LIMIT_MUTATIONS is larger than MINUTEBOOK_LIMIT_ROOT_FIELDS: the smaller one would count")
	say(c.Socket.PerIP > c.Socket.Total, "MINUTEBOOK_SOCKETS_PER_IP is larger than MINUTEBOOK_SOCKETS: the smaller one would count")
	return wrong
}

// developmentRate is how much more a caller may do in development mode, where one machine is everybody.
const developmentRate = 10

func (r *Rate) widen() {
	r.Requests *= developmentRate
	r.Cost *= developmentRate
	r.UserRequests *= developmentRate
	r.UserCost *= developmentRate
}

func orDefault(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// checkDatabase accepts sqlite:PATH and mysql://user:password@host:port/name and repeats nothing of what it refuses.
func checkDatabase(value string) error {
	if path, ok := strings.CutPrefix(value, "sqlite:"); ok {
		if path == "" {
			return errors.New("names no file: write sqlite:PATH")
		}
		return nil
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Scheme != "mysql":
		return errors.New("is neither sqlite:PATH nor mysql://user:password@host:port/name")
	case u.Host == "" || strings.Trim(u.Path, "/") == "":
		return errors.New("names no host or no database: write mysql://user:password@host:port/name")
	}
	return nil
}
