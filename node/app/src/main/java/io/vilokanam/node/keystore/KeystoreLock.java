package io.vilokanam.node.keystore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.slf4j.LoggerFactory;

import io.vilokanam.rpc.backend.KeystoreException;

/** Holds a keystore folder for one validator of this machine, until it is closed or the process ends. */
public final class KeystoreLock implements AutoCloseable {

    private static final String FILE = ".validator.lock";

    private final FileChannel channel;

    private KeystoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws KeystoreException if another validator holds it */
    public static KeystoreLock take(Path folder) throws KeystoreException {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new KeystoreException("another validator of this machine uses the keystore " + folder);
            }
            return new KeystoreLock(channel);
        } catch (IOException e) {
            throw new KeystoreException("cannot lock the keystore " + folder, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LoggerFactory.getLogger("keystore").warn("a lock is not given back reason={}", e.getMessage());
        }
    }
}
