package io.vilokanam.node.cli;

import picocli.CommandLine.Command;

/** Makes and shows keys. */
@Command(name = "key", mixinStandardHelpOptions = true, description = "Make, show and store keys.", subcommands = {
        KeyGenerate.class, KeyInspect.class, KeyInsert.class, KeyGenerateNodeKey.class, KeyInspectNodeKey.class,
        KeyEncrypt.class, KeyDecrypt.class, KeyServe.class})
final class Key {}
