package io.vilokanam.node.cli;

import java.util.Optional;

import picocli.CommandLine.Option;

/** What stock nodes let an operator choose about their WebAssembly executor: taken, and without effect here. */
final class ExecutorOptions {

    private static final String NATIVE = WithoutEffect.MARK
            + "runtimes are executed natively on the Java virtual machine.";

    @Option(names = "--wasm-execution", paramLabel = "METHOD", completionCandidates = Choices.WasmExecution.class, description = NATIVE)
    private Optional<String> wasmExecution = Optional.empty();

    @Option(names = "--wasmtime-instantiation-strategy", paramLabel = "STRATEGY", completionCandidates = Choices.Instantiation.class, description = NATIVE)
    private Optional<String> instantiation = Optional.empty();

    @Option(names = "--wasm-runtime-overrides", paramLabel = "PATH", description = NATIVE)
    private Optional<String> overrides = Optional.empty();

    @Option(names = "--default-heap-pages", paramLabel = "COUNT", description = NATIVE)
    private Optional<Integer> heapPages = Optional.empty();

    @Option(names = "--execution", paramLabel = "STRATEGY", completionCandidates = Choices.Execution.class, description = NATIVE)
    private Optional<String> all = Optional.empty();

    @Option(names = "--execution-syncing", paramLabel = "STRATEGY", completionCandidates = Choices.Execution.class, description = NATIVE)
    private Optional<String> syncing = Optional.empty();

    @Option(names = "--execution-import-block", paramLabel = "STRATEGY", completionCandidates = Choices.Execution.class, description = NATIVE)
    private Optional<String> importing = Optional.empty();

    @Option(names = "--execution-block-construction", paramLabel = "STRATEGY", completionCandidates = Choices.Execution.class, description = NATIVE)
    private Optional<String> construction = Optional.empty();

    @Option(names = "--execution-offchain-worker", paramLabel = "STRATEGY", completionCandidates = Choices.Execution.class, description = NATIVE)
    private Optional<String> offchain = Optional.empty();

    @Option(names = "--execution-other", paramLabel = "STRATEGY", completionCandidates = Choices.Execution.class, description = NATIVE)
    private Optional<String> other = Optional.empty();

    @Option(names = "--trie-cache-size", paramLabel = "Bytes", description = WithoutEffect.MARK
            + "the state trie shares the memory of --db-cache.")
    private Optional<Long> trieCache = Optional.empty();

    @Option(names = "--warm-up-trie-cache", paramLabel = "STRATEGY", arity = "0..1", completionCandidates = Choices.WarmUp.class, fallbackValue = "non-blocking", description = WithoutEffect.MARK
            + "the state trie shares the memory of --db-cache.")
    private Optional<String> warmUp = Optional.empty();

    @Option(names = "--max-runtime-instances", paramLabel = "COUNT", description = WithoutEffect.MARK
            + "one native runtime serves all calls at once.")
    private Optional<Integer> instances = Optional.empty();

    @Option(names = "--runtime-cache-size", paramLabel = "COUNT", description = WithoutEffect.MARK
            + "native runtimes are never thrown away.")
    private Optional<Integer> runtimes = Optional.empty();
}
