package io.vilokanam.node.network.libp2p.multistream;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.vilokanam.node.network.libp2p.wire.ByteQueue;

/** The side that proposes: header and first name at once, then a name for each {@code na}. */
public final class DialerNegotiation implements Negotiation {

    private final List<String> names;
    private int proposed;
    private boolean isHeaderSeen;

    /** @param names what to propose, best first; at least one */
    public DialerNegotiation(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public byte[] greeting() {
        return Lines.join(Lines.line(Lines.HEADER), Lines.line(names.getFirst()));
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
            } else if (text.equals(names.get(proposed))) {
                return Optional.of(new Result.Agreed(text));
            } else if (!text.equals(Lines.NOT_AVAILABLE)) {
                throw new NegotiationException("answer that is neither " + names.get(proposed) + " nor na");
            } else if (++proposed == names.size()) {
                return Optional.of(new Result.Refused());
            } else {
                out.accept(Lines.line(names.get(proposed)));
            }
            line = Lines.read(in);
        }
        return Optional.empty();
    }
}
