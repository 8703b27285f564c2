package io.vilokanam.primitives.ss58;

import java.util.Arrays;
import java.util.function.UnaryOperator;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.ss58.Ss58Exception.Kind;
import io.vilokanam.scale.Bytes;

/**
 * The text form of accounts and public keys: base 58 of prefix, body and two bytes of checksum, the checksum being the start
 * of blake2b-512 over {@code SS58PRE}, prefix and body (sp-core, {@code Ss58Codec}). The prefix says for which network an
 * address is meant: below 64 it is one byte, up to 16,383 two. 46 and 47 are reserved and refused.
 */
public final class Ss58 {

    public static final int PREFIX_MAX = 16_383;

    /** A prefix, and the bytes of an account or key. */
    public record Address(int prefix, Bytes body) {

        /** @throws IllegalArgumentException unless the body has 32 bytes */
        public AccountId account() {
            return new AccountId(body);
        }
    }

    /** Much longer than any address of a 65-byte key: longer texts are refused unread, as the work grows with the square. */
    private static final int TEXT_MAX = 1_024;

    private static final byte[] CONTEXT = Bytes.ascii("SS58PRE").toArray();
    private static final int CHECKSUM_SIZE = 2;
    private static final int ONE_BYTE_PREFIX_MAX = 63;
    private static final int TWO_BYTE_MARK = 0x40;

    private final UnaryOperator<byte[]> blake2b512;

    /** @param blake2b512 the hash function of the checksum */
    public Ss58(UnaryOperator<byte[]> blake2b512) {
        this.blake2b512 = blake2b512;
    }

    public String encode(int prefix, AccountId account) {
        return encode(prefix, account.bytes());
    }

    /**
     * The address of a body of any length: 32 bytes of an account or key, 33 of an ecdsa key.
     *
     * @throws IllegalArgumentException for a prefix that is reserved or outside of 0 to 16,383
     */
    public String encode(int prefix, Bytes body) {
        if (prefix < 0 || prefix > PREFIX_MAX || isReserved(prefix)) {
            throw new IllegalArgumentException("SS58 prefixes go from 0 to 16383 without 46 and 47, got " + prefix);
        }
        byte[] front = prefix <= ONE_BYTE_PREFIX_MAX ? new byte[]{(byte) prefix}
                : new byte[]{(byte) ((prefix & 0xfc) >> 2 | TWO_BYTE_MARK), (byte) (prefix >> 8 | (prefix & 3) << 6)};
        byte[] whole = Arrays.copyOf(front, front.length + body.size() + CHECKSUM_SIZE);
        System.arraycopy(body.view(), 0, whole, front.length, body.size());
        byte[] checksum = checksum(whole);
        System.arraycopy(checksum, 0, whole, whole.length - CHECKSUM_SIZE, CHECKSUM_SIZE);
        return Base58.encode(whole);
    }

    /** Reads the address of an account, of any network. */
    public Address decode(String text) throws Ss58Exception {
        return decode(text, AccountId.SIZE);
    }

    /** Reads the address of an account that must be meant for the network {@code prefix}. */
    public AccountId decodeAccount(String text, int prefix) throws Ss58Exception {
        Address address = decode(text);
        if (address.prefix != prefix) {
            throw new Ss58Exception(Kind.UNKNOWN_FORMAT,
                    "the address is for network " + address.prefix + ", expected " + prefix);
        }
        return address.account();
    }

    /** Reads an address with a body of {@code bodySize} bytes. A small prefix in the two-byte form is accepted. */
    public Address decode(String text, int bodySize) throws Ss58Exception {
        if (text.length() > TEXT_MAX) {
            throw new Ss58Exception(Kind.BAD_LENGTH,
                    "an address has at most " + TEXT_MAX + " characters, got " + text.length());
        }
        byte[] whole = Base58.decode(text);
        int prefixSize = prefixSize(whole);
        int expected = prefixSize + bodySize + CHECKSUM_SIZE;
        if (whole.length != expected) {
            throw new Ss58Exception(Kind.BAD_LENGTH,
                    "the address has " + whole.length + " bytes, expected " + expected);
        }
        int prefix = prefixSize == 1 ? whole[0]
                : (whole[0] << 2 | (whole[1] & 255) >> 6) & 255 | (whole[1] & 0x3f) << 8;
        if (isReserved(prefix)) {
            throw new Ss58Exception(Kind.FORMAT_NOT_ALLOWED, "prefix " + prefix + " is reserved");
        }
        byte[] checksum = checksum(whole);
        for (int i = 0; i < CHECKSUM_SIZE; i++) {
            if (checksum[i] != whole[prefixSize + bodySize + i]) {
                throw new Ss58Exception(Kind.INVALID_CHECKSUM, "the checksum of the address is wrong");
            }
        }
        return new Address(prefix, Bytes.wrap(Arrays.copyOfRange(whole, prefixSize, prefixSize + bodySize)));
    }

    private static int prefixSize(byte[] whole) throws Ss58Exception {
        if (whole.length < 2) {
            throw new Ss58Exception(Kind.BAD_LENGTH, "the address is too short");
        }
        if (whole[0] < 0) {
            throw new Ss58Exception(Kind.INVALID_PREFIX,
                    "the prefix of an address begins with a byte below 128, got " + (whole[0] & 255));
        }
        return whole[0] <= ONE_BYTE_PREFIX_MAX ? 1 : 2;
    }

    /** The hash whose first bytes are the checksum of all but the last two bytes. */
    private byte[] checksum(byte[] whole) {
        byte[] message = Arrays.copyOf(CONTEXT, CONTEXT.length + whole.length - CHECKSUM_SIZE);
        System.arraycopy(whole, 0, message, CONTEXT.length, whole.length - CHECKSUM_SIZE);
        return blake2b512.apply(message);
    }

    private static boolean isReserved(int prefix) {
        return prefix == 46 || prefix == 47;
    }
}
