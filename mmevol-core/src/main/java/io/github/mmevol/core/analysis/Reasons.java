package io.github.mmevol.core.analysis;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What was objected to, without what it was objected to in: so that reasons can be counted. */
final class Reasons {
    private static final int LONGEST = 2_000;
    private static final int MOST = 8;
    private static final Pattern BRACKETS = Pattern.compile(" ?(?:\\([^()]*\\)|\\[[^\\[\\]]*\\]|\\{[^{}]*\\})");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\u201c[^\u201d]*\u201d");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    private Reasons() {}

    /** The objections of a reason: those before its first colon, each by itself, without brackets, quotations and numbers. */
    static Set<String> of(String why) {
        String plain = BRACKETS.matcher(Cut.to(why, LONGEST)).replaceAll("");
        plain = BRACKETS.matcher(plain).replaceAll("");
        plain = QUOTED.matcher(plain).replaceAll("\u2026");
        int colon = plain.indexOf(": ");
        plain = NUMBER.matcher(colon < 0 ? plain : plain.substring(0, colon)).replaceAll("#");
        Set<String> reasons = new LinkedHashSet<>();
        for (String part : plain.split(";", MOST)) {
            String reason = part.strip().replaceAll("\\s+", " ");
            if (!reason.isEmpty()) {
                reasons.add(reason);
            }
        }
        return reasons;
    }
}
