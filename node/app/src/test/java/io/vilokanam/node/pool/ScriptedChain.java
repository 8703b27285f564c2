package io.vilokanam.node.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vilokanam.consensus.BlockRef;
import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.node.blocktree.TreeRoute;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.validity.TransactionValidityError;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/**
 * A tree of blocks whose state is each account's nonce, for tests of the pool. A transaction is account, nonce, priority, the
 * last block that may hold it (0: any) and some padding.
 */
final class ScriptedChain implements PoolChain, TransactionValidator {

    /** What a transaction of this chain says. */
    record Content(int account, int nonce, long priority, long lastBlock, int padding) {

        OpaqueExtrinsic extrinsic() {
            return new OpaqueExtrinsic(new ScaleOutput().u32(account).u32(nonce).u64(priority).u64(lastBlock)
                    .raw(new byte[padding]).toBytes());
        }

        static Content of(OpaqueExtrinsic extrinsic) {
            ScaleInput in = new ScaleInput(extrinsic.content().view());
            try {
                return new Content(Math.toIntExact(Codecs.U32.decode(in)), Math.toIntExact(Codecs.U32.decode(in)),
                        Codecs.U64.decode(in), Codecs.U64.decode(in), in.remaining());
            } catch (ScaleException e) {
                throw new IllegalArgumentException(e);
            }
        }

        Content withPriority(long other) {
            return new Content(account, nonce, other, lastBlock, padding);
        }

        Content withLastBlock(long other) {
            return new Content(account, nonce, priority, other, padding);
        }

        Content withPadding(int other) {
            return new Content(account, nonce, priority, lastBlock, other);
        }

        Hash hash() {
            return PoolTransaction.hash(extrinsic().wire());
        }
    }

    private record Known(BlockRef block, BlockRef parent, List<OpaqueExtrinsic> body, Map<Integer, Integer> nonces) {}

    private final Map<Hash, Known> blocks = new HashMap<>();
    private BlockRef best;

    ScriptedChain() {
        best = new BlockRef(Hash.wrap(Blake2b.hash256(new byte[]{0})), 0);
        blocks.put(best.hash(), new Known(best, best, List.of(), Map.of()));
    }

    static Content transaction(int account, int nonce) {
        return new Content(account, nonce, 1, 0, 0);
    }

    int nonce(BlockRef at, int account) {
        return blocks.get(at.hash()).nonces.getOrDefault(account, 0);
    }

    /** A new block; it becomes the best one if it is higher. */
    BlockRef add(BlockRef parent, List<OpaqueExtrinsic> body) {
        Map<Integer, Integer> nonces = new HashMap<>(blocks.get(parent.hash()).nonces);
        for (OpaqueExtrinsic extrinsic : body) {
            Content content = Content.of(extrinsic);
            if (nonces.getOrDefault(content.account, 0) != content.nonce) {
                throw new IllegalArgumentException("a block on " + parent + " cannot hold " + content);
            }
            nonces.put(content.account, content.nonce + 1);
        }
        BlockRef block = new BlockRef(Hash.wrap(Blake2b.hash256(new ScaleOutput().u64(blocks.size()).toByteArray())),
                parent.number() + 1);
        blocks.put(block.hash(), new Known(block, parent, List.copyOf(body), nonces));
        return block;
    }

    /** The way from the best block to another, which is the best one from now on. */
    TreeRoute enact(BlockRef block) {
        List<BlockRef> retracted = new ArrayList<>();
        List<BlockRef> enacted = new ArrayList<>();
        BlockRef from = best;
        BlockRef to = block;
        while (!from.equals(to)) {
            if (from.number() >= to.number()) {
                retracted.add(from);
                from = parent(from.hash());
            } else {
                enacted.addFirst(to);
                to = parent(to.hash());
            }
        }
        best = block;
        return new TreeRoute(retracted, from, enacted);
    }

    @Override
    public BlockRef best() {
        return best;
    }

    @Override
    public List<Bytes> body(Hash block) {
        return blocks.get(block).body.stream().map(OpaqueExtrinsic::content).toList();
    }

    @Override
    public BlockRef parent(Hash block) {
        return blocks.get(block).parent;
    }

    @Override
    public Validity validate(BlockRef at, TransactionSource source, OpaqueExtrinsic extrinsic) {
        Content content = Content.of(extrinsic);
        int next = nonce(at, content.account);
        if (content.nonce < next) {
            return new Validity.Refused(TransactionValidityError.of(new InvalidTransaction.Stale()));
        }
        if (content.lastBlock != 0 && at.number() >= content.lastBlock) {
            return new Validity.Refused(TransactionValidityError.of(new InvalidTransaction.AncientBirthBlock()));
        }
        List<Bytes> requires = content.nonce > next ? List.of(tag(content.account, content.nonce - 1)) : List.of();
        long longevity = content.lastBlock == 0 ? -1 : content.lastBlock - at.number();
        return new Validity.Valid(new ValidTransaction(content.priority, requires,
                List.of(tag(content.account, content.nonce)), longevity, true));
    }

    static Bytes tag(int account, int nonce) {
        return new ScaleOutput().u32(account).u32(nonce).toBytes();
    }
}
