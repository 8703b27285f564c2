package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.scale.Bytes;

/** Looks for a seed whose address begins with a pattern, or has it as near to its begin as can be. */
@Command(name = "vanity", mixinStandardHelpOptions = true, description = "Generate a seed that gives an address with a pattern.")
final class Vanity implements Callable<Integer> {

    private static final int SEED_SIZE = 32;
    /** What the first characters and each character of the pattern count for. */
    private static final int PLACES = 48;
    /** Every address begins with a digit that its network gives, and those that follow are not all possible. */
    private static final int ENOUGH = 45;
    private static final long NEW_SEED_INTERVAL = 100_000;

    @Option(names = "--pattern", required = true, paramLabel = "PATTERN", description = "What the address shall hold.")
    private String pattern;

    @Mixin
    private KeyOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        if (pattern.isEmpty()) {
            throw new UsageException("Pattern must not be empty");
        }
        PrintWriter out = command.commandLine().getOut();
        out.println("Generating key containing pattern '" + pattern + "'");
        out.println(options.describe(search(out).hex()));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private Bytes search(PrintWriter out) throws Exception {
        Scheme scheme = options.scheme();
        SecureRandom random = new SecureRandom();
        byte[] seed = new byte[SEED_SIZE];
        int top = ENOUGH + pattern.length() * PLACES;
        int best = 0;
        for (long done = 0;; done++) {
            if (done % NEW_SEED_INTERVAL == 0) {
                random.nextBytes(seed);
            } else {
                increment(seed);
            }
            int score = score(pattern, options.addressOf(Bytes.wrap(scheme.fromSeed(seed).publicKey())));
            best = Math.max(best, score);
            if (score >= top || pattern.length() < 2) {
                out.println("best: " + best + " == top: " + top);
                return Bytes.copyOf(seed);
            }
            if (done > 0 && done % NEW_SEED_INTERVAL == 0) {
                out.println(done + " keys searched; best is " + best + "/" + top + " complete");
                out.flush();
            }
        }
    }

    /** The next number, little endian. */
    private static void increment(byte[] seed) {
        for (int i = 0; i < seed.length && ++seed[i] == 0; i++) {
            // carries on
        }
    }

    /** The longer the begin of the pattern that the address holds, and the nearer to the address's begin, the more. */
    static int score(String pattern, String address) {
        for (int length = pattern.length(); length > 0; length--) {
            int place = address.indexOf(pattern.substring(0, length));
            if (place >= 0) {
                return PLACES - 1 - place + length * PLACES;
            }
        }
        return 0;
    }
}
