# The short front door. Each target installs the Debian packages it needs (tools/packages.txt) and builds what it runs.

JOBS ?= $(shell nproc)
PREFIX ?= /usr/local

.PHONY: all demo test bench fuzz lint format install generate asan tsan clean help

all: build/release/oakum

help:
	@echo "make demo     build, then check, fix and prove a careless shop, and scan a real image made here"
	@echo "make test     build, then pass every test"
	@echo "make bench    measure speed and memory as ratios to a floor measured in the same minute"
	@echo "make fuzz     run every fuzzer for SECONDS=20 each"
	@echo "make lint     format, includes, generated docs, clang-tidy"
	@echo "make asan     the unit tests under the address and undefined behaviour sanitizers; tsan: thread sanitizer"
	@echo "make install  install the binary below PREFIX=$(PREFIX)"

build/release/oakum: FORCE
	@tools/install-packages build
	@cmake --preset release >/dev/null
	@cmake --build --preset release -j $(JOBS)
FORCE:

demo: build/release/oakum
	@tools/install-packages demo
	@tools/demo build/release/oakum

test:
	@tools/install-packages build demo test
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS)
	@tests/run build/dev

asan tsan:
	@tools/install-packages build test
	@cmake --preset $@ >/dev/null
	@cmake --build --preset $@ -j $(JOBS)
	@tests/run --unit-only build/$@

bench: build/release/oakum
	@tools/install-packages build demo test
	@cmake --preset bench >/dev/null
	@cmake --build --preset bench -j $(JOBS)
	@bench/run build/bench

fuzz:
	@tools/install-packages build lint
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz -j $(JOBS)
	@tools/fuzz build/fuzz $(SECONDS)

lint:
	@tools/install-packages build test lint
	@tools/lint

format:
	@git ls-files '*.h' '*.cc' | xargs clang-format-19 -i

generate: build/release/oakum
	@tools/generate-docs build/release/oakum

install: build/release/oakum
	install -D -m 755 build/release/oakum $(DESTDIR)$(PREFIX)/bin/oakum

clean:
	rm -rf build
