package io.vilokanam.node.cli;

import picocli.CommandLine.Command;

/** Decrypts the files of a keystore. */
@Command(name = "decrypt", mixinStandardHelpOptions = true, description = "Decrypt all files of a keystore with the passphrase.")
final class KeyDecrypt extends KeystoreRewrite {

    KeyDecrypt() {
        super(false);
    }
}
