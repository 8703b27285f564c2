package io.vilokanam.house;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java file as the house rules read it.
 *
 * @param path from the top of the repository, with slashes
 * @param code the text, with the insides of comments, strings and characters turned into blanks; lines stay where they are
 */
record JavaSource(String path, String code) {

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+?)(?:\\.\\*)?;",
            Pattern.MULTILINE);

    static JavaSource of(String path, String text) {
        return new JavaSource(path, blankedOut(text));
    }

    /** The package, or nothing for a file that declares none. */
    String packageName() {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The names that the file imports, without a closing {@code .*}. */
    Stream<String> imports() {
        return IMPORT.matcher(code).results().map(match -> match.group(1));
    }

    /** Where a pattern is found: the line's number and what stands there. */
    List<String> findings(Pattern pattern) {
        return pattern.matcher(code).results().map(match -> path + ":" + line(match) + ": " + match.group().strip())
                .toList();
    }

    private long line(MatchResult match) {
        return 1 + code.substring(0, match.start()).chars().filter(c -> c == '\n').count();
    }

    private static String blankedOut(String text) {
        StringBuilder out = new StringBuilder(text);
        int at = 0;
        while (at < out.length()) {
            int end = at + 1;
            if (text.startsWith("//", at)) {
                end = blank(out, at, endOf(text, "\n", at));
            } else if (text.startsWith("/*", at)) {
                end = blank(out, at, endOf(text, "*/", at + 2));
            } else if (text.startsWith("\"\"\"", at)) {
                end = blank(out, at + 3, endOfLiteral(text, "\"\"\"", at + 3));
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                end = blank(out, at + 1, endOfLiteral(text, text.substring(at, at + 1), at + 1));
            }
            at = end;
        }
        return out.toString();
    }

    /** Replaces all but line ends. */
    private static int blank(StringBuilder out, int from, int to) {
        for (int i = from; i < to; i++) {
            if (out.charAt(i) != '\n') {
                out.setCharAt(i, ' ');
            }
        }
        return to;
    }

    private static int endOf(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private static int endOfLiteral(String text, String mark, int from) {
        int at = from;
        while (at < text.length() && !text.startsWith(mark, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + mark.length(), text.length());
    }
}
