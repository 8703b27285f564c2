package io.vilokanam.rpc.method;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vilokanam.rpc.json.JsonScanner;
import io.vilokanam.rpc.json.MalformedJsonException;
import io.vilokanam.rpc.json.SharedBuffers;
import io.vilokanam.rpc.protocol.RawParams;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** Reads the parameters that a method declares, given by position or by name. */
final class ParamsReader {

    private final ObjectMapper mapper;

    /** {@code depthMax}: how deep a parameter may be nested. */
    ParamsReader(int depthMax, int bytesMax) {
        this.mapper = new ObjectMapper(SharedBuffers.factory().streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(depthMax).maxStringLength(bytesMax).maxNameLength(bytesMax).build()).build());
    }

    /** The values in the order of the declarations, null where an optional one was left out. */
    Object[] read(RawParams raw, List<Parameter<?>> declared) throws RpcException {
        if (declared.isEmpty()) {
            return new Object[0];
        }
        try {
            return raw.isObject() ? byName(raw, declared) : byPosition(raw, declared);
        } catch (MalformedJsonException e) {
            throw RpcError.invalidParams(e.getMessage()).exception();
        }
    }

    private Object[] byPosition(RawParams raw, List<Parameter<?>> declared)
            throws RpcException, MalformedJsonException {
        if (!raw.isNone() && !raw.isArray()) {
            String text = new String(raw.text(), raw.start(), raw.end() - raw.start(), StandardCharsets.UTF_8);
            throw RpcError.invalidParams("Invalid params. Expected one of '[', ']' or ',' but found \"" + text + "\"")
                    .exception();
        }
        var scanner = new JsonScanner(raw.text());
        Object[] values = new Object[declared.size()];
        int at = raw.start();
        boolean isEnd = raw.isNone() || scanner.peek(scanner.space(at + 1)) == ']';
        for (int i = 0; i < values.length; i++) {
            Parameter<?> parameter = declared.get(i);
            if (isEnd) {
                if (!parameter.isOptional()) {
                    throw RpcError.invalidParams("No more params").exception();
                }
                continue;
            }
            int end = scanner.value(at + 1);
            values[i] = value(parameter, tree(raw.text(), at + 1, end), end - at - 1);
            at = scanner.space(end);
            isEnd = scanner.peek(at) == ']';
        }
        return values;
    }

    private Object[] byName(RawParams raw, List<Parameter<?>> declared) throws RpcException {
        JsonNode object = tree(raw.text(), raw.start(), raw.end());
        int length = raw.end() - raw.start();
        Object[] values = new Object[declared.size()];
        for (int i = 0; i < values.length; i++) {
            Parameter<?> parameter = declared.get(i);
            JsonNode found = object.has(parameter.name()) ? object.get(parameter.name())
                    : object.get(parameter.snakeCaseName());
            if (found != null) {
                values[i] = value(parameter, found, length);
            } else if (!parameter.isOptional()) {
                throw RpcError.invalidParams(located("missing field `" + parameter.snakeCaseName() + "`", length))
                        .exception();
            }
        }
        return values;
    }

    private static Object value(Parameter<?> parameter, JsonNode tree, int column) throws RpcException {
        if (parameter.isOptional() && tree.isNull()) {
            return null;
        }
        try {
            return parameter.type().read(tree);
        } catch (InvalidValueException e) {
            String message = e.getMessage();
            throw RpcError.invalidParams(e.isLocated() ? located(message, column) : message).exception();
        }
    }

    private JsonNode tree(byte[] text, int start, int end) throws RpcException {
        try {
            return mapper.readTree(text, start, end - start);
        } catch (IOException e) {
            // Grammar was checked before: what is left are the limits of nesting and of numbers.
            throw RpcError.invalidParams(located("recursion limit exceeded", end - start)).exception();
        }
    }

    private static String located(String message, int column) {
        return message + " at line 1 column " + column;
    }
}
