package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting describes one setting.
type Setting struct {
	Name    string // of the variable
	Default string
	Unit    string
	Help    string // one sentence
	Secret  bool   // its value is never printed
}

// Flag returns the name of the setting's flag, without dashes.
func (s Setting) Flag() string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(s.Name, "MINUTEBOOK_")), "_", "-")
}

// setting is a Setting bound to a field.
type setting struct {
	Setting
	kind  string
	parse func(string) error // what is wrong with the value, as the end of a sentence
	shown string             // default in the documentation, where it depends on the machine
}

// take sets the field to the value, or to the default where there is none.
func (s setting) take(value string) error {
	if value == "" {
		value = s.Default
		if value == "" {
			return nil
		}
	}
	if err := s.parse(value); err != nil {
		if s.Secret {
			return fmt.Errorf("%s %w", s.Name, err)
		}
		return fmt.Errorf("%s=%s %w", s.Name, clip(value), err)
	}
	return nil
}

// clip keeps a line of the report short and printable whatever was set.
func clip(value string) string {
	if len(value) > 60 {
		value = value[:60] + "…"
	}
	return strconv.Quote(value)
}

func (s setting) secret() setting { s.Secret = true; return s }

func (s setting) perMachine(shown string) setting { s.shown = shown; return s }

// checked adds a check that the text has to pass.
func (s setting) checked(check func(string) error) setting {
	store := s.parse
	s.parse = func(value string) error {
		if err := check(value); err != nil {
			return err
		}
		return store(value)
	}
	return s
}

func newSetting(kind, name, standard, unit, help string, parse func(string) error) setting {
	return setting{Setting: Setting{Name: "MINUTEBOOK_" + name, Default: standard, Unit: unit, Help: help}, kind: kind, parse: parse}
}

func text(field *string, name, standard, unit, help string) setting {
	return newSetting("text", name, standard, unit, help, func(value string) error { *field = value; return nil })
}

func choice[T ~string](field *T, name string, standard T, help string, values ...T) setting {
	return newSetting("choice", name, string(standard), "", help, func(value string) error {
		if !slices.Contains(values, T(value)) {
			return fmt.Errorf("is none of %s", join(values))
		}
		*field = T(value)
		return nil
	})
}

func join[T ~string](values []T) string {
	var names []string
	for _, value := range values {
		names = append(names, string(value))
	}
	return strings.Join(names, ", ")
}

func integer(field *int, name string, standard, least, most int, unit, help string) setting {
	return newSetting("integer", name, strconv.Itoa(standard), unit, help, func(value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < least || n > most {
			return fmt.Errorf("is no whole number from %d to %d", least, most)
		}
		*field = n
		return nil
	})
}

func duration(field *time.Duration, name string, standard, least, most time.Duration, help string) setting {
	return newSetting("duration", name, shortDuration(standard), "duration", help, func(value string) error {
		d, err := time.ParseDuration(value)
		if err != nil || d < least || d > most {
			return fmt.Errorf("is no duration from %s to %s, as 90s, 5m or 1h30m", shortDuration(least), shortDuration(most))
		}
		*field = d
		return nil
	})
}

// shortDuration writes 3m for 3m0s.
func shortDuration(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

var units = []struct {
	suffix string
	bytes  int
}{{"GiB", 1 << 30}, {"MiB", mib}, {"KiB", kib}, {"B", 1}, {"", 1}}

func size(field *int, name string, standard, least, most int, help string) setting {
	return newSetting("size", name, shortSize(standard), "bytes", help, func(value string) error {
		for _, unit := range units {
			digits, ok := strings.CutSuffix(value, unit.suffix)
			if !ok {
				continue
			}
			n, err := strconv.Atoi(strings.TrimSpace(digits))
			if err != nil || n < 0 || n > most/unit.bytes || n*unit.bytes < least {
				break
			}
			*field = n * unit.bytes
			return nil
		}
		return fmt.Errorf("is no size from %s to %s, as 4096, 256KiB or 20MiB", shortSize(least), shortSize(most))
	})
}

func shortSize(n int) string {
	for _, unit := range units {
		if n >= unit.bytes && n%unit.bytes == 0 {
			return strconv.Itoa(n/unit.bytes) + strings.TrimPrefix(unit.suffix, "B")
		}
	}
	return strconv.Itoa(n)
}

func boolean(field *bool, name string, standard bool, help string) setting {
	return newSetting("boolean", name, strconv.FormatBool(standard), "", help, func(value string) error {
		b, err := strconv.ParseBool(value)
		if err != nil {
			return errors.New("is neither true nor false")
		}
		*field = b
		return nil
	})
}

func list(field *[]string, name, help string, check func(string) error) setting {
	return newSetting("list", name, "", "", help, func(value string) error {
		for item := range strings.SplitSeq(value, ",") {
			item = strings.TrimSpace(item)
			if err := check(item); err != nil {
				return fmt.Errorf("has a member that %w", err)
			}
			*field = append(*field, item)
		}
		return nil
	})
}

func prefixes(field *[]netip.Prefix, name, help string) setting {
	return newSetting("list", name, "", "", help, func(value string) error {
		for item := range strings.SplitSeq(value, ",") {
			prefix, err := parsePrefix(strings.TrimSpace(item))
			if err != nil {
				return errors.New("has a member that is no address or network, as 10.0.0.7 or 10.0.0.0/8")
			}
			*field = append(*field, prefix)
		}
		return nil
	})
}

func parsePrefix(item string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(item); err == nil {
		return addr.Unmap().Prefix(addr.Unmap().BitLen())
	}
	prefix, err := netip.ParsePrefix(item)
	return prefix.Masked(), err
}

func checkAddress(value string) error {
	host, port, err := net.SplitHostPort(value)
	if err != nil {
		return errors.New("is no address of the form host:port")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return errors.New("has no port from 0 to 65535")
	}
	if strings.ContainsAny(host, " /@") {
		return errors.New("has no host that can be one")
	}
	return nil
}

func checkOrigin(value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return errors.New("is no origin, as https://example.org")
	}
	return nil
}
