# All tasks of this repository. `make` alone lists them.
#
# Each installation step leaves a stamp file, so a second `make run` starts at once: a step runs again only
# when its source file has changed.

PYTHON ?= python3
# The browser for the tests, exported because the tests read it too.
export CHROMIUM ?= /usr/bin/chromium

# Wheels only, because building a package runs its code as whoever installs; the one exception has no wheel.
PIP_INSTALL = .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
	--only-binary :all: --no-binary flask-principal
STYLES = app/static/build/manifest.json
FONTS = reports/fonts/.complete

# Two steps may both need apt, which cannot run twice at once.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup setup-test run test content test-postgresql audit faults check format bench pictures messages lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | while read -r name about; do printf '  make %-15s %s\n' "$$name" "$$about"; done

setup: .venv/.requirements .venv/.pango $(STYLES) $(FONTS) ## Install what is needed to run

setup-test: setup .venv/.requirements-dev .venv/.browser ## Install what is needed to test

run: setup ## Install what is needed and start the site; PORT=8001 changes the port
	@exec .venv/bin/gunicorn

test: setup-test check ## Install what is needed, then run all checks and the tests that are not slow
	.venv/bin/pytest -n auto --dist loadgroup -m "not audit and not faults"

content: .venv/.requirements-dev ## Check the content and run its tests, without a browser (half a minute)
	.venv/bin/flask --app app content check
	.venv/bin/pytest -q tests/content

audit: setup-test ## Run the slow matrix: every page, screen size and document (minutes)
	.venv/bin/pytest -n auto --dist worksteal -m audit

test-postgresql: setup-test ## Run the tests of app/ again, all on PostgreSQL (minutes)
	TEST_DATABASE=postgresql .venv/bin/pytest -n auto --dist worksteal -m "not audit and not faults" tests/app

faults: setup-test ## Run the tests of failing machines and databases and of careless users (minutes)
	.venv/bin/pytest -m faults

check: .venv/.requirements-dev ## Check style, types, imports and templates
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates

format: .venv/.requirements-dev ## Format the code
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

messages: .venv/.requirements ## Extract the site's words for translators and update the catalogs in translations/
	.venv/bin/pybabel --quiet extract --mapping-file pyproject.toml --sort-by-file --no-location --add-comments=L10n: --keyword _l --keyword lazy_gettext --keyword Message --keyword InvalidAnswer \
		--output-file translations/messages.pot app questions reports templates
	@for catalog in translations/*/; do [ ! -d "$$catalog" ] || .venv/bin/pybabel --quiet update --no-fuzzy-matching \
		--input-file translations/messages.pot --output-dir translations --locale "$$(basename "$$catalog")"; done

bench: setup-test ## Measure performance and update docs/performance.md (minutes)
	.venv/bin/python -m bench

pictures: setup-test ## Make the pictures of README.md anew
	.venv/bin/python -m bench.pictures

lock: .venv/.requirements-dev ## Update the lock files from *.in and package.json; UPGRADE=--upgrade for newer versions
	sh setup/lock.sh $(UPGRADE)

clean: ## Remove everything installed or built here (not the database)
	rm -rf .venv node_modules app/static/build reports/fonts

# Python ---------------------------------------------------------------------------------------

.venv/.created:
	sh setup/venv.sh $(PYTHON)
	@touch $@

.venv/.requirements: requirements.txt | .venv/.created
	@echo "Installing the Python packages of requirements.txt"
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/.requirements-dev: requirements-dev.txt .venv/.requirements
	@echo "Installing the Python packages of requirements-dev.txt"
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# Debian packages ------------------------------------------------------------------------------

# No stamp while Pango is missing: the site runs without it, and the next start says so again.
.venv/.pango: | .venv/.created
	sh setup/pango.sh

.venv/.browser: | .venv/.requirements-dev
	sh setup/browser.sh
	@touch $@

# Style sheet and fonts ------------------------------------------------------------------------

node_modules/.installed: package.json package-lock.json | .venv/.created
	sh setup/node.sh npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

$(STYLES): node_modules/.installed setup/styles.py $(wildcard app/styles/*.scss app/scripts/*.js) | .venv/.created
	sh setup/node.sh .venv/bin/python setup/styles.py

$(FONTS): node_modules/.installed setup/fonts.py | .venv/.requirements
	.venv/bin/python setup/fonts.py
