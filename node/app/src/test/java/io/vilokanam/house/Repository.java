package io.vilokanam.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository, as they lie on disk: without what builds, tools and version control put between them. */
final class Repository {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".idea", ".vscode");

    private final Path top;

    private Repository(Path top) {
        this.top = top;
    }

    /** The repository that the running test belongs to: the nearest folder upwards that holds the runtime's. */
    static Repository here() {
        Path at = Path.of("").toAbsolutePath();
        while (!(Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("runtime/vilokanam")))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
            }
        }
        return new Repository(at);
    }

    /** The names at the top, with a slash behind folders. */
    List<String> topLevel() {
        try (Stream<Path> paths = Files.list(top)) {
            return paths.map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .filter(name -> !NOT_OURS.contains(name.replace("/", ""))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below a folder, as paths from the top, in order. */
    List<String> files(String folder) {
        try (Stream<Path> paths = Files.walk(top.resolve(folder))) {
            return paths.filter(Files::isRegularFile).map(top::relativize).filter(Repository::isOurs)
                    .map(path -> path.toString().replace('\\', '/')).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> files() {
        return files("");
    }

    String text(String path) {
        try {
            return Files.readString(top.resolve(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    Path path(String path) {
        return top.resolve(path);
    }

    /** The Java files of a module that are no tests. */
    List<JavaSource> sources(String module) {
        String main = module + "/src/main/java";
        if (!Files.isDirectory(top.resolve(main))) {
            return List.of();
        }
        return files(main).stream().filter(path -> path.endsWith(".java"))
                .map(path -> JavaSource.of(path, text(path))).toList();
    }

    private static boolean isOurs(Path path) {
        for (Path part : path) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
