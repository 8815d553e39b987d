# make build      compile everything; warnings are errors
# make test       all tests, with a cluster of their own; the last line is `N passed, N failed`
# make bench      measure the client and the runtime; ONLY=queue,dispatch,decode,sync,watch OBJECTS=10000 ROUNDS=5 SEED=1
# make bench-risk time and memory of the risk classifier: per command of the corpus, and for texts up to 64 KiB
# make risk-report how the labelled commands are called, per label and category; MISSES=1 lists those called otherwise
# make faults     kill, stop, cut off and deceive a real operator on a real API server; ONLY=F1,F6 SEED=1 DOSE=1; docs/reliability.md
# make mutants    show that the tests can fail: each seeded defect must be caught; ONLY=03
# make demo       the story of examples/checkout on this machine; DEMO_PAUSE=1 waits for a key at each turn
# make demo-down  remove what the demo made
# Without ICU the SDK does not start; nothing here needs it.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT := 1

# make generate   write generated files anew: crds/, deploy/crds-1.20.yaml, the rules in docs/risk.md
.PHONY: build test bench bench-risk risk-report faults mutants demo demo-down generate

build:
	dotnet build RunbookOperator.sln -v quiet -nologo

test:
	@tests/run

bench:
	@dotnet run --project tests/Benchmarks -c Release -v quiet -- $(if $(ONLY),--only $(ONLY)) \
	  $(if $(OBJECTS),--objects $(OBJECTS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED))

bench-risk:
	@dotnet run --project tests/Benchmarks.Risk -c Release -v quiet

risk-report:
	@dotnet run --project tests/Risk.Report -c Release -v quiet -- $(if $(MISSES),--misses)

faults:
	@dotnet build operator/Operator -c Release -v quiet -nologo
	@dotnet run --project tests/Faults -c Release -v quiet -- --write $(if $(ONLY),--only $(ONLY)) $(if $(SEED),--seed $(SEED)) $(if $(DOSE),--dose $(DOSE))

mutants:
	@tests/Faults/Mutants/run $(ONLY) $(if $(ONLY),,--write)

demo:
	@examples/checkout/demo

demo-down:
	@examples/checkout/stage down artifacts/demo

generate:
	dotnet run --project operator/Generator -v quiet
