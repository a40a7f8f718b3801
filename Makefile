# make help names every target. On a fresh machine Go, Node 20, git and make are enough.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

NPM := $(shell command -v npm)
NPM_CI := npm ci --no-audit --no-fund --loglevel=error
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*') $(wildcard graph/*.graphqls)
TOOLS := .cache/bin

# In CI nothing is taken from the test cache.
GO_TEST_FLAGS ?= -timeout 20m $(if $(CI),-count=1)
# The data set of make bench, and what else it is told: BENCH_FLAGS="--only Q1,Q2 --profiles FOLDER".
SIZE ?= S
BENCH_FLAGS ?=
# The length of make soak.
DURATION ?= 1h
# The runner of another suite of attacks, to be run besides our own.
ATTACKS ?= $(wildcard ../shared/attacks/run.py)
# By what the time limits of make attacks are wider.
SLACK ?= 1

.PHONY: help
help: ## name the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- building and running

.PHONY: run
run: ui build ## build everything, start on the embedded database with the sample minutes
	./minutebook serve --demo

.PHONY: build
build: ## build the program, with the web pages that are there
	go build -o minutebook .

.PHONY: ui
ifdef NPM
ui: web/dist/index.html ## build the web pages where they are older than their sources
else
ui:
	@echo "npm is not installed: the pages stay a stub, the API works all the same"
endif

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build
	@touch web/dist/.keep $@

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	cd $* && $(NPM_CI)
	@touch $@

.PHONY: generate
generate: ## write the generated Go and the printed schema anew
	go generate ./...

# ---------------------------------------------------------------- tests

.PHONY: test
test: setup vet regenerated ui test-go test-web ## run every test, on SQLite and on MariaDB, and in a browser
	@echo "all tests passed"

.PHONY: setup
setup: # install what the tests need where this is Debian, say what to install elsewhere
	@scripts/setup

.PHONY: vet
vet:
	go vet ./...

.PHONY: regenerated
regenerated: # fail when generated files are not what their sources make
	@scripts/regenerated

.PHONY: test-go
test-go: ## run the tests of the Go packages
	trap 'test -n "$${MINUTEBOOK_TEST_MYSQL:-}" || scripts/mariadb stop' EXIT; go test $(GO_TEST_FLAGS) ./...

.PHONY: test-web
test-web: ui build ## run the tests of the web pages, some of them in a browser
	cd web && npm run check && npm test && npm run e2e

ifneq ($(wildcard conformance/package.json),)
test: test-conformance
.PHONY: test-conformance
test-conformance: build conformance/node_modules/.package-lock.json ## run the conformance suites of GraphQL against the program
	cd conformance && npm test
endif

# ---------------------------------------------------------------- checks beside the tests

.PHONY: check
check: lint vulnerabilities ## lint, look for known vulnerabilities, verify the modules
	go mod verify
	go mod tidy -diff

.PHONY: lint
lint: $(TOOLS)/golangci-lint
	$(TOOLS)/golangci-lint run

# A database of vulnerabilities out of reach must not stop work offline. Whatever else goes wrong does.
.PHONY: vulnerabilities
vulnerabilities: $(TOOLS)/govulncheck
	@status=0; output=$$($(TOOLS)/govulncheck ./... 2>&1) || status=$$?; echo "$$output"; \
	if [[ $$status -eq 1 && $$output == *"fetching vulnerabilities"* ]]; then \
		echo "NOT CHECKED for known vulnerabilities: the database is out of reach (GOVULNDB names another)"; \
	else exit $$status; fi

$(TOOLS)/golangci-lint $(TOOLS)/govulncheck &: tools/go.mod tools/go.sum
	cd tools && go build -o ../$(TOOLS)/ tool
	@touch $(TOOLS)/golangci-lint $(TOOLS)/govulncheck

.PHONY: attacks
attacks: build ## run the attack cases against the program, on both databases (docs/attacks.md; SLACK=3 on a slow machine)
	go run ./attacks/cmd/attacks --binary ./minutebook --slack $(SLACK)
	go run ./attacks/cmd/attacks --binary ./minutebook --slack $(SLACK) --database "$$(scripts/mariadb empty minutebook_attacks)"
ifneq ($(ATTACKS),)
	python3 "$(ATTACKS)" --binary ./minutebook --slack $(SLACK)
	python3 "$(ATTACKS)" --binary ./minutebook --slack $(SLACK) --database "$$(scripts/mariadb empty minutebook_attacks)"
endif

.PHONY: faults
faults: build ## kill, cut, fill and stop what the program stands on, and count what is lost (ROWS=NAMES, QUICK=1)
	go run ./faults/cmd/faults --binary ./minutebook $(if $(ROWS),--only $(ROWS)) $(if $(QUICK),--quick)

.PHONY: soak
soak: build ## an hour of mixed load while the database is restarted every five minutes (DURATION=1h)
	go run ./faults/cmd/soak --binary ./minutebook --duration $(DURATION)

.PHONY: bench
bench: build ## measure speed against a server written by hand, on a MariaDB of its own (SIZE=S in five minutes, or L)
	go build -o .cache/bench/bench ./bench/cmd/bench
	.cache/bench/bench --binary ./minutebook --size $(SIZE) --results .cache/bench $(BENCH_FLAGS) \
		--database "$$(scripts/mariadb kept bench_$$(tr A-Z a-z <<<$(SIZE)))"

.PHONY: score
score: ## measure how well minutes are understood, on a corpus with answers (CORPUS=FOLDER)
	scripts/score

.PHONY: clean
clean: ## remove what was built, and stop the MariaDB of the tests; databases stay
	scripts/mariadb stop
	rm -rf minutebook .cache
	find web/dist -mindepth 1 -not -name .keep -delete 2>/dev/null || true
