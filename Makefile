# Two commands do everything: `make run` and `make test`. Both call `setup`, which installs what is
# missing and says so, and is quick when nothing is.

# Debian's packages: the C libraries that Package.swift names, and the tools of the contract build.
LIBRARIES := libmicrohttpd-dev libcurl4-openssl-dev libsodium-dev libssl-dev libsecp256k1-dev libsqlite3-dev libpq-dev libhiredis-dev libyaml-dev
TOOLS := pkg-config binaryen wabt
TEST_TOOLS := nginx-light wrk postgresql-15 postgresql-client-15 redis-server openssl procps qpdf poppler-utils
# PyPI: what tests and benchmarks compare with.
PYTHON := stellar-sdk==16.1.1 pywasm3==0.5.0 schemathesis==4.32.5
VENV := .venv
# Sequences of 50 calls that `make test` runs on the contracts and on the model of them.
SEQUENCES := 10000
# How many tests run at once. All of them at once would let those that wait for an answer wait
# behind those that calculate.
WIDTH := --experimental-maximum-parallelization-width 8
# How long `make fuzz` goes on with each target.
SECONDS := 30

SOURCES := Package.swift Sources Tests Tools Benchmarks Contracts/Package.swift Contracts/Sources Contracts/Example

.PHONY: help setup setup-test build contracts coverage generate run test test-sanitized lint format bench fuzz clean

help: ## What can be made.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: ## Install what building and running need.
	@.ci/install $(LIBRARIES) $(TOOLS)

setup-test: setup
	@.ci/install $(TEST_TOOLS)
	@.ci/install-python $(VENV) $(PYTHON)

build: setup ## Build everything, optimised.
	swift build -c release --product traqora

contracts: setup ## Build the contracts, check them, compare with contracts.lock.json.
	swift run GenerateContracts

# Beside `swift`, whose build they read.
LLVM_COV = $(dir $(realpath $(shell command -v swiftc)))llvm-cov
COVERED := Token Airline FlightRegistry Booking Refund Loyalty Governance Common
COVERAGE := .build/coverage

coverage: setup ## What the tests run of the contracts, compiled for this machine: by file, and line by line.
	CONTRACT_BUILD=native TRAQORA_ONLY=Contract swift test --enable-code-coverage --scratch-path $(COVERAGE) --skip CostTests
	$(LLVM_COV) report $(COVERAGE)/debug/TraqoraPackageTests.xctest -instr-profile=$(COVERAGE)/debug/codecov/default.profdata -show-branch-summary=false $(COVERED:%=Contracts/Sources/%)
	$(LLVM_COV) show $(COVERAGE)/debug/TraqoraPackageTests.xctest -instr-profile=$(COVERAGE)/debug/codecov/default.profdata -format=html -output-dir=$(COVERAGE)/html $(COVERED:%=Contracts/Sources/%)
	@echo "Line by line: $(COVERAGE)/html/index.html"

generate: setup ## Write all generated code again from its inputs.
	swift run GenerateXDR
	swift run GenerateHostInterface
	swift run GenerateInterpreter
	swift run GenerateContractClients
	swift run GenerateAPIDescriptions
	swift run EmbedResources

run: build ## Start the network, the contracts and the API on embedded defaults.
	.build/release/traqora up

test: setup-test lint contracts ## Everything CI runs.
	swift build --build-tests
	Tools/test --skip-build $(WIDTH) --skip EndToEndTests --skip GenerateContractsTests --skip PlatformPropertyTests
	Tools/test --skip-build $(WIDTH) --filter EndToEndTests --skip ContractTutorialTests
	TRAQORA_SEQUENCES=$(SEQUENCES) Tools/test --skip-build --filter 'GenerateContractsTests|PlatformPropertyTests|ContractTutorialTests'

test-wasm-suite: setup ## The WebAssembly core test suite: make test-wasm-suite SUITE=path.
	WASM_SUITE=$(SUITE) TRAQORA_ONLY=WebAssembly swift test --filter SpecificationSuiteTests

test-sanitized: setup ## HTTP under the thread sanitizer, with hostile input.
	TRAQORA_ONLY=HTTP swift test --sanitize=thread --scratch-path .build/sanitized

lint: ## The style, checked.
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## The style, applied.
	swift format --in-place --parallel --recursive $(SOURCES)

fuzz: setup ## Feed the decoders with hostile input, SECONDS each; crashes become tests.
	Tools/Fuzz/run $(SECONDS)

bench: setup-test ## Measure, each figure beside what it is compared with.
	swift build -c release --product traqora
	swift run -c release Benchmarks

clean: ## Remove what was built.
	rm -rf .build Contracts/.build
