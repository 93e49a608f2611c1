# `make test` runs every test and installs what the tests need. The other targets take longer and
# are run by hand.

.PHONY: test browser audit bench faults fuzz packages package package-test bucket-test

test:
	@scripts/test

# The browser tests over the demo alone; `make test` runs them, too.
browser:
	scripts/e2e

# Debian packages that the tests talk to; `make test` does this by itself.
packages:
	@scripts/packages

# The Debian package, from the release binary.
package:
	scripts/package

# The package in a fresh Debian: installed, started, checked, upgraded, removed, purged. Needs root,
# debootstrap and a mirror.
package-test:
	scripts/package-test

# Large mails in a bucket, against an S3 server of other people. Needs python3-venv and a registry.
bucket-test:
	scripts/bucket-test

# Known advisories of our dependencies. Needs the network and `cargo install cargo-audit`.
audit:
	cargo audit

# Figures of the performance targets, a line of JSON each: `make bench`, `make bench ID=B1`,
# `make bench ID="B4 E1 --engine sqlite"`.
bench:
	cargo run --release -p bench -- $(ID)

# Faults at random moments, as long as one likes: `make faults ROUNDS=5000`.
faults:
	LAUFZETTEL_FAULT_ROUNDS=$(or $(ROUNDS),1000) scripts/with-postgres \
		cargo test -p db --test chaos --test killed

# Input nobody would write, as long as one likes: `make fuzz CASES=1000000`.
fuzz:
	PROPTEST_CASES=$(or $(CASES),100000) cargo test -p rules -p mail --lib --tests
