package io.vilokanam.house;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds packages of one module that need each other. */
final class PackageCycles {

    private PackageCycles() {}

    /** The groups of packages that lean on one another in a circle, each in alphabetical order. */
    static Set<List<String>> of(Collection<JavaSource> sources) {
        Map<String, Set<String>> needed = new TreeMap<>();
        sources.forEach(source -> needed.put(source.packageName(), new TreeSet<>()));
        for (JavaSource source : sources) {
            source.imports().map(name -> packageOf(name, needed.keySet())).flatMap(Optional::stream)
                    .filter(other -> !other.equals(source.packageName()))
                    .forEach(needed.get(source.packageName())::add);
        }
        Map<String, Set<String>> reached = new TreeMap<>();
        needed.keySet().forEach(start -> reached.put(start, reachedFrom(start, needed)));
        Set<List<String>> cycles = new TreeSet<>(Comparator.comparing(List::toString));
        reached.forEach((start, all) -> {
            if (all.contains(start)) {
                cycles.add(all.stream().filter(other -> reached.get(other).contains(start)).toList());
            }
        });
        return cycles;
    }

    /** The package of an imported name, which may be a nested class or a static member. */
    private static Optional<String> packageOf(String name, Set<String> packages) {
        return packages.stream().filter(known -> (name + ".").startsWith(known + "."))
                .max(Comparator.comparingInt(String::length));
    }

    private static Set<String> reachedFrom(String start, Map<String, Set<String>> needed) {
        Set<String> reached = new TreeSet<>();
        Set<String> ahead = new TreeSet<>(needed.get(start));
        while (!ahead.isEmpty()) {
            Set<String> next = new TreeSet<>();
            ahead.stream().filter(reached::add).forEach(found -> next.addAll(needed.get(found)));
            ahead = next;
        }
        return reached;
    }
}
