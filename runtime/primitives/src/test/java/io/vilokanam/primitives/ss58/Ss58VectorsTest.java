package io.vilokanam.primitives.ss58;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.scale.Bytes;
import io.vilokanam.testkit.SeededTest;
import io.vilokanam.testkit.Vectors;

/** The SS58 groups of vector family {@code keys}; derivation is tested where keys are derived. */
class Ss58VectorsTest {

    private static final Ss58 SS58 = new Ss58(Blake2b::hash512);
    private static final String ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    @TestFactory
    Stream<DynamicNode> addressesAgreeWithTheVectors() {
        return Vectors.family("keys").tests(
                Map.of("ss58", Ss58VectorsTest::both, "ss58_invalid", Ss58VectorsTest::invalid, "ss58_edge",
                        Ss58VectorsTest::edge),
                Set.of("bip39", "bip39_invalid", "suri", "junction", "suri_invalid", "seed_to_public"));
    }

    private static void both(JsonNode vector) throws Ss58Exception {
        AccountId account = AccountId.fromHex(vector.get("account_id").asText());
        int prefix = vector.get("prefix").asInt();
        assertEquals(vector.get("address").asText(), SS58.encode(prefix, account));
        assertEquals(new Ss58.Address(prefix, account.bytes()), SS58.decode(vector.get("address").asText()));
        assertEquals(account, SS58.decodeAccount(vector.get("address").asText(), prefix));
    }

    private static void invalid(JsonNode vector) {
        assertThrows(Ss58Exception.class, () -> SS58.decode(vector.get("address").asText()),
                vector.get("why").asText());
    }

    private static void edge(JsonNode vector) throws Ss58Exception {
        JsonNode expected = vector.get("decodes_to");
        AccountId account = AccountId.fromHex(expected.get("account_id").asText());
        Ss58.Address address = SS58.decode(vector.get("address").asText());
        assertEquals(new Ss58.Address(expected.get("prefix").asInt(), account.bytes()), address);
        assertEquals(address, SS58.decode(SS58.encode(address.prefix(), account)));
    }

    @SeededTest
    void everyPrefixAndBodyReadsBack(long seed) throws Ss58Exception {
        Random random = new Random(seed);
        byte[] body = new byte[random.nextBoolean() ? 32 : 33];
        random.nextBytes(body);
        int prefix = random.nextInt(Ss58.PREFIX_MAX + 1);
        if (prefix != 46 && prefix != 47) {
            String text = SS58.encode(prefix, Bytes.wrap(body));
            assertEquals(new Ss58.Address(prefix, Bytes.wrap(body)), SS58.decode(text, body.length));
        }
    }

    @SeededTest
    void base58KeepsLeadingZeros(long seed) throws Ss58Exception {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(20)];
        for (int i = random.nextInt(bytes.length + 1); i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
    }

    @Test
    void anAddressOfAnotherNetworkIsRefused() {
        Ss58Exception refusal = assertThrows(Ss58Exception.class, () -> SS58.decodeAccount(ALICE, 0));
        assertEquals("the address is for network 42, expected 0", refusal.getMessage());
    }

    @Test
    void longTextsAreRefusedUnread() {
        assertThrows(Ss58Exception.class, () -> SS58.decode(ALICE.repeat(1_000)));
    }

    @Test
    void reservedPrefixesAreNotWritten() {
        for (int prefix : new int[]{-1, 46, 47, 16_384}) {
            assertThrows(IllegalArgumentException.class, () -> SS58.encode(prefix, AccountId.ZERO));
        }
    }
}
