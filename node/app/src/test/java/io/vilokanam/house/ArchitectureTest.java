package io.vilokanam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms of the house: in the poms, and in what the code imports. */
class ArchitectureTest {

    /** Where the parts of a node are put together. */
    private static final Set<String> COMPOSITION_ROOT = Set.of("io.vilokanam.node.service");

    /**
     * Packages of one module that need each other all the same. A call knows the pallet that it belongs to, and a pallet is what
     * dispatches calls.
     */
    private static final Set<List<String>> KNOTS = Set.of(
            List.of("io.vilokanam.frame.dispatch", "io.vilokanam.frame.pallet"));

    private final Repository repository = Repository.here();

    @Test
    void everyModuleIsAKnownRoom() {
        Set<String> built = new TreeSet<>(ModulePom.parse(repository.text("pom.xml")).modules());
        Set<String> onDisk = repository.files().stream().filter(path -> path.endsWith("/pom.xml"))
                .map(path -> path.substring(0, path.length() - "/pom.xml".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Room.folders()), built);
        assertEquals(built, onDisk);
    }

    @Test
    void modulesDependOnlyOnRoomsBelow() {
        Map<String, Room> byArtifact = Arrays.stream(Room.values())
                .collect(Collectors.toMap(room -> pom(room).artifact(), room -> room));
        List<String> wrong = new ArrayList<>();
        for (Room room : Room.values()) {
            wrong.addAll(wrongArrows(room, pom(room), byArtifact));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void codeImportsOnlyFromRoomsBelow() {
        List<String> wrong = new ArrayList<>();
        for (Room room : Room.values()) {
            for (JavaSource source : repository.sources(room.folder())) {
                wrong.addAll(wrongImports(room, source));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void palletsMeetThroughTheFrameworkAndSystemAlone() {
        List<String> wrong = repository.sources(Room.PALLETS.folder()).stream()
                .flatMap(source -> wrongPallets(source).stream()).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void onlyTheCompositionRootNamesTheRuntime() {
        List<String> wrong = repository.sources(Room.NODE.folder()).stream()
                .flatMap(source -> namesOfTheRuntime(source).stream()).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void noPackagesOfAModuleNeedEachOther() {
        Set<List<String>> cycles = Arrays.stream(Room.values())
                .flatMap(room -> PackageCycles.of(repository.sources(room.folder())).stream())
                .collect(Collectors.toSet());
        assertEquals(KNOTS, cycles);
    }

    @Test
    void theRulesFindWhatTheyForbid() {
        String pom = """
                <project><artifactId>scale</artifactId><dependencies>
                <dependency><groupId>io.vilokanam</groupId><artifactId>pallets</artifactId></dependency>
                <dependency><groupId>io.vilokanam</groupId><artifactId>testkit</artifactId><scope>test</scope></dependency>
                <dependency><groupId>com.example</groupId><artifactId>left-pad</artifactId></dependency>
                </dependencies></project>""";
        assertEquals(List.of("runtime/scale depends on pallets", "runtime/scale depends on left-pad"),
                wrongArrows(Room.SCALE, ModulePom.parse(pom),
                        Map.of("pallets", Room.PALLETS, "testkit", Room.TESTKIT)));

        JavaSource upward = JavaSource.of("S.java", """
                package io.vilokanam.rpc.state;
                import io.vilokanam.scale.Bytes; // import io.vilokanam.offchain.Comment;
                import static io.vilokanam.consensus.aura.SlotClock.*;
                """);
        assertEquals(List.of("S.java imports io.vilokanam.consensus.aura.SlotClock"), wrongImports(Room.RPC, upward));
        assertEquals(List.of("S.java is in package io.vilokanam.rpc.state",
                "S.java imports io.vilokanam.consensus.aura.SlotClock"), wrongImports(Room.OFFCHAIN, upward));

        JavaSource sideways = JavaSource.of("Sudo.java", """
                package io.vilokanam.pallets.sudo;
                import io.vilokanam.pallets.system.FrameSystem;
                import io.vilokanam.pallets.balances.Balances;
                """);
        assertEquals(List.of("Sudo.java imports io.vilokanam.pallets.balances.Balances"), wrongPallets(sideways));

        JavaSource pool = JavaSource.of("Pool.java", """
                package io.vilokanam.node.pool;
                import io.vilokanam.runtime.VilokanamRuntime;
                """);
        assertEquals(List.of("Pool.java imports io.vilokanam.runtime.VilokanamRuntime"), namesOfTheRuntime(pool));

        assertEquals(Set.of(List.of("a", "a.b")), PackageCycles.of(List.of(
                JavaSource.of("X.java", "package a;\nimport a.b.Y;\n"),
                JavaSource.of("Y.java", "package a.b;\nimport a.X;\n"),
                JavaSource.of("Z.java", "package a.c;\nimport a.X;\n"))));
    }

    private ModulePom pom(Room room) {
        return ModulePom.parse(repository.text(room.folder() + "/pom.xml"));
    }

    private static List<String> wrongArrows(Room room, ModulePom pom, Map<String, Room> byArtifact) {
        return pom.dependencies().stream().filter(dependency -> !dependency.isForTests())
                .filter(dependency -> dependency.isOurs()
                        ? !Optional.ofNullable(byArtifact.get(dependency.artifact())).map(room::mayUse).orElse(false)
                        : !room.libraries().contains(dependency.artifact()))
                .map(dependency -> room.folder() + " depends on " + dependency.artifact()).toList();
    }

    private static List<String> wrongImports(Room room, JavaSource source) {
        List<String> wrong = new ArrayList<>();
        if (Room.ofName(source.packageName()).filter(room::equals).isEmpty()) {
            wrong.add(source.path() + " is in package " + source.packageName());
        }
        source.imports().filter(name -> Room.ofName(name).map(other -> !room.mayUse(other)).orElse(false))
                .forEach(name -> wrong.add(source.path() + " imports " + name));
        return wrong;
    }

    private static List<String> wrongPallets(JavaSource source) {
        String own = palletOf(source.packageName());
        return source.imports().filter(name -> Room.ofName(name).filter(Room.PALLETS::equals).isPresent())
                .filter(name -> !palletOf(name).equals(own) && !palletOf(name).equals("system"))
                .map(name -> source.path() + " imports " + name).toList();
    }

    /** The word behind {@code io.vilokanam.pallets}. */
    private static String palletOf(String name) {
        return name.split("\\.", -1)[3];
    }

    private static List<String> namesOfTheRuntime(JavaSource source) {
        return COMPOSITION_ROOT.contains(source.packageName()) ? List.of()
                : source.imports().filter(name -> Room.ofName(name).filter(Room.RUNTIME::equals).isPresent())
                        .map(name -> source.path() + " imports " + name).toList();
    }
}
