package io.vilokanam.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What code of the pure floor and code inside the runtime must not name. */
final class FloorRules {

    /** For {@link Room#floor()}: the same input has to give the same output, on any machine and at any time. */
    static final List<Ban> PURE = List.of(
            Ban.on("a clock", "\\bInstant\\.now|\\bClock\\b|\\bnanoTime\\b|\\bcurrentTimeMillis\\b"
                    + "|\\b(?:Local|Zoned|Offset)Date(?:Time)?\\b|\\bnew Date\\b"),
            Ban.on("a thread",
                    "\\bThread\\b|\\bThreadLocal\\b|\\bScopedValue\\b|\\w*Executor\\w*\\b|\\bCompletableFuture\\b"
                            + "|\\bForkJoin\\w*|\\bparallelStream\\b|\\.parallel\\(|java\\.util\\.concurrent|\\bjava\\.util\\.Timer"),
            Ban.on("a file", "\\bjava\\.nio\\.(?:file|channels)\\b|\\bjava\\.io\\.(?:File|RandomAccess)\\w*"),
            Ban.on("a socket", "\\bjavax?\\.net\\b"),
            Ban.on("the process around it",
                    "\\bSystem\\.(?:out|err|in|getenv|getProperty|exit|getLogger|load|loadLibrary|gc)\\b"
                            + "|\\bRuntime\\.getRuntime\\b|\\bProcess(?:Builder|Handle)?\\b"),
            Ban.on("randomness of its own", "\\bnew (?:Secure)?Random\\b|\\bSecureRandom\\.get\\w*|\\bMath\\.random\\b"
                    + "|\\bSplittableRandom\\b|\\bThreadLocalRandom\\b|\\brandomUUID\\b"
                    + "|\\bRandomGenerator\\.(?:of|getDefault)\\b|\\bRandomGeneratorFactory\\b"),
            Ban.on("a float", "\\b(?:double|float|Double|Float|StrictMath)\\b|\\b\\d[\\d_]*\\.\\d"
                    + "|\\bMath\\.(?:sqrt|pow|log\\w*|exp\\w*|round|ceil|floor|rint|cbrt|hypot)\\("),
            Ban.on("static mutable state", "(?m)^[ \\t]*(?:(?:public|protected|private|volatile|transient) )*static "
                    + "(?:(?:public|protected|private|volatile|transient) )*(?!final |class |interface |record |enum )"
                    + "[\\w<>\\[\\], .?]+[=;]"),
            Ban.on("static mutable state", "\\bstatic final [^=;(){}\\n]*= new (?:Atomic\\w+|Array(?:List|Deque)|BitSet"
                    + "|(?:Hash|Tree|LinkedHash|IdentityHash|WeakHash)(?:Map|Set)|LinkedList)\\b"));

    /** For {@link Room#insideTheRuntime()}, beyond {@link #PURE}: what a compiler to WebAssembly refuses or does otherwise. */
    static final List<Ban> COMPILES_TO_WASM = List.of(
            Ban.on("reflection",
                    "\\bjava\\.lang\\.(?:reflect|invoke|annotation)\\b|\\bgetDeclared\\w+|\\bClass\\.forName\\b"
                            + "|\\bgetRecordComponents\\b|\\bgetPermittedSubclasses\\b|\\bServiceLoader\\b|\\bVarHandle\\b"
                            + "|\\bMethodHandles?\\b"),
            Ban.on("formatting",
                    "\\bString\\.format\\b|\\.formatted\\(|\\bHexFormat\\b|\\bLocale\\b|\\bStringJoiner\\b"),
            Ban.on("a regular expression", "\\bjava\\.util\\.regex\\b|\\.(?:matches|replaceAll|replaceFirst)\\("),
            Ban.on("hashing beside the seam", "\\bMessageDigest\\b|\\bjava\\.security\\b|\\bjavax\\.crypto\\b"),
            Ban.on("a call that TeaVM lacks", "\\bArrays\\.compare(?:Unsigned)?\\(|\\b\\w*[mM]ultiplyHigh\\b"
                    + "|\\bLong\\.(?:compress|expand)\\b|\\bparseUnsigned\\w+|\\.lines\\(\\)\\.|\\bMemorySegment\\b|\\bArena\\b"),
            Ban.on("a lock", "\\bsynchronized\\b|\\bvolatile\\b|\\bLock\\b"),
            Ban.on("the identity of an object", "\\bidentityHashCode\\b"),
            Ban.on("a catch-all", "\\bcatch \\((?:final )?(?:Exception|Throwable|Error)\\b"));

    /** What code inside the runtime may import of the JDK. */
    static final Pattern IMPORTABLE_JDK = Pattern.compile(
            "java\\.util\\.[A-Z]\\w*(?:\\.\\w+)?|java\\.util\\.(?:function|stream)\\.\\w+(?:\\.\\w+)?|java\\.math\\.BigInteger(?:\\.\\w+)?"
                    + "|java\\.nio\\.charset\\.StandardCharsets(?:\\.\\w+)?");

    private static final Pattern HASHED = Pattern
            .compile(
                    "\\bHash(?:Map|Set)<[^=;()]*> (\\w+)|[>\\w] (\\w+) = (?:new Hash(?:Map|Set)\\b|Hash(?:Map|Set)\\.new)");

    private FloorRules() {}

    /** Imports of a file inside the runtime that are neither ours nor among the plain parts of the JDK. */
    static List<String> foreignImports(JavaSource source) {
        return source.imports().filter(name -> Room.ofName(name).isEmpty() && !IMPORTABLE_JDK.matcher(name).matches())
                .map(name -> source.path() + " imports " + name).toList();
    }

    /**
     * Walks over hash tables, whose order differs from machine to machine. They may be asked for members only. Found by the
     * names of the variables that hold one in this file.
     */
    static List<String> walksOverHashTables(JavaSource source) {
        List<String> wrong = new ArrayList<>();
        HASHED.matcher(source.code()).results().map(FloorRules::variable).distinct()
                .forEach(name -> wrong.addAll(source.findings(Pattern.compile("\\b" + name
                        + "\\.(?:values|keySet|entrySet|forEach|iterator|stream|toString|toArray|removeIf|replaceAll)\\("
                        + "|: (?:this\\.)?" + name + "\\)"))));
        return wrong;
    }

    private static String variable(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }
}
