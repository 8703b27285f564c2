package io.vilokanam.node.cli.settings;

/** A config file, an environment variable or a profile that says nothing which this program understands. */
public final class SettingsException extends Exception {

    private static final long serialVersionUID = 1;

    SettingsException(String message) {
        super(message);
    }

    SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
