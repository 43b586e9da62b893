# The recipes of the house; `just` alone lists them.
[private]
default:
    @just --list

# Everything that must pass, as continuous integration runs it
test *steps:
    bash tests/run {{ steps }}

# The guide in content/, into public/
build *arguments:
    cargo run --locked --release -- build {{ arguments }}

# The program as it is best given to others, compiled twice; says where it is
release:
    bash benches/release

# What must stay fast: builds against the floor, on a plain guide and a rich one
bench *arguments:
    cargo bench --locked --bench build -- {{ arguments }}

# The same corpus through other generators; benches/README.md says what they need
bench-peers *arguments:
    cargo bench --locked --bench build -- peers {{ arguments }}

# What automatic links cost: with and without them, few names and many
bench-linking *arguments:
    cargo bench --locked --bench build -- linking {{ arguments }}

# How soon an edit shows in what `boussole serve` answers: milliseconds, at 1,000 and 10,000 pages
bench-serve *arguments:
    cargo bench --locked --bench build -- serve {{ arguments }}

# What the search index costs, beside pagefind's own program; benches/README.md says how to get it
bench-search *arguments:
    cargo bench --locked --bench build -- search {{ arguments }}

# What a build costs, in instructions, recorded as it is now; `just test instructions` compares with it
instructions:
    cargo build --locked --release
    node tests/instructions/count.mjs "${CARGO_TARGET_DIR:-target}/release/boussole" --record

# Inputs that nobody thought of, for some seconds: front_matter, guide, links, markdown, mentions or settings
fuzz target seconds="600":
    bash fuzz/run {{ target }} {{ seconds }}

# The same for all six, one after the other
fuzz-all seconds="1800":
    bash fuzz/run all {{ seconds }}

# The golden guides as they are built now: read the difference before committing it
golden:
    BOUSSOLE_GOLDEN=write cargo test --locked

# Pictures of the guide in content/, narrow to wide, light, dark and printed, into target/screenshots/
screenshots *pages:
    cargo run --locked --release -- build --output target/screenshots/public
    node tests/node/screenshots.mjs target/screenshots/public target/screenshots {{ pages }}

# What Lighthouse says of the guide in content/: 100, 100, 100, and at least 99 for performance
lighthouse:
    cd tests/node/lighthouse && npm ci
    cargo run --locked --release -- build --output target/lighthouse --base-url http://127.0.0.1:4180/
    node tests/node/lighthouse/lighthouse.mjs target/lighthouse 4180

# What an author sees from `init` to a fault and its mending, as pictures in target/journey/
serve-journey:
    cargo build --locked --release
    node tests/node/serve.mjs "${CARGO_TARGET_DIR:-target}/release/boussole" target/journey

# How soon the search of the guide in content/ answers, in milliseconds
search-latency:
    cargo run --locked --release -- build --output target/latency
    node tests/node/latency.mjs target/latency

# Weaknesses that are known of what comes from others; needs `cargo install cargo-deny` and a network
advisories:
    cargo deny --locked check advisories

# The crate's documentation, private items too
doc:
    cargo doc --locked --no-deps --document-private-items
