package io.vilokanam.node.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.extrinsic.OpaqueExtrinsic;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.primitives.header.DigestItem;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.header.Justification;
import io.vilokanam.primitives.header.SignedBlock;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.ScaleException;

/** The JSON form of {@code export-blocks}: one object a block, in the shape of {@code chain_getBlock}, nothing in between. */
public final class JsonBlocks implements BlockSource {

    private static final int STRING_LENGTH_MAX = 128 << 20;
    private static final JsonMapper JSON = mapper();

    private final MappingIterator<JsonNode> blocks;
    private long read;

    private JsonBlocks(MappingIterator<JsonNode> blocks) {
        this.blocks = blocks;
    }

    private static JsonMapper mapper() {
        JsonMapper mapper = new JsonMapper();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(STRING_LENGTH_MAX).build());
        return mapper;
    }

    public static JsonBlocks open(InputStream in) throws IOException {
        return new JsonBlocks(JSON.readerFor(JsonNode.class).readValues(in));
    }

    @Override
    public Optional<Long> count() {
        return Optional.empty();
    }

    @Override
    public Optional<SignedBlock> next() throws IOException, BlockFileException {
        try {
            if (!blocks.hasNextValue()) {
                return Optional.empty();
            }
            SignedBlock block = read(blocks.nextValue());
            read++;
            return Optional.of(block);
        } catch (JsonProcessingException | ScaleException | IllegalArgumentException e) {
            throw new BlockFileException("block " + (read + 1) + " is no block: " + e.getMessage(), e);
        }
    }

    static SignedBlock read(JsonNode json) throws ScaleException {
        JsonNode header = json.at("/block/header");
        List<DigestItem> logs = new ArrayList<>();
        for (JsonNode log : header.at("/digest/logs")) {
            logs.add(DigestItem.CODEC.decodeAll(hex(log).toArray()));
        }
        List<Bytes> extrinsics = new ArrayList<>();
        for (JsonNode extrinsic : json.at("/block/extrinsics")) {
            extrinsics.add(OpaqueExtrinsic.fromWire(hex(extrinsic).toArray()).content());
        }
        return new SignedBlock(
                new Block(
                        new Header(hash(header, "parentHash"), number(header.path("number")), hash(header, "stateRoot"),
                                hash(header, "extrinsicsRoot"), new Digest(logs)),
                        extrinsics),
                justifications(json.path("justifications")));
    }

    private static Bytes hex(JsonNode json) {
        return Bytes.fromHex(json.asText());
    }

    private static Hash hash(JsonNode header, String field) {
        return Hash.fromHex(header.path(field).asText());
    }

    private static long number(JsonNode json) {
        return json.isNumber() ? json.asLong() : Long.parseLong(json.asText().substring(2), 16);
    }

    /** Pairs of engine and proof, both as lists of numbers. */
    private static Optional<List<Justification>> justifications(JsonNode json) {
        if (!json.isArray()) {
            return Optional.empty();
        }
        List<Justification> proofs = new ArrayList<>();
        json.forEach(pair -> proofs.add(new Justification(bytes(pair.get(0)), bytes(pair.get(1)))));
        return Optional.of(proofs);
    }

    private static Bytes bytes(JsonNode numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers.get(i).asInt();
        }
        return Bytes.wrap(bytes);
    }

    static byte[] write(SignedBlock block) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode inner = json.putObject("block");
        Header header = block.block().header();
        ObjectNode head = inner.putObject("header");
        head.put("parentHash", header.parentHash().hex());
        head.put("number", "0x" + Long.toHexString(header.number()));
        head.put("stateRoot", header.stateRoot().hex());
        head.put("extrinsicsRoot", header.extrinsicsRoot().hex());
        ArrayNode logs = head.putObject("digest").putArray("logs");
        header.digest().items().forEach(item -> logs.add(Bytes.hex(DigestItem.CODEC.encode(item))));
        ArrayNode extrinsics = inner.putArray("extrinsics");
        block.block().extrinsics().forEach(content -> extrinsics.add(Bytes.hex(new OpaqueExtrinsic(content).wire())));
        if (block.justifications().isEmpty()) {
            json.putNull("justifications");
        } else {
            ArrayNode proofs = json.putArray("justifications");
            block.justifications().get().forEach(proof -> {
                ArrayNode pair = proofs.addArray();
                numbers(pair.addArray(), proof.engine());
                numbers(pair.addArray(), proof.encoded());
            });
        }
        return JSON.writeValueAsBytes(json);
    }

    private static void numbers(ArrayNode array, Bytes bytes) {
        for (byte b : bytes.view()) {
            array.add(b & 255);
        }
    }
}
