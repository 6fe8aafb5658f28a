# Everything here makes the environment it needs the first time and starts at once after that: see tools/env.py.
# What stands on the command line reaches the program by name, so a misspelt parameter is refused, never ignored.
.DEFAULT_GOAL := help
.PHONY: help report country tables pdf lab test test-lab test-large check study bench strip lock env clean
SHELL := /bin/sh
RUN := python3 tools/env.py run
STUDY := dprk-vetoes

# The names given on the command line, in make's own words; their values come through the environment, so that no
# character in them means anything to the shell.
GIVEN := $(sort $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(name))))
PARAMETERS = $(foreach name,$(filter-out STUDY $(1),$(GIVEN)),"$(name)=$$(printenv '$(name)')")
only = $(if $(filter-out $(1),$(GIVEN)),$(error $@ does not take $(filter-out $(1),$(GIVEN)); it takes $(or $(strip $(1)),nothing)))

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name words; do \
	  printf '  make %-11s %s\n' "$$name" "$$words"; done

report: ## run a study and publish its brief: make report STUDY=dprk-vetoes START=2022-01-01 COUNTRIES=CHN,RUS,USA
	@$(RUN) -m stancebrief report "$(STUDY)" $(call PARAMETERS)

country: ## one country's page anew from the last report: make country STUDY=dprk-vetoes COUNTRY=CHN
	@$(RUN) -m stancebrief country "$(STUDY)" "$(COUNTRY)" $(call PARAMETERS,COUNTRY)

tables: ## a study's tables as Parquet, for more articles than memory holds: make tables STUDY=my-topic TO=folder
	$(call only,STUDY TO ENGINE SCHEDULER)@$(RUN) -m stancebrief tables "$(STUDY)" --to "$(TO)"

pdf: ## the brief of the last report as PDF (needs a Chromium): make pdf STUDY=dprk-vetoes
	$(call only,STUDY)@$(RUN) -m stancebrief pdf "$(STUDY)"

lab: ## JupyterLab on the notebooks
	$(call only)@$(RUN) -m jupyterlab --LabApp.default_url=/lab/tree/notebooks/0-start-here.ipynb \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None \
	  $(if $(filter 0,$(shell id -u)),--allow-root)

test: ## the tests; one part of them: make test ARGS="tests/test_study.py -k window"
	$(call only,ARGS)@$(RUN) -m pytest -m "not lab and not large" $(or $(ARGS),-n logical --dist loadfile)

test-lab: ## the tests that drive JupyterLab in a browser
	$(call only,ARGS)@$(RUN) -m pytest -m lab $(ARGS)

test-large: ## the tests that take minutes or much memory
	$(call only,ARGS)@$(RUN) -m pytest -m large $(ARGS)

check: ## say what is missing or odd in a study, without running it: make check STUDY=my-topic
	$(call only,STUDY)@$(RUN) -m stancebrief check "$(STUDY)"

study: ## lay out a new study: make study NAME=my-topic
	$(call only,NAME)@$(RUN) -m stancebrief study "$(NAME)"

bench: ## the benchmarks, in one table, reports/bench.md: make bench SIZES=1000,10000 ONLY=scale,report
	$(call only,ONLY SIZES ARTICLES STATEMENTS)@$(RUN) benchmarks/suite.py $(if $(ONLY),--only "$(ONLY)") \
	  $(if $(SIZES),--sizes "$(SIZES)") $(if $(ARTICLES),--articles "$(ARTICLES)") \
	  $(if $(STATEMENTS),--statements "$(STATEMENTS)")

strip: ## outputs out of the notebooks, as they are committed
	$(call only)@$(RUN) -m nbstripout --keep-id --extra-keys "metadata.language_info.version metadata.widgets" notebooks/*.ipynb

env: ## make the environment, or bring it up to date
	$(call only)@python3 tools/env.py ensure

lock: ## requirements.lock anew from environment.yml; with UPGRADE=1 the newest releases within its bounds
	$(call only,UPGRADE)@python3 tools/env.py lock $(if $(UPGRADE),--upgrade)

clean: ## remove the environment and caches; never studies, reviews, notebooks or reports
	$(call only)@rm -rf .venv .conda .cache .pytest_cache .hypothesis .ruff_cache reports/.building-* reports/.replaced-* reports/.cache
	@find lib tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +
