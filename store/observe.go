package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"
)

// watcher is told every statement when it has ended, with the time until the first row was there.
type watcher func(ctx context.Context, statement string, took time.Duration, err error)

// observed is a connector whose connections tell a watcher what they run. Prepare, if not nil, makes a new connection
// ready before it is used.
type observed struct {
	driver.Connector
	watch   watcher
	prepare func(ctx context.Context, conn driver.Conn) error
}

// Connect implements driver.Connector.
func (o *observed) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := o.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if o.prepare != nil {
		if err := o.prepare(ctx, conn); err != nil {
			_ = conn.Close()
			return nil, err
		}
	}
	return &observedConn{Conn: conn, watch: o.watch}, nil
}

// observedConn passes everything on to a connection of one of the two drivers, which both know contexts.
type observedConn struct {
	driver.Conn
	watch watcher
}

// QueryContext implements driver.QueryerContext.
func (c *observedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	start := time.Now()
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	if !errors.Is(err, driver.ErrSkip) {
		c.watch(ctx, query, time.Since(start), err)
	}
	return rows, err
}

// ExecContext implements driver.ExecerContext.
func (c *observedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	start := time.Now()
	result, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	if !errors.Is(err, driver.ErrSkip) {
		c.watch(ctx, query, time.Since(start), err)
	}
	return result, err
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *observedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	statement, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err != nil {
		c.watch(ctx, query, 0, err)
		return nil, err
	}
	return &observedStmt{Stmt: statement, text: query, watch: c.watch}, nil
}

// observedStmt passes everything on to a prepared statement.
type observedStmt struct {
	driver.Stmt
	text  string
	watch watcher
}

// QueryContext implements driver.StmtQueryContext.
func (s *observedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	start := time.Now()
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	s.watch(ctx, s.text, time.Since(start), err)
	return rows, err
}

// ExecContext implements driver.StmtExecContext.
func (s *observedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	start := time.Now()
	result, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	s.watch(ctx, s.text, time.Since(start), err)
	return result, err
}

// CheckNamedValue implements driver.NamedValueChecker.
func (s *observedStmt) CheckNamedValue(value *driver.NamedValue) error {
	if checker, ok := s.Stmt.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(value)
	}
	return driver.ErrSkip
}

// BeginTx implements driver.ConnBeginTx.
func (c *observedConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, options)
}

// Ping implements driver.Pinger.
func (c *observedConn) Ping(ctx context.Context) error { return c.Conn.(driver.Pinger).Ping(ctx) }

// ResetSession implements driver.SessionResetter.
func (c *observedConn) ResetSession(ctx context.Context) error {
	if resetter, ok := c.Conn.(driver.SessionResetter); ok {
		return resetter.ResetSession(ctx)
	}
	return nil
}

// IsValid implements driver.Validator.
func (c *observedConn) IsValid() bool {
	if validator, ok := c.Conn.(driver.Validator); ok {
		return validator.IsValid()
	}
	return true
}

// CheckNamedValue implements driver.NamedValueChecker.
func (c *observedConn) CheckNamedValue(value *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(value)
	}
	return driver.ErrSkip
}
