package io.vilokanam.frame.metadata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.vilokanam.scale.type.TypeInfo;

/** Compares a type that we describe with a recorded one, and all that the two refer to; ids do not matter. */
final class TypeComparison {

    private final PortableRegistry recorded;
    private final TypeRegistry ours = new TypeRegistry();
    private final Set<List<Integer>> compared = new HashSet<>();
    private final List<String> differences = new ArrayList<>();

    TypeComparison(PortableRegistry recorded) {
        this.recorded = recorded;
    }

    /** What differs between {@code type} and the recorded type {@code id}; nothing if they are alike. */
    List<String> differences(TypeInfo type, int id) {
        int registered = ours.register(type);
        compare(ours.portable(), registered, id, type.key());
        return List.copyOf(differences);
    }

    private void compare(PortableRegistry registry, int our, int their, String at) {
        if (!compared.add(List.of(our, their))) {
            return;
        }
        PortableType ourType = registry.type(our);
        PortableType theirType = recorded.type(their);
        check(at + " path", ourType.path(), theirType.path());
        check(at + " docs", ourType.docs(), theirType.docs());
        check(at + " parameters", ourType.parameters().stream().map(PortableType.Parameter::name).toList(),
                theirType.parameters().stream().map(PortableType.Parameter::name).toList());
        for (int i = 0; i < Math.min(ourType.parameters().size(), theirType.parameters().size()); i++) {
            var ourParameter = ourType.parameters().get(i).type();
            var theirParameter = theirType.parameters().get(i).type();
            String parameterAt = at + "<" + ourType.parameters().get(i).name() + ">";
            check(parameterAt + " given", ourParameter.isPresent(), theirParameter.isPresent());
            if (ourParameter.isPresent() && theirParameter.isPresent()) {
                compare(registry, ourParameter.get(), theirParameter.get(), parameterAt);
            }
        }
        compare(registry, ourType.definition(), theirType.definition(), at);
    }

    private void compare(PortableRegistry registry, PortableDefinition our, PortableDefinition their, String at) {
        check(at + " kind", our.getClass().getSimpleName(), their.getClass().getSimpleName());
        if (our.getClass() != their.getClass()) {
            return;
        }
        switch (our) {
            case PortableDefinition.Composite(var fields) ->
                fields(registry, fields, ((PortableDefinition.Composite) their).fields(), at);
            case PortableDefinition.Enumeration(var variants) ->
                variants(registry, variants, ((PortableDefinition.Enumeration) their).variants(), at);
            case PortableDefinition.Sequence(int element) ->
                compare(registry, element, ((PortableDefinition.Sequence) their).element(), at + "[]");
            case PortableDefinition.Array(long length, int element) -> {
                check(at + " length", length, ((PortableDefinition.Array) their).length());
                compare(registry, element, ((PortableDefinition.Array) their).element(), at + "[]");
            }
            case PortableDefinition.Tuple(var elements) -> {
                List<Integer> theirs = ((PortableDefinition.Tuple) their).elements();
                check(at + " elements", elements.size(), theirs.size());
                for (int i = 0; i < Math.min(elements.size(), theirs.size()); i++) {
                    compare(registry, elements.get(i), theirs.get(i), at + "." + i);
                }
            }
            case PortableDefinition.OfPrimitive primitive -> check(at, primitive, their);
            case PortableDefinition.Compact(int element) ->
                compare(registry, element, ((PortableDefinition.Compact) their).element(), at + " compact");
            case PortableDefinition.BitSequence(int store, int order) -> {
                compare(registry, store, ((PortableDefinition.BitSequence) their).store(), at + " store");
                compare(registry, order, ((PortableDefinition.BitSequence) their).order(), at + " order");
            }
        }
    }

    private void variants(PortableRegistry registry, List<PortableDefinition.Variant> ours,
            List<PortableDefinition.Variant> theirs, String at) {
        check(at + " variants", ours.stream().map(v -> v.name() + "=" + v.index()).toList(),
                theirs.stream().map(v -> v.name() + "=" + v.index()).toList());
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            check(at + "::" + ours.get(i).name() + " docs", ours.get(i).docs(), theirs.get(i).docs());
            fields(registry, ours.get(i).fields(), theirs.get(i).fields(), at + "::" + ours.get(i).name());
        }
    }

    private void fields(PortableRegistry registry, List<PortableDefinition.Field> ours,
            List<PortableDefinition.Field> theirs, String at) {
        check(at + " fields", ours.stream().map(f -> f.name().orElse("_") + ": " + f.typeName().orElse("_")).toList(),
                theirs.stream().map(f -> f.name().orElse("_") + ": " + f.typeName().orElse("_")).toList());
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            String fieldAt = at + "." + ours.get(i).name().orElse(String.valueOf(i));
            check(fieldAt + " docs", ours.get(i).docs(), theirs.get(i).docs());
            compare(registry, ours.get(i).type(), theirs.get(i).type(), fieldAt);
        }
    }

    private void check(String what, Object our, Object their) {
        if (!our.equals(their)) {
            differences.add(what + ": ours " + our + ", recorded " + their);
        }
    }
}
