package io.vilokanam.node.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.vilokanam.api.ChainRuntime;
import io.vilokanam.node.chainspec.BundledSpecs;
import io.vilokanam.node.chainspec.ChainSpec;
import io.vilokanam.node.chainspec.ChainSpecException;
import io.vilokanam.node.chainspec.ChainSpecJson;
import io.vilokanam.node.chainspec.GenesisResolver;
import io.vilokanam.node.chainspec.OwnChains;
import io.vilokanam.node.service.NativeCompositions;

/** Finds the chain that {@code --chain} names. */
final class Chains {

    private final NativeCompositions compositions = new NativeCompositions();
    private final GenesisResolver resolver = new GenesisResolver(compositions.runtimes());
    private final FutureTask<ChainSpec> development = new FutureTask<>(() -> raw(load("dev")));

    /** Builds the development chain on another thread already, while the command line is read. */
    void beginDevelopment() {
        Thread.ofPlatform().daemon().name("genesis").start(development);
    }

    /** The development chain with its genesis state spelt out. */
    ChainSpec development() throws ChainSpecException, InterruptedException {
        development.run();
        try {
            return development.get();
        } catch (ExecutionException e) {
            throw new ChainSpecException("the development chain cannot be built: " + e.getCause().getMessage(), e);
        }
    }

    List<ChainRuntime> runtimes() {
        return compositions.runtimes();
    }

    /**
     * {@code dev}, {@code local}; the same with the whole runtime, {@code whole-dev} and {@code whole-local}; {@code reference-dev},
     * {@code reference-local}; or a file.
     */
    ChainSpec load(String name) throws ChainSpecException {
        return switch (name) {
            case "dev" -> OwnChains.development(compositions.newestCode(), resolver);
            case "", "local" -> OwnChains.local(compositions.newestCode(), resolver);
            case "whole-dev" -> OwnChains.wholeDevelopment(compositions.wholeCode(), resolver);
            case "whole-local" -> OwnChains.wholeLocal(compositions.wholeCode(), resolver);
            case "reference-dev" -> BundledSpecs.referenceDev();
            case "reference-local" -> BundledSpecs.referenceLocal();
            default -> file(Path.of(name));
        };
    }

    /** The same chain with its genesis state spelt out. */
    ChainSpec raw(ChainSpec spec) throws ChainSpecException {
        return spec.withGenesis(resolver.resolve(spec.genesis()));
    }

    private static ChainSpec file(Path file) throws ChainSpecException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return ChainSpecJson.read(in);
        } catch (NoSuchFileException e) {
            throw new ChainSpecException("no chain is named " + file + ", and no file is there; known are dev, local, "
                    + "whole-dev, whole-local, reference-dev and reference-local", e);
        } catch (IOException e) {
            throw new ChainSpecException("cannot read the chain spec " + file, e);
        }
    }
}
