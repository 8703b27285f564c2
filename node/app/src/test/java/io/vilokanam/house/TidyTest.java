package io.vilokanam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Holds the purity of the floor, and what every file of the repository keeps to. */
class TidyTest {

    private static final int LINES_MAX = 600;
    private static final Set<String> TEXTS = Set.of("java", "xml", "md", "sh", "yaml", "yml", "mjs", "properties");

    /** Put together here so that this file does not hold the word itself. */
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /** Names that Substrate gave, as the wire and its documents spell them. */
    private static final Set<String> FIELD_WORDS = Set.of("AccountData", "AccountInfo", "DispatchInfo",
            "DispatchEventInfo", "PostDispatchInfo",
            "RuntimeDispatchInfo", "InherentData", "TypeInfo");

    private final Repository repository = Repository.here();

    @Test
    void theFloorIsPure() {
        assertEquals(List.of(), Ban.broken(FloorRules.PURE, sources(Room.floor())));
    }

    @Test
    void codeInsideTheRuntimeKeepsToWhatCompilesToWasm() {
        List<JavaSource> sources = sources(Room.insideTheRuntime());
        assertEquals(List.of(), Ban.broken(FloorRules.COMPILES_TO_WASM, sources));
        assertEquals(List.of(),
                sources.stream().flatMap(source -> FloorRules.foreignImports(source).stream()).toList());
    }

    /** The host is left out: it sorts what it collects from its hash tables. */
    @Test
    void nothingThatComputesStateWalksOverAHashTable() {
        Set<Room> rooms = Room.floor();
        rooms.remove(Room.HOST);
        assertEquals(List.of(), sources(rooms).stream()
                .flatMap(source -> FloorRules.walksOverHashTables(source).stream()).toList());
    }

    @Test
    void theTopLevelIsTheHouse() {
        List<String> expected = List.of("LICENSE", "README.md", "consensus/", "docs/", "node/", "offchain/", "pallets/",
                "pom.xml", "rpc/", "runtime/");
        assertEquals(expected, repository.topLevel().stream().filter(name -> !name.startsWith(".")).toList());
    }

    @Test
    void filesAreShortAndFinished() {
        List<String> wrong = new ArrayList<>();
        for (String path : repository.files()) {
            if (TEXTS.contains(path.substring(path.lastIndexOf('.') + 1))) {
                wrong.addAll(untidy(path, repository.text(path)));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyPackageIsNamedByWhatItIsAbout() {
        Pattern byKind = Pattern
                .compile("\\.(?:util|utils|impl|dto|model|exception|exceptions|common|misc|helper|helpers)(?:\\.|$)");
        Pattern vague = Pattern.compile("/\\w*(?:Manager|Helper|Util|Utils|Impl|Data|Info)\\.java$");
        List<String> wrong = new ArrayList<>();
        for (Room room : Room.values()) {
            for (JavaSource source : repository.sources(room.folder())) {
                if (byKind.matcher(source.packageName()).find() || vague.matcher(source.path()).find()
                        && FIELD_WORDS.stream().noneMatch(word -> source.path().endsWith("/" + word + ".java"))) {
                    wrong.add(source.path());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsRunCanBeRun() {
        List<String> wrong = repository.files().stream()
                .filter(path -> path.equals(".ci/run") || path.startsWith("node/bin/")
                        || path.equals("node/benchmarks/run"))
                .filter(path -> !Files.isExecutable(repository.path(path))).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void theRulesFindWhatTheyForbid() {
        assertBreaks(FloorRules.PURE, "var t = Instant.now();", "long t = System.nanoTime();", "Clock clock;",
                "Thread.ofVirtual()", "private final ExecutorService pool;", "list.parallelStream()",
                "import java.util.concurrent.ConcurrentHashMap;", "import java.nio.file.Path;",
                "new java.io.FileInputStream(x)",
                "import java.net.Socket;", "System.out.println(x);", "System.getenv(name)", "new Random()",
                "new SecureRandom()",
                "UUID.randomUUID()", "RandomGenerator.getDefault()", "double share;", "long x = (long) 0.5;",
                "Math.sqrt(2)",
                "    private static long count = 0;", "    static volatile int[] table;",
                "    private static Map<String, Long> seen;", "static final Map<Hash, Node> CACHE = new HashMap<>();");
        assertBreaks(FloorRules.COMPILES_TO_WASM, "c.getDeclaredMethods()", "Class.forName(x)", "String.format(x)",
                "x.formatted(y)", "HexFormat.of()", "s.replaceAll(x, y)", "MessageDigest.getInstance(x)",
                "Arrays.compareUnsigned(a, b)", "Math.multiplyHigh(a, b)", "synchronized (this) {", "volatile int x;",
                "catch (Exception e)", "VarHandle h;");
        assertEquals(List.of(), Ban.broken(FloorRules.PURE, List.of(JavaSource.of("Fine.java", """
                /** Not a Thread, and no Instant.now(). */
                private static final long SLOT = 2_000; // 0.5 of it
                private static final String TEXT = "System.out, \\" new Random()";
                static long share(long x) { return x; }
                static <T> List<T> of(List<T> x) { return x; }
                public static final class Nested {}
                record Header(Instant now) {}
                """))));
        assertEquals(List.of("F.java imports java.util.concurrent.locks.Lock", "F.java imports com.example.Thing"),
                FloorRules.foreignImports(JavaSource.of("F.java", """
                        import java.util.Map.Entry;
                        import java.util.function.Supplier;
                        import java.util.concurrent.locks.Lock;
                        import com.example.Thing;
                        import io.vilokanam.scale.Bytes;
                        """)));
        assertEquals(List.of("W.java:4: nodes.values(", "W.java:5: : seen)"),
                FloorRules.walksOverHashTables(JavaSource.of("W.java", """
                        private final Map<Hash, Node> nodes = new HashMap<>();
                        HashSet<Hash> seen = found();
                        Map<Hash, Node> sorted = new TreeMap<>();
                        nodes.values().forEach(x); sorted.values(); nodes.get(hash);
                        for (var hash : seen) {}
                        """)));
        assertEquals(2, untidy("x.md", "a\tb\nTO" + "DO c\n").size());
        assertEquals(1, untidy("x.java", "\n".repeat(LINES_MAX + 1)).size());
        assertEquals(List.of(), untidy("x.java", "\n".repeat(LINES_MAX)));
    }

    private List<JavaSource> sources(Collection<Room> rooms) {
        return rooms.stream().flatMap(room -> repository.sources(room.folder()).stream()).toList();
    }

    private static List<String> untidy(String path, String text) {
        List<String> wrong = new ArrayList<>();
        long lines = text.chars().filter(c -> c == '\n').count();
        if (lines > LINES_MAX) {
            wrong.add(path + " has " + lines + " lines, more than " + LINES_MAX);
        }
        if (text.indexOf('\t') >= 0) {
            wrong.add(path + " holds a tab");
        }
        if (LEFT_FOR_LATER.matcher(text).find()) {
            wrong.add(path + " leaves something for later");
        }
        return wrong;
    }

    private static void assertBreaks(List<Ban> bans, String... lines) {
        for (String line : lines) {
            assertTrue(!Ban.broken(bans, List.of(JavaSource.of("Snippet.java", line))).isEmpty(), line);
        }
    }
}
