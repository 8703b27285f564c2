package io.vilokanam.rpc.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonScanner;
import io.vilokanam.rpc.json.JsonString;
import io.vilokanam.rpc.json.JsonString.HalfCharacterException;
import io.vilokanam.rpc.json.MalformedJsonException;

/**
 * Reads the envelope of requests as jsonrpsee does: a request whose {@code id} is no unsigned 64-bit number, string or null is
 * taken for a notification if the rest fits; members given twice spoil the request; unknown members are ignored.
 */
public final class RequestReader {

    /** How far behind white space the first character may stand. */
    private static final int LEADING_SPACE_MAX = 128;
    private static final Optional<String> VERSION = Optional.of("2.0");
    private static final String NULL = "null";
    private static final String NEGATIVE_ZERO = "-0";

    /** What a message holds. */
    public sealed interface Message {

        record Single(Incoming request) implements Message {}

        record Batch(List<Incoming> requests) implements Message {}

        /** More requests than a batch may have. */
        record TooLong() implements Message {}

        /** Neither an object nor an array. */
        record Nothing() implements Message {}
    }

    private RequestReader() {}

    /** Reads a message; {@code batchMax}: how many requests a batch may have, 0: there are no batches at all. */
    public static Message read(byte[] text, int batchMax) {
        var scanner = new JsonScanner(text);
        int start = scanner.space(0);
        int first = scanner.peek(start);
        if (start >= LEADING_SPACE_MAX || first != '{' && first != '[') {
            return new Message.Nothing();
        }
        try {
            if (first == '{') {
                return new Message.Single(single(text, scanner, start));
            }
            if (batchMax == 0) {
                return new Message.TooLong();
            }
            scanner.requireUtf8();
            return batch(text, scanner, start, batchMax);
        } catch (MalformedJsonException e) {
            return new Message.Single(new Incoming.Refused(NULL, RpcError.PARSE_ERROR));
        }
    }

    private static Incoming single(byte[] text, JsonScanner scanner, int start) throws MalformedJsonException {
        var envelope = new Envelope(text);
        scanner.requireEnd(envelope.read(scanner, start));
        return envelope.request(RpcError.PARSE_ERROR);
    }

    private static Message batch(byte[] text, JsonScanner scanner, int start, int batchMax)
            throws MalformedJsonException {
        var places = new ArrayList<Integer>();
        int at = scanner.space(start + 1);
        if (scanner.peek(at) == ']') {
            at++;
        } else {
            while (true) {
                places.add(at);
                at = scanner.space(scanner.value(at));
                if (scanner.peek(at) != ',') {
                    at = scanner.expect(at, ']');
                    break;
                }
                at = scanner.space(at + 1);
            }
        }
        scanner.requireEnd(at);
        if (places.size() > batchMax) {
            return new Message.TooLong();
        }
        var requests = new ArrayList<Incoming>(places.size());
        for (int place : places) {
            if (scanner.peek(place) == '{') {
                var envelope = new Envelope(text);
                envelope.read(scanner, place);
                requests.add(envelope.request(RpcError.INVALID_REQUEST));
            } else {
                requests.add(new Incoming.Refused(NULL, RpcError.INVALID_REQUEST));
            }
        }
        return new Message.Batch(requests);
    }

    /** The members of one request. */
    private static final class Envelope {

        private final byte[] text;
        private final Member version = new Member();
        private final Member id = new Member();
        private final Member method = new Member();
        private final Member params = new Member();

        Envelope(byte[] text) {
            this.text = text;
        }

        /** The place behind the object that begins at {@code start}. */
        int read(JsonScanner scanner, int start) throws MalformedJsonException {
            int at = scanner.space(start + 1);
            if (scanner.peek(at) == '}') {
                return at + 1;
            }
            while (true) {
                Optional<String> name = content(at, scanner.string(at));
                int valueStart = scanner.key(at);
                int valueEnd = scanner.value(valueStart);
                switch (name.orElse("")) {
                    case "jsonrpc" -> version.set(valueStart, valueEnd);
                    case "id" -> id.set(valueStart, valueEnd);
                    case "method" -> method.set(valueStart, valueEnd);
                    case "params" -> params.set(valueStart, valueEnd);
                    default -> {
                        /* other members mean nothing */ }
                }
                at = scanner.space(valueEnd);
                if (scanner.peek(at) != ',') {
                    return scanner.expect(at, '}');
                }
                at = scanner.space(at + 1);
            }
        }

        Incoming request(RpcError withoutId) {
            Optional<String> methodName = method.isOnce() ? content(method.start, method.end) : Optional.empty();
            boolean fits = version.isOnce() && content(version.start, version.end).equals(VERSION)
                    && methodName.isPresent() && params.count <= 1 && isUtf8(params);
            Optional<String> idText = idText();
            if (fits && idText.isPresent()) {
                return new Incoming.Call(idText.get(), methodName.get(), rawParams());
            }
            if (fits) {
                return new Incoming.Notification();
            }
            return idText.<Incoming>map(text -> new Incoming.Refused(text, RpcError.INVALID_REQUEST))
                    .orElseGet(() -> new Incoming.Refused(NULL, withoutId));
        }

        /** The id as it is sent back: strings are written anew. */
        private Optional<String> idText() {
            if (!id.isOnce()) {
                return Optional.empty();
            }
            if (text[id.start] == '"') {
                return content(id.start, id.end).map(Json::quoted);
            }
            String raw = new String(text, id.start, id.end - id.start, StandardCharsets.ISO_8859_1);
            if (raw.equals(NEGATIVE_ZERO)) {
                return Optional.of("0");
            }
            return raw.equals(NULL) || isUnsigned64(raw) ? Optional.of(raw) : Optional.empty();
        }

        private RawParams rawParams() {
            boolean isAbsent = params.count == 0 || text[params.start] == 'n';
            return isAbsent ? RawParams.NONE : new RawParams(text, params.start, params.end);
        }

        private boolean isUtf8(Member member) {
            return JsonScanner.isUtf8(text, member.start, member.end);
        }

        /** What a string says; empty for other values, and for strings with half characters in them. */
        private Optional<String> content(int start, int end) {
            if (text[start] != '"' || !JsonScanner.isUtf8(text, start, end)) {
                return Optional.empty();
            }
            try {
                return Optional.of(JsonString.read(text, start, end));
            } catch (HalfCharacterException e) {
                return Optional.empty();
            }
        }
    }

    private static boolean isUnsigned64(String raw) {
        if (raw.length() > 20) {
            return false;
        }
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
                return false;
            }
        }
        return raw.length() < 20 || raw.compareTo("18446744073709551615") <= 0;
    }

    private static final class Member {

        private int count;
        private int start;
        private int end;

        void set(int from, int to) {
            count++;
            start = from;
            end = to;
        }

        boolean isOnce() {
            return count == 1;
        }
    }
}
