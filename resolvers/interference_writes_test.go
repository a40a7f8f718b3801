package resolvers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestRefusedWritesTellNothing sends every mutation with the ids of records that are hidden, public and not there, as every
// role that may not call it: the answers are the same, and the database is not asked, so that no time tells either.
func TestRefusedWritesTellNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		var count statementCounter
		s := populated(t, database, 0, store.Options{Observe: count.observe})
		b := office(t, s)
		d := desk{t, NewSchema(s)}
		schema := NewSchema(s).Schema()
		org := d.create("Organization", map[string]any{"name": "乙", "visibility": "PUBLIC"})
		meeting := func(visibility string) string {
			return d.create("Meeting", map[string]any{
				"title": "会议 " + visibility, "heldOn": "2022-06-01", "body": org, "visibility": visibility, "series": "常务会议", "ordinal": map[string]int{"PUBLIC": 1, "INTERNAL": 2}[visibility],
			})
		}
		ids := []string{meeting("INTERNAL"), meeting("PUBLIC"), models.EncodeID(models.TypeMeeting, models.NewID())}
		tried := 0
		for _, field := range schema.Mutation.Fields {
			role, gated := requiredRole(schema, field)
			if strings.HasPrefix(field.Name, "__") || !gated {
				continue
			}
			for _, caller := range []models.Role{auth.Guest, models.RoleViewer, models.RoleEditor} {
				if caller.AtLeast(role) {
					continue
				}
				var headers []string
				if caller != auth.Guest {
					headers = []string{"Authorization", bearer(b.token(caller, time.Hour))}
				}
				var answers []string
				for _, id := range ids {
					count.take()
					r := b.ask("mutation { m: "+callOf(schema, field, id)+" }", "", headers...)
					if seen := count.take(); len(seen) > 0 {
						t.Errorf("%q, %s: the database was asked before it was refused: %v", caller, field.Name, seen)
					}
					answers = append(answers, strings.ReplaceAll(r.text, id, "ID"))
					tried++
				}
				if answers[0] != answers[1] || answers[1] != answers[2] {
					t.Errorf("%q, %s: hidden, public and absent differ:\n%s", caller, field.Name, strings.Join(answers, "\n"))
				}
				if want := map[bool]string{true: codeUnauthenticated, false: codeForbidden}[caller == auth.Guest]; !strings.Contains(answers[0], want) {
					t.Errorf("%q, %s: %s", caller, field.Name, answers[0])
				}
			}
		}
		if tried < 400 {
			t.Errorf("%d requests are too few", tried)
		}
		t.Logf("%d requests", tried)
	})
}

// callOf writes a call of a mutation with a value for every argument that it needs.
func callOf(schema *ast.Schema, field *ast.FieldDefinition, id string) string {
	var arguments []string
	for _, a := range field.Arguments {
		if a.Type.NonNull || a.Name == "idempotencyKey" {
			arguments = append(arguments, a.Name+": "+literalOf(schema, a.Type, id))
		}
	}
	call := field.Name
	if len(arguments) > 0 {
		call += "(" + strings.Join(arguments, ", ") + ")"
	}
	return call + " { __typename }"
}

// literal writes a value of a type, with the id wherever one is asked for.
func literalOf(schema *ast.Schema, t *ast.Type, id string) string {
	if t.Elem != nil {
		return "[" + literalOf(schema, t.Elem, id) + "]"
	}
	switch t.NamedType {
	case "ID":
		return fmt.Sprintf("%q", id)
	case "Int":
		return "1"
	case "Boolean":
		return "true"
	case "Date":
		return `"2022-06-01"`
	case "DateTime":
		return `"2022-06-01T00:00:00Z"`
	}
	d := schema.Types[t.NamedType]
	switch d.Kind {
	case ast.Enum:
		return d.EnumValues[0].Name
	case ast.InputObject:
		var fields []string
		for _, f := range d.Fields {
			if f.Type.NonNull || len(fields) == 0 && d.Directives.ForName("oneOf") != nil {
				fields = append(fields, f.Name+": "+literalOf(schema, &ast.Type{NamedType: f.Type.NamedType, Elem: f.Type.Elem}, id))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	}
	return `"x"`
}

// TestWritesTellNothingOfWhatIsAnothers asks of what even writers may not see of each other: the keys under which others sent their
// requests, and the imports of others. The answers are as if these were not there.
func TestWritesTellNothingOfWhatIsAnothers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := populated(t, database, 0, store.Options{})
		b := importOffice(t, s, false)
		adas := b.tokenOf("ada", models.RoleEditor)
		ada, bob := bearer(adas), bearer(b.tokenOf("bob", models.RoleEditor))
		create := func(token, name, key string) reply {
			return b.ask(`mutation($in: CreatePersonInput!) { createPerson(input: $in) { person { version name } userErrors { code message } } }`,
				fmt.Sprintf(`{"in":{"name":%q,"idempotencyKey":%q}}`, name, key), "Authorization", token)
		}
		if r := create(ada, "甲", "k"); !strings.Contains(r.text, `"version":1`) {
			t.Fatal(r.text)
		}
		for _, name := range []string{"甲", "乙"} { // the same request as hers, and another under her key
			key, fresh := create(bob, name, "k"+name), create(bob, name, "fresh"+name)
			if key.text != fresh.text {
				t.Errorf("the key of another: %s, a fresh one: %s", key.text, fresh.text)
			}
		}
		if r := create(bob, "丙", "k"); !strings.Contains(r.text, `"name":"丙"`) {
			t.Errorf("the key of another was taken for one's own: %s", r.text)
		}
		job := b.startJob(adas, "会议纪要")
		absent := models.EncodeTagged(models.TagImportJob, models.NewID())
		for _, document := range []string{
			`mutation($job: ID!) { cancelImport(job: $job) { job { id } userErrors { code message path } } }`, `query($job: ID!) { importJob(id: $job) { id } }`,
		} {
			hers := b.ask(document, fmt.Sprintf(`{"job":%q}`, job), "Authorization", bob)
			none := b.ask(document, fmt.Sprintf(`{"job":%q}`, absent), "Authorization", bob)
			if hers.text != none.text || strings.Contains(hers.text, job) {
				t.Errorf("the import of another: %s, none: %s", hers.text, none.text)
			}
		}
	})
}

// TestSignInTellsNothingOfAccounts signs in to accounts that are open, closed and not there, with a wrong password.
func TestSignInTellsNothingOfAccounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := populated(t, database, 0, store.Options{})
		b := office(t, s)
		for _, name := range []string{"open", "closed"} {
			if err := s.AddAccount(t.Context(), name, models.RoleAdmin, "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.CloseAccount(t.Context(), "closed"); err != nil {
			t.Fatal(err)
		}
		answers := map[string]bool{}
		for _, name := range []string{"open", "closed", "absent", "wang"} {
			answers[b.ask(signInDocument, fmt.Sprintf(`{"u":%q,"p":"not the password"}`, name)).text] = true
		}
		if len(answers) != 1 {
			t.Errorf("answers differ: %v", answers)
		}
	})
}
