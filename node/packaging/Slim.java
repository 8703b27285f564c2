import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar without the native libraries of other systems, and with class files of Java 5 made into newer ones: those are not
 * kept in caches for fast starts. {@code Slim.java FROM TO REGEX_OF_THE_NATIVES_TO_KEEP}.
 */
public final class Slim {

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|jnilib|dylib)");
    private static final int ARGUMENTS = 3;
    /** Where the lower byte of a class file's major version stands. */
    private static final int MAJOR_VERSION = 7;
    private static final int JAVA_6 = 50;

    private Slim() {}

    /** The same class as a file of Java 8, with the maps of its stacks that newer verifiers want. */
    private static byte[] renewed(byte[] old, ClassLoader others) {
        ClassFile files = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(others)));
        ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        return files.transformClass(files.parse(old), bodies.andThen((builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        }));
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("expected FROM TO REGEX, got " + arguments.length + " arguments");
        }
        Pattern kept = Pattern.compile(arguments[2]);
        try (var from = new ZipFile(arguments[0]);
                var classes = new URLClassLoader(new URL[]{Path.of(arguments[0]).toUri().toURL()});
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
                    byte[] bytes = content.readAllBytes();
                    to.write(name.endsWith(".class") && bytes[MAJOR_VERSION] < JAVA_6 ? renewed(bytes, classes) : bytes);
                }
                to.closeEntry();
            }
        }
    }
}
