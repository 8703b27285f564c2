package io.vilokanam.node.cli.settings;

import java.nio.file.Path;

/** Where the value of a flag comes from; what stands first here goes before what stands below. */
public sealed interface Source {

    /** Typed. */
    record CommandLine() implements Source {
        @Override
        public String toString() {
            return "command line";
        }
    }

    /** An environment variable. */
    record Environment(String variable) implements Source {
        @Override
        public String toString() {
            return "environment " + variable;
        }
    }

    /** The config file. */
    record File(Path file) implements Source {
        @Override
        public String toString() {
            return "file " + file;
        }
    }

    /** The profile. */
    record Profile(String name) implements Source {
        @Override
        public String toString() {
            return "profile " + name;
        }
    }

    /** Nobody said anything. */
    record Default() implements Source {
        @Override
        public String toString() {
            return "default";
        }
    }
}
