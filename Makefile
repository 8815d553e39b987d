# make build      compile everything; warnings are errors
# make test       all tests, with a cluster of their own; the last line is `N passed, N failed`
# make demo       the story of examples/checkout on this machine; DEMO_PAUSE=1 waits for a key at each turn
# make demo-down  remove what the demo made
# make generate   write generated files anew: crds/, deploy/crds-1.20.yaml
.PHONY: build test demo demo-down generate

build:
	dotnet build RunbookOperator.sln -v quiet -nologo

test:
	@tests/run

demo:
	@examples/checkout/demo

demo-down:
	@examples/checkout/stage down artifacts/demo

generate:
	dotnet run --project operator/Generator -v quiet
