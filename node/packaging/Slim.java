import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Copies a jar without the native libraries of other systems: {@code Slim.java FROM TO REGEX_OF_THE_NATIVES_TO_KEEP}. */
public final class Slim {

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|jnilib|dylib)");
    private static final int ARGUMENTS = 3;

    private Slim() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("expected FROM TO REGEX, got " + arguments.length + " arguments");
        }
        Pattern kept = Pattern.compile(arguments[2]);
        try (var from = new ZipFile(arguments[0]);
                var to = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                String name = entry.getName();
                if (NATIVE.matcher(name).matches() && !kept.matcher(name).matches()) {
                    continue;
                }
                ZipEntry copy = new ZipEntry(name);
                copy.setTime(entry.getTime());
                to.putNextEntry(copy);
                try (InputStream content = from.getInputStream(entry)) {
                    content.transferTo(to);
                }
                to.closeEntry();
            }
        }
    }
}
