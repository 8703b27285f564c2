package io.vilokanam.rpc.tickstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.rpc.backend.BlockRef;
import io.vilokanam.rpc.backend.BlockState;
import io.vilokanam.rpc.backend.ChainBackend;
import io.vilokanam.rpc.backend.ChainListener;
import io.vilokanam.rpc.backend.ImportedBlock;
import io.vilokanam.rpc.backend.Registration;
import io.vilokanam.rpc.backend.StateBackend;
import io.vilokanam.rpc.backend.StateUnavailableException;
import io.vilokanam.rpc.backend.StorageListener;
import io.vilokanam.scale.Bytes;

/** A chain of one block, whose runtime answers what a test put in. */
final class OneBlockChain implements ChainBackend, StateBackend {

    static final Hash BLOCK = Hash.wrap(new byte[32]);

    /** Answers by method and arguments in hex. */
    final Map<String, Bytes> answers = new HashMap<>();

    @Override
    public Bytes call(Hash block, String method, Bytes arguments) throws StateUnavailableException, RuntimeTrap {
        if (!block.equals(BLOCK)) {
            throw new StateUnavailableException(StateUnavailableException.Reason.UNKNOWN_BLOCK, block);
        }
        Bytes answer = answers.get(method + arguments);
        if (answer == null) {
            throw new RuntimeTrap(RuntimeTrap.Reason.UNKNOWN_METHOD, method + " " + arguments);
        }
        return answer;
    }

    @Override
    public BlockRef best() {
        return new BlockRef(BLOCK, 0);
    }

    @Override
    public BlockRef finalised() {
        return best();
    }

    @Override
    public Hash genesisHash() {
        return BLOCK;
    }

    @Override
    public Optional<Header> header(Hash block) {
        return Optional.empty();
    }

    @Override
    public Optional<SignedBlock> block(Hash block) {
        return Optional.empty();
    }

    @Override
    public Optional<Hash> hashAt(long number) {
        return number == 0 ? Optional.of(BLOCK) : Optional.empty();
    }

    @Override
    public List<Hash> hashesAt(long number) {
        return hashAt(number).stream().toList();
    }

    @Override
    public List<ImportedBlock> unfinalised() {
        return List.of();
    }

    @Override
    public Registration watch(ChainListener listener) {
        return () -> {};
    }

    @Override
    public Optional<Registration> pin(Hash block) {
        return Optional.empty();
    }

    @Override
    public BlockState at(Hash block) throws StateUnavailableException {
        throw new StateUnavailableException(StateUnavailableException.Reason.DISCARDED, block);
    }

    @Override
    public RuntimeVersion runtimeVersion(Hash block) throws StateUnavailableException {
        throw new StateUnavailableException(StateUnavailableException.Reason.DISCARDED, block);
    }

    @Override
    public Registration watchStorage(StorageListener listener) {
        return () -> {};
    }

    @Override
    public Witness witness(Block block) throws StateUnavailableException {
        throw new StateUnavailableException(StateUnavailableException.Reason.DISCARDED, block.header().parentHash());
    }
}
