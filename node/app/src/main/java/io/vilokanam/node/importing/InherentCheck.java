package io.vilokanam.node.importing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

import io.vilokanam.api.RuntimeTrap;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.node.executing.RuntimeExecutor;
import io.vilokanam.node.executing.RuntimeUnavailableException;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.CheckInherentsResult;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleOutput;

/** Asks the runtime whether a block's inherents agree with what this node knows of the outside world. */
final class InherentCheck {

    /** The first byte of a bare extrinsic, old and new style: an inherent is one of these. */
    private static final int BARE_OLD = 0x04;
    private static final int BARE_NEW = 0x05;

    private final RuntimeExecutor executor;

    InherentCheck(RuntimeExecutor executor) {
        this.executor = executor;
    }

    /** What this node says of the outside world in a slot. */
    static InherentData inherentData(long nowMillis, long slot) {
        return InherentData.EMPTY.with(InherentData.TIMESTAMP, Codecs.U64, nowMillis).with(InherentData.AURA_SLOT,
                Codecs.U64, slot);
    }

    /** What is wrong; empty where nothing is. Transactions cannot be inherents and are left out of the question. */
    Optional<String> check(ChainState parent, Header unsealed, List<Bytes> body, InherentData expected)
            throws RuntimeUnavailableException {
        List<Bytes> bare = body.stream()
                .filter(content -> !content.isEmpty() && (content.at(0) == BARE_OLD || content.at(0) == BARE_NEW))
                .toList();
        ScaleOutput arguments = new ScaleOutput();
        Block.CODEC.encode(new Block(unsealed, bare), arguments);
        InherentData.CODEC.encode(expected, arguments);
        try {
            CheckInherentsResult result = CheckInherentsResult.CODEC
                    .decodeAll(executor.call(parent, "BlockBuilder_check_inherents", arguments.toByteArray()));
            return result.okay() ? Optional.empty() : Optional.of(describe(result));
        } catch (RuntimeTrap e) {
            return Optional.of(e.getMessage());
        } catch (ScaleException e) {
            return Optional.of("the runtime's answer does not decode: " + e.getMessage());
        }
    }

    private static String describe(CheckInherentsResult result) {
        StringJoiner errors = new StringJoiner(", ");
        result.errors().entries().forEach((identifier, error) -> errors
                .add(new String(identifier.view(), StandardCharsets.ISO_8859_1) + " " + error.hex()));
        return errors.toString();
    }
}
