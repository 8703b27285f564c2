package io.vilokanam.crypto.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.crypto.KeyPair;

/**
 * Substrate's secret URI: a phrase or {@code 0x} and a seed of 64 hex digits, then {@code //hard} and {@code /soft}
 * junctions, then {@code ///} and a password. Without a phrase it is the development phrase.
 */
public final class SecretUri {

    /** The phrase everyone knows, for development chains. */
    public static final String DEV_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

    /** Longest URI that is parsed, in characters. */
    public static final int MAX_LENGTH = 4_096;

    private final String phrase;
    private final List<Junction> junctions;
    private final Optional<String> password;

    private SecretUri(String phrase, List<Junction> junctions, Optional<String> password) {
        this.phrase = phrase;
        this.junctions = List.copyOf(junctions);
        this.password = password;
    }

    /**
     * Parses without looking at the phrase's words.
     *
     * @throws KeyException for a character that cannot stand where it does, with its position
     */
    public static SecretUri parse(String uri) throws KeyException {
        if (uri.length() > MAX_LENGTH) {
            throw new KeyException("secret URI of " + uri.length() + " characters, expected at most " + MAX_LENGTH);
        }
        int at = 0;
        while (at < uri.length() && isPhraseCharacter(uri.charAt(at))) {
            at++;
        }
        String phrase = at == 0 ? DEV_PHRASE : uri.substring(0, at);
        List<Junction> junctions = new ArrayList<>();
        while (at < uri.length()) {
            if (uri.startsWith("///", at)) {
                String password = uri.substring(at + 3);
                if (password.indexOf('\n') >= 0) {
                    throw new KeyException("line feed in the password of the secret URI");
                }
                return new SecretUri(phrase, junctions, Optional.of(password));
            }
            if (uri.charAt(at) != '/') {
                throw new KeyException("character " + (at + 1) + " of the secret URI cannot stand in a phrase");
            }
            boolean hard = uri.startsWith("//", at);
            int start = at + (hard ? 2 : 1);
            at = uri.indexOf('/', start);
            at = at < 0 ? uri.length() : at;
            if (at == start) {
                throw new KeyException("junction at character " + (start + 1) + " of the secret URI is empty");
            }
            String name = uri.substring(start, at);
            junctions.add(hard ? Junction.hard(name) : Junction.soft(name));
        }
        return new SecretUri(phrase, junctions, Optional.empty());
    }

    /** The pair that a URI stands for: {@code parse(uri).keyPair(scheme)}. */
    public static KeyPair keyPair(Scheme scheme, String uri) throws KeyException {
        return parse(uri).keyPair(scheme);
    }

    /** The pair of this URI with its own password. */
    public KeyPair keyPair(Scheme scheme) throws KeyException {
        return keyPair(scheme, Optional.empty());
    }

    /** The pair of this URI; {@code passwordOverride} takes the place of its password. */
    public KeyPair keyPair(Scheme scheme, Optional<String> passwordOverride) throws KeyException {
        KeyPair pair = scheme.fromSeed(rootSeed(passwordOverride));
        for (Junction junction : junctions) {
            pair = scheme.derive(pair, junction);
        }
        return pair;
    }

    /** The same phrase or seed and password, with nothing derived. */
    public SecretUri root() {
        return new SecretUri(phrase, List.of(), password);
    }

    /** The junctions in their order. */
    public List<Junction> junctions() {
        return junctions;
    }

    private byte[] rootSeed(Optional<String> passwordOverride) throws KeyException {
        if (phrase.startsWith("0x")) {
            return hexSeed(phrase);
        }
        return Bip39.seed(phrase, passwordOverride.or(() -> password).orElse(""));
    }

    private static byte[] hexSeed(String text) throws KeyException {
        if (text.length() != 66) {
            throw new KeyException("seed of " + (text.length() - 2) + " hex digits, expected 64");
        }
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            int high = Character.digit(text.charAt(2 + 2 * i), 16);
            int low = Character.digit(text.charAt(3 + 2 * i), 16);
            if (high < 0 || low < 0) {
                throw new KeyException("seed holds a character that is no hex digit");
            }
            seed[i] = (byte) (high << 4 | low);
        }
        return seed;
    }

    private static boolean isPhraseCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ' ';
    }
}
