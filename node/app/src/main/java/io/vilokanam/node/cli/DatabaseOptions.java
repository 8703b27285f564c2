package io.vilokanam.node.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Option;

/** What stock nodes let an operator choose about their database and their executor: taken, and without effect here. */
final class DatabaseOptions {

    @Option(names = {"--database", "--db", "--db-cache", "--state-pruning", "--blocks-pruning", "--trie-cache-size",
            "--default-heap-pages", "--wasm-execution"}, arity = "1", hidden = true)
    private List<String> accepted = new ArrayList<>();
}
