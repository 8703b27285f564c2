package io.vilokanam.node.cli;

import picocli.CommandLine.Command;

/** Encrypts the files of a keystore. */
@Command(name = "encrypt", mixinStandardHelpOptions = true, description = "Encrypt all files of a keystore with the passphrase.")
final class KeyEncrypt extends KeystoreRewrite {

    KeyEncrypt() {
        super(true);
    }
}
