package io.vilokanam.rpc.method;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vilokanam.primitives.text.RustText;
import io.vilokanam.rpc.json.SharedBuffers;
import io.vilokanam.rpc.protocol.RawParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** Reads the parameters that a method declares, given by position or by name. */
final class ParamsReader {

    private static final int EMPTY_LIST = "[]".length();

    private final ObjectMapper trees;

    /** {@code depthMax}: how deep a parameter may be nested. */
    ParamsReader(int depthMax, int bytesMax) {
        this.trees = new ObjectMapper(SharedBuffers.factory().streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(depthMax).maxStringLength(bytesMax).maxNameLength(bytesMax).build()).build());
    }

    /** The values of the declared parameters; surplus ones are not looked at. */
    ParameterValues read(RawParams raw, List<Parameter<?>> declared) throws RpcException {
        try {
            if (declared.isEmpty()) {
                return new ParameterValues(declared, new Object[0]);
            }
            return raw.isObject() ? new ValueReader(raw.text(), raw.start(), trees).object("", declared)
                    : byPosition(raw, declared);
        } catch (InvalidValueException e) {
            throw RpcError.invalidParams(e.getMessage()).exception();
        }
    }

    /** The only element of the list that was given, if it is a string. */
    Optional<String> onlyText(RawParams raw) {
        if (!raw.isArray()) {
            return Optional.empty();
        }
        try {
            List<String> texts = new ValueReader(raw.text(), raw.start(), trees).list(ParameterTypes.TEXT);
            return texts.size() == 1 ? Optional.of(texts.getFirst()) : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private ParameterValues byPosition(RawParams raw, List<Parameter<?>> declared) throws InvalidValueException {
        if (!raw.isNone() && !raw.isArray()) {
            String text = new String(raw.text(), raw.start(), raw.end() - raw.start(), StandardCharsets.UTF_8);
            throw new InvalidValueException(
                    "Invalid params. Expected one of '[', ']' or ',' but found " + RustText.quoted(text));
        }
        Object[] values = new Object[declared.size()];
        int at = raw.start();
        boolean isEnd = raw.isNone() || raw.end() - raw.start() == EMPTY_LIST;
        for (int i = 0; i < values.length; i++) {
            Parameter<?> parameter = declared.get(i);
            if (!isEnd) {
                var reader = new ValueReader(raw.text(), at + 1, trees);
                values[i] = parameter.read(reader);
                at = reader.position();
                isEnd = at == raw.end() - 1;
            } else if (!parameter.isOptional()) {
                throw new InvalidValueException("No more params");
            }
        }
        return new ParameterValues(declared, values);
    }
}
