package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

func TestAccounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s, ctx := opened(t, database), t.Context()
		if err := s.AddAccount(ctx, "Ada", models.RoleEditor, "hash 1"); err != nil {
			t.Fatal(err)
		}
		account, err := s.OpenAccount(ctx, "aDA")
		if err != nil || account.Role != models.RoleEditor || account.PasswordHash != "hash 1" {
			t.Fatalf("%+v %v", account, err)
		}
		if err := s.SetPasswordHash(ctx, "ada", "hash 2"); err != nil {
			t.Fatal(err)
		}
		if err := s.SetPasswordHash(ctx, "ada", "hash 2"); err != nil {
			t.Fatal("the same hash again:", err)
		}
		if err := s.CloseAccount(ctx, "ada"); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"open":  func() error { _, err := s.OpenAccount(ctx, "ada"); return err }(),
			"close": s.CloseAccount(ctx, "ada"),
			"other": s.SetPasswordHash(ctx, "bob", "x"),
		} {
			if !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := s.AddAccount(ctx, "ADA", models.RoleAdmin, "hash 3"); err != nil {
			t.Fatal(err)
		}
		all, err := s.Accounts(ctx)
		if err != nil || len(all) != 1 || all[0].Role != models.RoleAdmin || all[0].ClosedAt != nil {
			t.Errorf("%+v %v", all, err)
		}
		if err := s.AddAccount(ctx, "Ada", models.RoleViewer, "hash 4"); !errors.Is(err, models.ErrDuplicate) {
			t.Errorf("an open account is added again: %v", err)
		}
		if err := s.AddAccount(ctx, "eve", "OWNER", ""); !errors.Is(err, models.ErrBadInput) {
			t.Errorf("a role that is none: %v", err)
		}
	})
}

func TestRevocations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s, ctx := opened(t, database), t.Context()
		if _, err := s.Revoke(ctx, "t1", "", time.Now().Add(-time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Revoke(ctx, "", "ada", time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		all, err := s.Revocations(ctx)
		if err != nil || len(all) != 1 || all[0].Subject != "ada" || all[0].At.IsZero() {
			t.Errorf("%+v %v", all, err)
		}
		if _, err := s.Revoke(ctx, strings.Repeat("j", 201), "", time.Now()); !errors.Is(err, models.ErrBadInput) {
			t.Errorf("a token with an id that is too long: %v", err)
		}
		if _, err := s.Revoke(ctx, "", "", time.Now()); !errors.Is(err, models.ErrBadInput) {
			t.Errorf("nothing to revoke: %v", err)
		}
	})
}

// TestForgetKeys forgets the keys that have expired and no others.
func TestForgetKeys(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s, ctx := opened(t, database), t.Context()
		for i, expires := range []time.Time{time.Now().Add(-time.Minute), time.Now().Add(time.Hour)} {
			row := &idempotencyKey{KeyHash: keyOf(strings.Repeat("k", i)), BodyHash: keyOf("b"), ExpiresAt: models.DateTime{Time: expires}}
			if err := s.orm.Create(row).Error; err != nil {
				t.Fatal(err)
			}
		}
		if err := s.ForgetKeys(ctx); err != nil {
			t.Fatal(err)
		}
		var left int64
		if err := s.orm.Model(&idempotencyKey{}).Count(&left).Error; err != nil || left != 1 {
			t.Errorf("%d keys are left, want 1 (%v)", left, err)
		}
	})
}

// TestAccountAddedAtOnce has several add one account at the same time, where there is none and where there is a closed one: one of
// them does, with role and password of one request.
func TestAccountAddedAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s, ctx := opened(t, database), t.Context()
		for _, closed := range []bool{false, true} {
			if closed {
				if err := s.CloseAccount(ctx, "ada"); err != nil {
					t.Fatal(err)
				}
			}
			var done sync.WaitGroup
			errs := make([]error, 8)
			for i := range errs {
				done.Go(func() { errs[i] = s.AddAccount(ctx, "ada", models.RoleEditor, fmt.Sprint("hash ", i)) })
			}
			done.Wait()
			winner := slices.Index(errs, nil)
			for i, err := range errs {
				if i != winner && !errors.Is(err, models.ErrDuplicate) {
					t.Errorf("closed %t, request %d: %v", closed, i, err)
				}
			}
			account, err := s.OpenAccount(ctx, "ada")
			if err != nil || winner < 0 || account.PasswordHash != fmt.Sprint("hash ", winner) {
				t.Errorf("closed %t: %+v %v, request %d was told that it did", closed, account, err, winner)
			}
		}
	})
}
