package io.vilokanam.node.network.libp2p.multistream;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/** The side that is proposed to: repeats a name that it knows, answers {@code na} to others. */
public final class ListenerNegotiation implements Negotiation {

    /** After so many names that are not known, the other side is not served. */
    private static final int PROPOSALS_MAX = 16;

    private final Predicate<String> isKnown;
    private boolean isHeaderSeen;
    private int refused;

    public ListenerNegotiation(Predicate<String> isKnown) {
        this.isKnown = isKnown;
    }

    @Override
    public byte[] greeting() {
        return new byte[0];
    }

    @Override
    public Optional<Result> advance(ByteQueue in, Consumer<byte[]> out) throws NegotiationException {
        Optional<String> line = Lines.read(in);
        while (line.isPresent()) {
            String text = line.get();
            if (!isHeaderSeen) {
                if (!text.equals(Lines.HEADER)) {
                    throw new NegotiationException("expected " + Lines.HEADER + " first");
                }
                isHeaderSeen = true;
                out.accept(Lines.line(Lines.HEADER));
            } else if (!text.equals(Lines.LIST) && isKnown.test(text)) {
                out.accept(Lines.line(text));
                return Optional.of(new Result.Agreed(text));
            } else {
                out.accept(Lines.line(Lines.NOT_AVAILABLE));
                if (++refused == PROPOSALS_MAX) {
                    return Optional.of(new Result.Refused());
                }
            }
            line = Lines.read(in);
        }
        return Optional.empty();
    }
}
