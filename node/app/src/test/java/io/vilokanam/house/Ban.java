package io.vilokanam.house;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Words that code of some rooms must not contain. */
record Ban(String what, Pattern words) {

    /** @param words a regular expression over code without comments and literals */
    static Ban on(String what, String words) {
        return new Ban(what, Pattern.compile(words));
    }

    List<String> brokenBy(JavaSource source) {
        return source.findings(words).stream().map(finding -> finding + " (" + what + ")").toList();
    }

    static List<String> broken(Collection<Ban> bans, Collection<JavaSource> sources) {
        return sources.stream().flatMap(source -> bans.stream().flatMap(ban -> ban.brokenBy(source).stream())).toList();
    }
}
