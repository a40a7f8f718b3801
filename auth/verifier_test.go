package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
)

// attacks are tokens that must be refused. Where an id stands in front, the published attack suite has the case
// under that id; the others lie beside it.
func attacks() map[string]recipe {
	return map[string]recipe{
		"J01 alg none, empty signature":        {header: fields{"alg": "none"}, sign: "none"},
		"J02 alg None":                         {header: fields{"alg": "None"}, sign: "none"},
		"J03 alg NONE":                         {header: fields{"alg": "NONE"}, sign: "none"},
		"J04 alg nOnE":                         {header: fields{"alg": "nOnE"}, sign: "none"},
		"J05 alg none, good signature":         {header: fields{"alg": "none"}},
		"J06 empty signature":                  {sign: "none"},
		"J07 no signature":                     {sign: "cut"},
		"J08 one bit off":                      {sign: "flip"},
		"J09 empty key":                        {sign: "text:"},
		"J10 key secret":                       {sign: "text:secret"},
		"J11 key changeme":                     {sign: "text:changeme"},
		"J14 HS384 with an HS256 digest":       {header: fields{"alg": "HS384"}},
		"J14 HS384 all through":                {header: fields{"alg": "HS384"}, sign: "hs384"},
		"J15 HS512 all through":                {header: fields{"alg": "HS512"}, sign: "hs512"},
		"J16 RS256 with its key in jwk":        {header: fields{"alg": "RS256", "jwk": attackerJWK()}, sign: "rsa"},
		"J17 RS256 with jku":                   {header: fields{"alg": "RS256", "jku": "http://127.0.0.1:1/jwks.json", "kid": "a"}, sign: "rsa"},
		"J18 RS256 with x5u":                   {header: fields{"alg": "RS256", "x5u": "http://127.0.0.1:1/c.pem"}, sign: "rsa"},
		"RS256 of a stranger":                  {header: fields{"alg": "RS256", "kid": "a"}, sign: "rsa"},
		"RS256 in the header only":             {header: fields{"alg": "RS256", "kid": "a"}},
		"jku on a good token":                  {header: fields{"jku": "https://issuer.example/jwks.json"}},
		"jwk on a good token":                  {header: fields{"jwk": fields{}}},
		"x5c on a good token":                  {header: fields{"x5c": []string{}}},
		"J19 kid of a path, empty key":         {header: fields{"kid": "../../../../../../dev/null"}, sign: "text:"},
		"J20 kid /dev/null, empty key":         {header: fields{"kid": "/dev/null"}, sign: "text:"},
		"J21 kid empty, empty key":             {header: fields{"kid": ""}, sign: "text:"},
		"J22 kid of SQL":                       {header: fields{"kid": "x' UNION SELECT 'k"}, sign: "text:k"},
		"J23 kid of a shell":                   {header: fields{"kid": "|sleep 10"}, sign: "text:"},
		"kid where there is no key set":        {header: fields{"kid": "a"}},
		"kid a list":                           {header: fields{"kid": []string{"a"}}},
		"J25 exp two minutes ago":              {claims: fields{"exp": in(-2 * time.Minute)}},
		"exp at the end of the leeway":         {claims: fields{"exp": in(-30 * time.Second)}},
		"J26 no exp":                           {claims: fields{"exp": absent{}}},
		"J27 exp a string":                     {claims: fields{"exp": "9999999999"}},
		"J27 exp null":                         {claims: fields{"exp": nil}},
		"J27 exp 1e400":                        {claims: fields{"exp": absent{}}, front: `"exp": 1e400, `},
		"J27 exp -1":                           {claims: fields{"exp": -1}},
		"J27 exp 0":                            {claims: fields{"exp": 0}},
		"exp that overflows an int64":          {claims: fields{"exp": absent{}}, front: `"exp": 1e300, `},
		"exp -1e300":                           {claims: fields{"exp": absent{}}, front: `"exp": -1e300, `},
		"exp true":                             {claims: fields{"exp": true}},
		"exp a list":                           {claims: fields{"exp": []int64{in(time.Minute)}}},
		"J28 exp in a hundred years":           {claims: fields{"exp": in(3153600000 * time.Second)}},
		"exp in 25 hours":                      {claims: fields{"exp": in(25 * time.Hour)}},
		"issued long ago, a life over 24 h":    {claims: fields{"iat": in(-20 * time.Hour), "exp": in(5 * time.Hour)}},
		"J29 nbf in five minutes":              {claims: fields{"nbf": in(5 * time.Minute)}},
		"nbf a string":                         {claims: fields{"nbf": "0"}},
		"nbf null":                             {claims: fields{"nbf": nil}},
		"J30 iat in five minutes":              {claims: fields{"iat": in(5 * time.Minute), "exp": in(15 * time.Minute)}},
		"iat a string":                         {claims: fields{"iat": "1"}},
		"iat null":                             {claims: fields{"iat": nil}},
		"J31 another issuer":                   {claims: fields{"iss": "https://evil.example"}},
		"J31 no issuer":                        {claims: fields{"iss": absent{}}},
		"J31 empty issuer":                     {claims: fields{"iss": ""}},
		"issuer a list":                        {claims: fields{"iss": []string{testIssuer}}},
		"issuer with a slash more":             {claims: fields{"iss": testIssuer + "/"}},
		"J32 no audience":                      {claims: fields{"aud": absent{}}},
		"J32 another audience":                 {claims: fields{"aud": "other-api"}},
		"J32 empty list of audiences":          {claims: fields{"aud": []string{}}},
		"J32 list with another audience":       {claims: fields{"aud": []string{"other-api"}}},
		"audience null":                        {claims: fields{"aud": nil}},
		"audience a list with a number":        {claims: fields{"aud": []any{testAudience, 1}}},
		"audience an object":                   {claims: fields{"aud": fields{testAudience: 1}}},
		"audience in large letters":            {claims: fields{"aud": "MINUTEBOOK"}},
		"J33 no subject":                       {claims: fields{"sub": absent{}}},
		"J33 empty subject":                    {claims: fields{"sub": ""}},
		"subject null":                         {claims: fields{"sub": nil}},
		"subject a number":                     {claims: fields{"sub": 7}},
		"subject of blanks":                    {claims: fields{"sub": "  "}},
		"subject with a line feed":             {claims: fields{"sub": "a\n{\"level\":\"info\"}"}},
		"subject with a NUL":                   {claims: fields{"sub": "admin\x00"}},
		"subject with an override of writing":  {claims: fields{"sub": "a\u202enimda"}},
		"subject of 300 letters":               {claims: fields{"sub": strings.Repeat("a", 300)}},
		"subject with half a surrogate":        {claims: fields{"sub": absent{}}, front: `"sub": "a\ud800", `},
		"jti empty":                            {claims: fields{"jti": ""}},
		"jti a number":                         {claims: fields{"jti": 1}},
		"J34 typ refresh+jwt":                  {header: fields{"typ": "refresh+jwt"}},
		"typ dpop+jwt":                         {header: fields{"typ": "dpop+jwt"}},
		"typ null":                             {header: fields{"typ": nil}},
		"typ a list":                           {header: fields{"typ": []string{"JWT"}}},
		"typ left out":                         {header: fields{"typ": absent{}}},
		"J35 unknown crit":                     {header: fields{"crit": []string{"exp2"}, "exp2": 1}},
		"crit empty":                           {header: fields{"crit": []string{}}},
		"crit null":                            {header: fields{"crit": nil}},
		"J36 b64 false":                        {header: fields{"b64": false, "crit": []string{"b64"}}},
		"b64 false without crit":               {header: fields{"b64": false}},
		"J37 role twice":                       {front: `"role": "VIEWER", `},
		"role twice, once escaped":             {front: `"rol\u0065": "VIEWER", `},
		"sub twice":                            {front: `"sub": "somebody", `},
		"exp twice":                            {front: `"exp": 1, `},
		"a name twice in a nested claim":       {back: `, "x": {"a": 1, "a": 2}`},
		"alg twice":                            {head: `{"alg":"none","typ":"JWT","alg":"HS256"}`},
		"typ twice":                            {head: `{"alg":"HS256","typ":"x","typ":"JWT"}`},
		"alg missing":                          {head: `{"typ":"JWT"}`},
		"alg a number":                         {head: `{"alg":256,"typ":"JWT"}`},
		"ALG in large letters":                 {head: `{"ALG":"HS256","typ":"JWT"}`},
		"alg hs256 in small letters":           {head: `{"alg":"hs256","typ":"JWT"}`},
		"header a list":                        {head: `["alg","HS256"]`},
		"header null":                          {head: `null`},
		"header nested deep":                   {head: `{"alg":"HS256","typ":"JWT","x":[[[[1]]]]}`},
		"header with something after it":       {head: `{"alg":"HS256","typ":"JWT"}{}`},
		"J38 role that does not exist":         {claims: fields{"role": "SUPERUSER"}},
		"J38 role a list":                      {claims: fields{"role": []string{"ADMIN"}}},
		"J38 role a number":                    {claims: fields{"role": 1}},
		"J38 role empty":                       {claims: fields{"role": ""}},
		"J38 role null":                        {claims: fields{"role": nil}},
		"J38 no role":                          {claims: fields{"role": absent{}}},
		"Role in another case of letters":      {claims: fields{"role": absent{}, "Role": "ADMIN"}},
		"J57 role in small letters":            {claims: fields{"role": "admin"}},
		"role with a blank":                    {claims: fields{"role": "ADMIN "}},
		"role that is not among roles":         {claims: fields{"roles": []string{"VIEWER"}}},
		"roles a string":                       {claims: fields{"roles": "ADMIN"}},
		"roles null":                           {claims: fields{"roles": nil}},
		"J39 a token of 20 KB":                 {claims: fields{"pad": strings.Repeat("A", 20000)}},
		"a token just too long":                {claims: fields{"pad": strings.Repeat("A", 3000)}},
		"J41 a claim nested 400 deep":          {back: nested(400)},
		"a claim nested too deep":              {back: nested(16)},
		"J42 standard base64 with padding":     {padded: true},
		"claims a list":                        {payload: `[]`},
		"claims null":                          {payload: `null`},
		"claims a string":                      {payload: `"ADMIN"`},
		"claims empty":                         {payload: ` `},
		"claims with something after them":     {back: `} {`},
		"claims that are not UTF-8":            {back: ", \"x\": \"\xff\""},
		"claims cut off":                       {payload: `{"iss":`},
		"claims with a blank before the brace": {payload: ` {"iss":"x"}`},
	}
}

func attackerJWK() fields {
	key := attackerRSA().PublicKey
	return fields{"kty": "RSA", "kid": "a", "e": "AQAB", "n": base64.RawURLEncoding.EncodeToString(key.N.Bytes())}
}

func TestVerifyRefuses(t *testing.T) {
	v := testVerifier(t, nil)
	for name, r := range attacks() {
		t.Run(name, func(t *testing.T) { refused(t, v, r.mint(t)) })
	}
}

// refused checks that a token is refused as a bad one, with a reason that can be shown.
func refused(t *testing.T, v *Verifier, token string) {
	t.Helper()
	actor, err := v.Verify(token)
	var refusal *Error
	if !errors.As(err, &refusal) || !errors.Is(err, ErrUnauthenticated) {
		t.Fatalf("err = %v, want an *Error of kind ErrUnauthenticated; token %s", err, token)
	}
	if actor != (models.Actor{}) {
		t.Errorf("a refused token gives %+v, want the zero Actor", actor)
	}
	if reason := refusal.Reason; reason == "" || strings.ContainsAny(reason, "\"\\\n") {
		t.Errorf("the reason %q cannot stand in a header", reason)
	}
}

func TestVerifyRefusesTexts(t *testing.T) {
	v := testVerifier(t, nil)
	good := recipe{}.mint(t)
	parts := strings.Split(good, ".")
	texts := map[string]string{
		"empty": "", "null": "null", "undefined": "undefined", "two dots (J58)": "..", "a dot": ".", "x0 (S13)": "x0", "a.b.c": "a.b.c",
		"900,000 dots (J40)": strings.Repeat(".", 900_000), "4,096 dots": strings.Repeat(".", 4096),
		"four parts": good + ".", "a part before": "." + good, "five parts (JWE)": good + ".a.b",
		"a line feed within": parts[0] + "\n." + parts[1] + "." + parts[2],
		"a carriage return":  parts[0] + "." + parts[1] + "\r." + parts[2],
		"a blank at the end": good + " ", "a NUL at the end": good + "\x00",
		"padding at the end": good + "=", "bits after the end": looseBits(good),
		"JSON serialisation":          fmt.Sprintf(`{"payload":%q,"protected":%q,"signature":%q}`, parts[1], parts[0], parts[2]),
		"letters of another alphabet": strings.Replace(good, "e", "е", 1),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) { refused(t, v, text) })
	}
}

// looseBits spells the same signature another way: the last of 43 characters carries two bits that nobody reads.
func looseBits(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[last|1])
}

func TestVerifyAccepts(t *testing.T) {
	v := testVerifier(t, nil)
	usual := models.Actor{Subject: "attack-suite", Role: models.RoleAdmin, TokenID: "0f8b7d1e", Issued: testNow, Expires: testNow.Add(5 * time.Minute)}
	with := func(change func(*models.Actor)) models.Actor {
		actor := usual
		change(&actor)
		return actor
	}
	tests := map[string]struct {
		recipe recipe
		want   models.Actor
	}{
		"an ADMIN":                     {recipe{}, usual},
		"an EDITOR":                    {recipe{claims: fields{"role": "EDITOR"}}, with(func(a *models.Actor) { a.Role = models.RoleEditor })},
		"a VIEWER":                     {recipe{claims: fields{"role": "VIEWER"}}, with(func(a *models.Actor) { a.Role = models.RoleViewer })},
		"typ at+jwt":                   {recipe{header: fields{"typ": "at+jwt"}}, usual},
		"typ application/at+JWT":       {recipe{header: fields{"typ": "application/at+JWT"}}, usual},
		"typ jwt in small letters":     {recipe{header: fields{"typ": "jwt"}}, usual},
		"a header field that is known": {recipe{header: fields{"cty": "json", "x5t": "abc"}}, usual},
		"audience in a list":           {recipe{claims: fields{"aud": []string{"other", testAudience}}}, usual},
		"no jti":                       {recipe{claims: fields{"jti": absent{}}}, with(func(a *models.Actor) { a.TokenID = "" })},
		"no iat":                       {recipe{claims: fields{"iat": absent{}}}, with(func(a *models.Actor) { a.Issued = time.Time{} })},
		"no nbf but one in the past":   {recipe{claims: fields{"nbf": in(-time.Hour)}}, usual},
		"clocks half a minute apart":   {recipe{claims: fields{"iat": in(30 * time.Second), "nbf": in(30 * time.Second)}}, with(func(a *models.Actor) { a.Issued = testNow.Add(30 * time.Second) })},
		"expired within the leeway":    {recipe{claims: fields{"exp": in(-29 * time.Second)}}, with(func(a *models.Actor) { a.Expires = testNow.Add(-29 * time.Second) })},
		"exp with a fraction":          {recipe{claims: fields{"exp": float64(in(5*time.Minute)) + 0.75}}, usual},
		"exp as 1.7e9":                 {recipe{claims: fields{"exp": absent{}}, front: fmt.Sprintf(`"exp": %.10e, `, float64(in(5*time.Minute)))}, usual},
		"a life of a day":              {recipe{claims: fields{"exp": in(24 * time.Hour)}}, with(func(a *models.Actor) { a.Expires = testNow.Add(24 * time.Hour) })},
		"a subject in Chinese":         {recipe{claims: fields{"sub": "王 芳"}}, with(func(a *models.Actor) { a.Subject = "王 芳" })},
		"roles of other programs":      {recipe{claims: fields{"roles": []string{"offline_access"}}}, usual},
		"roles with the role": {recipe{claims: fields{"roles": []string{"VIEWER", "ADMIN", "x"}}}, with(func(a *models.Actor) {
			a.Roles = models.RoleSet(0).With(models.RoleViewer).With(models.RoleAdmin)
		})},
		"claims of no concern, nested": {recipe{back: nested(10)}, usual},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := v.Verify(test.recipe.mint(t))
			if err != nil {
				t.Fatal(err)
			}
			if !got.Expires.Equal(test.want.Expires) || !got.Issued.Equal(test.want.Issued) {
				t.Errorf("from %s to %s, want %s to %s", got.Issued, got.Expires, test.want.Issued, test.want.Expires)
			}
			if test.want.Roles == 0 {
				test.want.Roles = rolesUpTo(test.want.Role)
			}
			got.Issued, got.Expires = test.want.Issued, test.want.Expires
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestReasonsSayWhatIsWrong(t *testing.T) {
	v := testVerifier(t, nil)
	for want, r := range map[string]recipe{
		"expired":        {claims: fields{"exp": in(-time.Hour)}},
		"audience":       {claims: fields{"aud": "x"}},
		"issuer":         {claims: fields{"iss": "x"}},
		"not valid yet":  {claims: fields{"nbf": in(time.Hour)}},
		"signature":      {sign: "text:x"},
		"lives too long": {claims: fields{"exp": in(48 * time.Hour)}},
		"stands twice":   {front: `"role": "VIEWER", `},
		"nested too":     {back: nested(40)},
		"too long":       {claims: fields{"pad": strings.Repeat("A", 5000)}},
		"typ":            {header: fields{"typ": "id+jwt"}},
		"no subject":     {claims: fields{"sub": ""}},
	} {
		if _, err := v.Verify(r.mint(t)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("reason = %v, want it to say %q", err, want)
		}
	}
}

func TestRoleClaim(t *testing.T) {
	tests := []struct {
		claim  string
		claims fields
		want   models.Role
	}{
		{"realm.role", fields{"realm": fields{"role": "EDITOR"}}, models.RoleEditor},
		{"realm.role", fields{"realm": fields{"role": []string{"EDITOR"}}}, ""},
		{"realm.role", fields{"realm": "EDITOR"}, ""},
		{"realm.role", fields{"role": "ADMIN"}, ""},
		{"realm.role", fields{"realm.role": "VIEWER", "realm": fields{"role": "ADMIN"}}, models.RoleViewer},
		{"https://minutebook.example/role", fields{"https://minutebook.example/role": "EDITOR"}, models.RoleEditor},
		{"a..b", fields{"a": fields{"": fields{"b": "EDITOR"}}}, models.RoleEditor},
		{"minutebook_role", fields{"minutebook_role": "VIEWER", "role": "ADMIN"}, models.RoleViewer},
	}
	for _, test := range tests {
		v := testVerifier(t, func(c *Config) { c.RoleClaim = test.claim })
		actor, err := v.Verify(recipe{claims: test.claims}.mint(t))
		if actor.Role != test.want || (err == nil) != (test.want != "") {
			t.Errorf("claim %s of %v: role %q and error %v, want %q", test.claim, test.claims, actor.Role, err, test.want)
		}
	}
}

func TestVerifyAs(t *testing.T) {
	v := testVerifier(t, nil)
	tests := []struct {
		role, wanted models.Role
		roles        any
		want         error
	}{
		{"ADMIN", "ADMIN", absent{}, nil},
		{"ADMIN", "EDITOR", absent{}, nil},
		{"ADMIN", "VIEWER", absent{}, nil},
		{"EDITOR", "ADMIN", absent{}, ErrForbidden},
		{"EDITOR", "ADMIN", []string{"EDITOR", "ADMIN"}, ErrForbidden},
		{"VIEWER", "EDITOR", absent{}, ErrForbidden},
		{"ADMIN", "VIEWER", []string{"ADMIN", "VIEWER"}, nil},
		{"ADMIN", "EDITOR", []string{"ADMIN", "VIEWER"}, ErrForbidden},
		{"ADMIN", "EDITOR", []string{"something else"}, nil},
		{"ADMIN", "", absent{}, ErrForbidden},
		{"ADMIN", "viewer", absent{}, ErrForbidden},
		{"ADMIN", "SUPERUSER", absent{}, ErrForbidden},
		{"ADMIN", "VIEWER", "VIEWER", ErrUnauthenticated},
		{"nobody", "VIEWER", absent{}, ErrUnauthenticated},
	}
	for _, test := range tests {
		token := recipe{claims: fields{"role": string(test.role), "roles": test.roles}}.mint(t)
		actor, err := v.VerifyAs(token, test.wanted)
		if !errors.Is(err, test.want) {
			t.Errorf("%s as %q with roles %v: error %v, want %v", test.role, test.wanted, test.roles, err, test.want)
		}
		if err == nil && actor.Role != test.wanted || err != nil && actor.Role != "" {
			t.Errorf("%s as %q with roles %v: the actor has the role %q", test.role, test.wanted, test.roles, actor.Role)
		}
	}
}

func TestManyDotsTakeNoMemory(t *testing.T) {
	v := testVerifier(t, nil)
	for _, token := range []string{strings.Repeat(".", 900_000), strings.Repeat(".", 4000), strings.Repeat("e.", 2000)} {
		const times = 1000
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range times {
			if _, err := v.Verify(token); err == nil {
				t.Fatal("dots were taken for a token")
			}
		}
		runtime.ReadMemStats(&after)
		if bytes := (after.TotalAlloc - before.TotalAlloc) / times; bytes > 512 {
			t.Errorf("%d characters of %q: %d bytes allocated, want at most 512", len(token), token[:2], bytes)
		}
	}
}

func TestIssue(t *testing.T) {
	for _, claim := range []string{"role", "realm.role", "https://minutebook.example/role"} {
		v := testVerifier(t, func(c *Config) { c.RoleClaim = claim })
		config := testConfig()
		config.RoleClaim = claim
		issuer, err := NewIssuer(config)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range []models.Role{models.RoleViewer, models.RoleEditor, models.RoleAdmin} {
			issued, err := issuer.Issue("王芳", role, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			want := models.Actor{Subject: "王芳", Role: role, TokenID: issued.ID, Expires: issued.Expires}
			got, err := v.Verify(issued.Token)
			if err != nil || got.Subject != want.Subject || got.Role != role || got.TokenID != issued.ID || !got.Expires.Equal(testNow.Add(time.Hour)) {
				t.Errorf("claim %s: got %+v and error %v, want %+v", claim, got, err, want)
			}
		}
	}
}

func TestIssueBounds(t *testing.T) {
	issuer, err := NewIssuer(testConfig())
	if err != nil {
		t.Fatal(err)
	}
	long, err := issuer.Issue("x", models.RoleViewer, 1000*time.Hour)
	if err != nil || !long.Expires.Equal(testNow.Add(24*time.Hour)) {
		t.Errorf("a life of 1,000 hours ends at %s (error %v), want a day from %s", long.Expires, err, testNow)
	}
	if _, err := testVerifier(t, nil).Verify(long.Token); err != nil {
		t.Errorf("the token of the longest life: %v", err)
	}
	other, err := issuer.Issue("x", models.RoleViewer, time.Hour)
	if err != nil || other.ID == long.ID {
		t.Errorf("two tokens have the jti %q", long.ID)
	}
	for _, bad := range []struct {
		subject string
		role    models.Role
		ttl     time.Duration
	}{{"", "ADMIN", 1}, {" x", "ADMIN", time.Hour}, {"a\nb", "ADMIN", time.Hour}, {"x", "", time.Hour}, {"x", "admin", time.Hour}, {"x", "ADMIN", 0}, {"x", "ADMIN", -time.Hour}} {
		if issued, err := issuer.Issue(bad.subject, bad.role, bad.ttl); err == nil || issued.Token != "" {
			t.Errorf("Issue(%q, %q, %s) gives a token", bad.subject, bad.role, bad.ttl)
		}
	}
}
