package io.github.mmevol.core.internal.text;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Takes a text apart into words, numbers and marks, in time linear in the text. Used once. */
final class Lexer {
    private static final int MOST_NUMBER_WORDS = 8;
    private static final int LONGEST_QUOTATION = 200;
    private static final int LONGEST_BOX = 80;

    private final String text;
    private final char[] chars;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
        chars = text.toCharArray();
    }

    /** The pieces of a text in order. */
    static List<Token> read(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.at < lexer.chars.length) {
            lexer.next();
        }
        return Collections.unmodifiableList(lexer.tokens);
    }

    private void next() {
        char c = chars[at];
        if (c == '\n') {
            mark(Kind.STOP, 1);
        } else if (Characters.isSpace(c)) {
            at++;
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)) && !isWordly(peek(-1)))) {
            number();
        } else if (Character.isLetter(c) || c == '_') {
            word();
        } else {
            sign(c);
        }
    }

    private void sign(char c) {
        switch (c) {
            case '+', '\uff0b' -> mark(Kind.PLUS, 1);
            case '-', '\u2212', '\uff0d', '\u2013', '\u2014', '\u2010', '\u2011' -> dash(c);
            case '*' -> star();
            case '\u00d7', '\u22c5', '\u2a2f' -> mark(Kind.TIMES, 1);
            case '\u00f7' -> mark(Kind.OVER, 1);
            case '/' -> mark(Kind.OVER, 1);
            case '\\' -> latex();
            case '%', '\uff05' -> mark(Kind.PERCENT, 1);
            case '=', '\uff1d' -> equals();
            case '\u2248', '\u2245', '\u2243', '~', '\u223c' -> mark(Kind.ABOUT, 1);
            case '\u2192', '\u21d2', '\u27a1', '\u2794' -> mark(Kind.ARROW, 1);
            case '<', '>', '\u2264', '\u2265' -> mark(Kind.COMPARE, peek(1) == '=' ? 2 : 1);
            case '(', '\uff08' -> mark(Kind.OPEN, 1);
            case ')', '\uff09', ']' -> mark(Kind.CLOSE, 1);
            case ',', '\uff0c', '\u3001' -> mark(Kind.COMMA, 1);
            case '.', ';', ':', '!', '?', '|', '\u3002', '\uff1b', '\uff1a', '\uff01', '\uff1f', '\u2026' ->
                mark(Kind.STOP, 1);
            case '[' -> box();
            case '\u201c', '\u201e', '\u00ab' -> quotation(c);
            case '"', '\'', '\u2018' -> {
                if (isWordly(peek(-1))) {
                    at++; // inches, an apostrophe
                } else {
                    quotation(c);
                }
            }
            case '&' -> add(Kind.WORD, 1, "and", null, false);
            case '^', '\u221a', '\u221b', '\u221c', '#', '@', '\u2260', '\u00b1', '{', '}' ->
                add(Kind.ODD, 1, String.valueOf(c), null, false);
            case '\u00a2' -> add(Kind.WORD, 1, "cents", null, true);
            default -> {
                if (isFraction(c) || (isPower(c) && !Character.isLetter(peek(-1)))) {
                    add(Kind.ODD, 1, String.valueOf(c), null, false);
                } else {
                    at++; // currency signs, degrees, back-ticks, emoji: they change nothing
                }
            }
        }
    }

    /** Whether it is a raised or lowered figure, which makes another one of a number and changes nothing behind a unit. */
    private static boolean isPower(char c) {
        return c == '\u00b2' || c == '\u00b3' || c == '\u00b9' || (c >= '\u2070' && c <= '\u208e');
    }

    /** Whether it is a fraction: a half, three quarters, two thirds. */
    private static boolean isFraction(char c) {
        return (c >= '\u00bc' && c <= '\u00be') || (c >= '\u2150' && c <= '\u215f') || c == '\u2189';
    }

    private void star() {
        if (peek(1) == '*') {
            at += 2; // Markdown
        } else if (begins() || Character.isWhitespace(peek(1)) != Character.isWhitespace(peek(-1))) {
            at++;
        } else {
            mark(Kind.TIMES, 1);
        }
    }

    private void latex() {
        for (String name : List.of("times", "cdot", "div", "approx")) {
            if (text.startsWith(name, at + 1)) {
                mark(
                        switch (name) {
                            case "div" -> Kind.OVER;
                            case "approx" -> Kind.ABOUT;
                            default -> Kind.TIMES;
                        },
                        name.length() + 1);
                return;
            }
        }
        if (peek(1) == ',' && isDigit(peek(-1)) && isDigit(peek(2))) {
            add(Kind.ODD, 2, "\\", null, false); // the thin space of 1\,250
            return;
        }
        boolean bracket = at + 1 < chars.length && "()[]%,; ".indexOf(peek(1)) >= 0;
        add(bracket ? Kind.STOP : Kind.ODD, bracket ? 2 : 1, "\\", null, false);
    }

    private void equals() {
        if (peek(1) == '>') {
            mark(Kind.ARROW, 2);
        } else {
            mark(Kind.EQUALS, peek(1) == '=' ? 2 : 1);
        }
    }

    private void dash(char c) {
        int length = 1;
        while (peek(length) == '-' && length < 4) {
            length++;
        }
        if (peek(length) == '>') {
            mark(Kind.ARROW, length + 1);
        } else if (length > 1) {
            mark(Kind.STOP, length);
        } else if (c == '\u2014') {
            mark(Kind.STOP, 1);
        } else if (begins() && Character.isWhitespace(peek(1))) {
            at++;
        } else {
            mark(c == '\u2013' ? Kind.DASH : Kind.MINUS, 1);
        }
    }

    private void word() {
        int start = at;
        boolean digits = false;
        boolean unspaced = Texts.unspaced(text.codePointAt(at));
        int number = unspaced ? HanNumbers.end(text, at) : at;
        if (number > at) {
            at = number;
            BigDecimal value = HanNumbers.value(text.substring(start, number));
            token(value == null ? Kind.ODD : Kind.NUMBER, start, "", value, true);
            return;
        }
        boolean plain = true; // small ASCII letters alone: nothing to fold
        for (; at < chars.length; at++) {
            char c = chars[at];
            if (c >= 'a' && c <= 'z' && !unspaced) {
                continue;
            }
            if (!(isWordly(c) || apostrophe())
                    || unspaced != Texts.unspaced(text.codePointAt(at))
                    || (unspaced && at > start && HanNumbers.end(text, at) > at)) {
                break;
            }
            digits |= isDigit(c);
            plain = false;
        }
        String word = text.substring(start, at);
        if (!plain) {
            word = LowerCase.of(word).replace('\u2019', '\'');
        }
        if (digits || word.indexOf('_') >= 0 || word.equals("\u03c0") || word.equals("pi")) {
            token(Kind.ODD, start, word, null, false);
            return;
        }
        if (NumberWords.word(word).isPresent()) {
            numberWords(start, word);
            return;
        }
        if (peek(0) == '-' && Character.isLetter(peek(1))) { // a hyphenated word
            at++;
            while (at < chars.length && (isWordly(chars[at]) || chars[at] == '-')) {
                at++;
            }
            word = LowerCase.of(text.substring(start, at));
        }
        boolean times = word.equals("x") && !tokens.isEmpty() && operandEnds() && operandFollows();
        token(times ? Kind.TIMES : Kind.WORD, start, times ? "" : word, null, false);
    }

    /** A number in words, as long as the words make one; "two-thirds" makes none. */
    private void numberWords(int start, String first) {
        List<String> words = new ArrayList<>(List.of(first));
        int end = at;
        OptionalInt value = NumberWords.of(words);
        int next = at;
        while (words.size() < MOST_NUMBER_WORDS && next < chars.length && " -".indexOf(chars[next]) >= 0) {
            int from = next + 1;
            int to = from;
            while (to < chars.length && isWordly(chars[to])) {
                to++;
            }
            words.add(LowerCase.of(text.substring(from, to)));
            OptionalInt longer = NumberWords.of(words);
            if (longer.isPresent()) {
                value = longer;
                end = to;
            } else if (!words.get(words.size() - 1).equals("and")) {
                break;
            }
            next = to;
        }
        at = end;
        boolean hyphenated = peek(0) == '-' && Character.isLetter(peek(1));
        if (value.isEmpty() || hyphenated) {
            while (at < chars.length && (isWordly(chars[at]) || chars[at] == '-')) {
                at++;
            }
            token(Kind.ODD, start, LowerCase.of(text.substring(start, at)), null, false);
        } else {
            token(Kind.NUMBER, start, "", BigDecimal.valueOf(value.getAsInt()), true);
        }
    }

    private void number() {
        int start = at;
        boolean times = !tokens.isEmpty() && last().is(Kind.TIMES) && last().end() == at; // 3x4
        Numeral numeral = Numeral.at(text, start, isGlue(at - 1) && !times);
        at = numeral.end();
        BigDecimal value = numeral.value();
        String odd = value == null ? LowerCase.of(text.substring(start, at)) : "";
        token(value == null ? Kind.ODD : Kind.NUMBER, start, odd, value, false);
        if (numeral.unit().equals("x")) {
            add(Kind.TIMES, 1, "", null, true);
        } else if (!numeral.unit().isEmpty()) {
            add(Kind.WORD, numeral.unit().length(), numeral.unit(), null, true);
        }
    }

    private void box() {
        int end = at + 1;
        int commas = 0;
        while (end - at < LONGEST_BOX
                && end < chars.length
                && (isDigit(chars[end]) || ". ,-".indexOf(chars[end]) >= 0)) {
            commas += chars[end] == ',' ? 1 : 0;
            end++;
        }
        if (commas == 3 && end < chars.length && chars[end] == ']') {
            add(Kind.BOX, end + 1 - at, text.substring(at, end + 1), null, false);
        } else {
            mark(Kind.OPEN, 1);
        }
    }

    private void quotation(char opener) {
        char closer =
                switch (opener) {
                    case '\u201c' -> '\u201d';
                    case '\u2018' -> '\u2019';
                    case '\u201e' -> '\u201c';
                    case '\u00ab' -> '\u00bb';
                    default -> opener;
                };
        int limit = Math.min(chars.length, at + LONGEST_QUOTATION);
        for (int end = at + 1; end < limit && chars[end] != '\n'; end++) {
            boolean apostrophe = (closer == '\'' || closer == '\u2019')
                    && end + 1 < chars.length
                    && Character.isLetterOrDigit(chars[end + 1]);
            if (chars[end] == closer && !apostrophe && end > at + 1) {
                add(Kind.QUOTE, end + 1 - at, text.substring(at + 1, end), null, false);
                return;
            }
        }
        at++;
    }

    /** Whether a sentence or a line begins here. */
    private boolean begins() {
        return tokens.isEmpty() || last().is(Kind.STOP);
    }

    private Token last() {
        return tokens.get(tokens.size() - 1);
    }

    private boolean operandEnds() {
        Token last = last();
        return last.is(Kind.NUMBER) || last.is(Kind.CLOSE) || last.is(Kind.PERCENT);
    }

    private boolean operandFollows() {
        int next = at;
        while (next < chars.length && chars[next] == ' ') {
            next++;
        }
        return next < chars.length && (isDigit(chars[next]) || "($\u20ac\u00a3".indexOf(chars[next]) >= 0);
    }

    private void mark(Kind kind, int length) {
        boolean tight = at > 0
                && at + length < chars.length
                && !Character.isWhitespace(chars[at - 1])
                && !Character.isWhitespace(chars[at + length]);
        add(kind, length, "", null, tight);
    }

    private void add(Kind kind, int length, String word, @Nullable BigDecimal number, boolean tight) {
        int start = at;
        at += length;
        token(kind, start, word, number, tight);
    }

    private void token(Kind kind, int start, String word, @Nullable BigDecimal number, boolean tight) {
        tokens.add(new Token(kind, start, at, word, number, tight));
    }

    private boolean apostrophe() {
        char c = chars[at];
        return (c == '\'' || c == '\u2019') && Character.isLetter(peek(-1)) && Character.isLetter(peek(1));
    }

    private char peek(int ahead) {
        int place = at + ahead;
        return place >= 0 && place < chars.length ? chars[place] : ' ';
    }

    static boolean isWordly(char c) {
        return c == '_' || Characters.isLetterOrDigit(c);
    }

    /** What ties a number to what stands before it. */
    private boolean isGlue(int at) {
        return at >= 0
                && (isWordly(chars[at]) || "#:.@".indexOf(chars[at]) >= 0)
                && !Texts.unspaced(text.codePointBefore(at + 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
