package io.vilokanam.runtime;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Writes down a value of records, lists and maps, leaving out every component called {@code docs}. */
public final class WithoutDocs {

    private WithoutDocs() {}

    public static String of(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder text) {
        switch (value) {
            case Record fields -> writeRecord(fields, text);
            case Collection<?> items -> {
                text.append('[');
                items.forEach(item -> write(item, text.append(' ')));
                text.append(']');
            }
            case Map<?, ?> map -> write(map.entrySet(), text);
            case Map.Entry<?, ?> entry -> {
                write(entry.getKey(), text);
                write(entry.getValue(), text.append('='));
            }
            case Optional<?> optional -> optional.ifPresentOrElse(some -> write(some, text), () -> text.append("none"));
            default -> text.append(value);
        }
    }

    private static void writeRecord(Record fields, StringBuilder text) {
        text.append(fields.getClass().getSimpleName()).append('(');
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            if (!component.getName().equals("docs")) {
                component.getAccessor().setAccessible(true);
                try {
                    write(component.getAccessor().invoke(fields), text.append(component.getName()).append('='));
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(component.toString(), e);
                }
                text.append(' ');
            }
        }
        text.append(')');
    }
}
