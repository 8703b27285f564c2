package io.vilokanam.node.cli;

import picocli.CommandLine.Command;

/** Measures the machine and the runtime, as frame-benchmarking-cli does. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, description = "Measure the machine, and what blocks, extrinsics "
        + "and storage cost on it.", subcommands = {BenchmarkMachine.class, BenchmarkBlock.class,
                BenchmarkOverhead.class, BenchmarkExtrinsic.class, BenchmarkStorage.class})
final class Benchmark {}
