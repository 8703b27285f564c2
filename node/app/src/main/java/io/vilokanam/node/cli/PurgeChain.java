package io.vilokanam.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes the chain on disk; keys stay. */
@Command(name = "purge-chain", mixinStandardHelpOptions = true, description = "Remove the whole chain. Keys stay.")
final class PurgeChain implements Callable<Integer> {

    @Option(names = "-y", description = "Do not ask.")
    private boolean isSure;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private SharedOptions shared;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        Path place = shared.folder(shared.spec(new Chains())).resolve("db");
        if (!isSure && !confirms(place)) {
            System.out.println("Aborted");
            return CommandLine.ExitCode.OK;
        }
        if (!Files.exists(place)) {
            System.err.println("\"" + place + "\" did not exist.");
            return CommandLine.ExitCode.OK;
        }
        try (Stream<Path> paths = Files.walk(place)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
        System.out.println("\"" + place + "\" removed.");
        return CommandLine.ExitCode.OK;
    }

    private static boolean confirms(Path database) throws IOException {
        System.out.print("Are you sure to remove \"" + database + "\"? [y/N]: ");
        System.out.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
