package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Figures.Fit;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.LabelMatcher.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a text says in numbers, boxes and quotations. */
final class Statement {
    private static final int LONGEST = 4_000;
    private static final int WINDOW = 6;
    /** Words before a count that single nothing out. */
    private static final Set<String> NEUTRAL =
            Texts.words("there are is were was so thus hence therefore this that these those makes make gives give "
                    + "yields the a an total count number of result in all altogether overall it we you i can be see "
                    + "seen find found get counting them they exactly only just shows show shown image picture photo "
                    + "photograph scene chart equals comes to amounts has contains together then now counted annotated "
                    + "visible which and answer final here one by");

    /** Words before a number that make it one of things which are spoken of already. */
    private static final Set<String> KNOWN = Set.of("the", "these", "those", "both");

    private static final Set<String> PARTIAL = Texts.words(
            "example instance e.g such among including include some others other more another etc least first "
                    + "partly rest remaining further besides");
    private static final Set<String> OTHERS =
            Texts.words("other others another second third rest remaining more further");

    private static final Set<String> MEASURED = Texts.words(
            "total difference sum count distance mean average result gap remainder width height ratio share "
                    + "value product range change increase decrease");

    /**
     * A number that stands in a text by itself.
     *
     * @param number as written; a percentage not yet in hundredths
     * @param percent whether it is one
     * @param nearly whether the text says that it is about that
     * @param at the index of its token
     */
    record Figure(BigDecimal number, boolean percent, boolean nearly, int at) {

        Fit fit(BigDecimal exact) {
            return Figures.fit(number, percent, exact, nearly);
        }

        boolean isSame(BigDecimal other) {
            return number.compareTo(other) == 0;
        }
    }

    private final String text;
    private final List<Token> tokens;
    private final List<Figure> figures = new ArrayList<>();

    Statement(String text) {
        this.text = text.length() > LONGEST ? "" : text;
        tokens = Passage.of(this.text).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            Figure figure = figure(i);
            if (figure != null) {
                figures.add(figure);
            }
        }
    }

    String text() {
        return text;
    }

    /** Boxes in brackets. */
    List<BoundingBox> boxes() {
        return BoxReader.boxes(text);
    }

    /** Whether it writes out a box that is none: coordinates in pixels, corners in the wrong order. */
    boolean hasBrokenBox() {
        return tokens.stream().filter(token -> token.is(Kind.BOX)).count() > boxes().size();
    }

    /** Numbers that stand by themselves, in order. */
    List<Figure> figures() {
        return figures;
    }

    List<BigDecimal> numbers() {
        return figures.stream().map(Figure::number).toList();
    }

    /** What stands between quotation marks. */
    List<String> quotations() {
        return tokens.stream()
                .filter(token -> token.is(Kind.QUOTE))
                .map(Token::word)
                .toList();
    }

    boolean beginsWithNumber() {
        return !figures.isEmpty() && figures.get(0).at() == 0;
    }

    /** Whether it says that it tells of some only: "for example", "among others". */
    boolean isPartial() {
        return tokens.stream().anyMatch(token -> token.is(Kind.WORD) && PARTIAL.contains(token.word()));
    }

    int words() {
        return (int) tokens.stream().filter(token -> token.is(Kind.WORD)).count();
    }

    /** Whether one of its numbers may be an exact one. */
    boolean mayState(BigDecimal exact) {
        return figures.stream().anyMatch(figure -> figure.fit(exact) != Fit.WRONG);
    }

    /** Whether one of its numbers is an exact one, rounded as it shows. */
    boolean states(BigDecimal exact) {
        return figures.stream().anyMatch(figure -> figure.fit(exact) == Fit.RIGHT);
    }

    /** Whether a number is a bound and no value: "more than 5", "at least 5". */
    boolean compares(Figure figure) {
        Token before = figure.at() > 0 ? tokens.get(figure.at() - 1) : tokens.get(figure.at());
        return before.is("than")
                || before.is("least")
                || before.is("most")
                || before.is("under")
                || before.is("over")
                || before.is("above")
                || before.is("below")
                || before.is("between")
                || before.is("to");
    }

    /** Whether a number ends a figure that begins before it: "3 out of 5", "five of the eight", "a dollar fifty". */
    boolean endsAnother(Figure figure) {
        int at = figure.at() - 1;
        if (at >= 0 && Measures.isUnit(tokens.get(at).word())) {
            return true;
        }
        at -= at >= 0 && tokens.get(at).is("the") ? 1 : 0;
        if (at < 1 || !tokens.get(at).is("of")) {
            return false;
        }
        at -= tokens.get(at - 1).is("out") ? 2 : 1;
        return at >= 0 && tokens.get(at).is(Kind.NUMBER);
    }

    /** The word behind a number; empty if none is. */
    String behind(Figure figure) {
        return figure.at() + 1 < tokens.size() ? tokens.get(figure.at() + 1).word() : "";
    }

    /** The span of a number, with its percent sign. */
    String span(Figure figure) {
        Token last = tokens.get(figure.percent() && figure.at() + 1 < tokens.size() ? figure.at() + 1 : figure.at());
        return text.substring(tokens.get(figure.at()).start(), last.end());
    }

    /**
     * The last number that is said to be a result: "is 5", "= 5", "for a total of 5", or nothing but 5.
     *
     * @param operands numbers that go into it, which no result is sought among
     */
    @Nullable
    Figure result(Set<BigDecimal> operands) {
        for (int i = figures.size() - 1; i >= 0; i--) {
            Figure figure = figures.get(i);
            if (operands.stream().noneMatch(figure::isSame) && isResult(figure.at())) {
                return figure;
            }
        }
        return null;
    }

    private boolean isResult(int at) {
        if (at == 0) {
            return tokens.size() <= 4;
        }
        Token before = tokens.get(at - 1);
        boolean colon = before.is(Kind.STOP) && ":\uff1a".indexOf(text.charAt(before.start())) >= 0;
        boolean measured = at > 1
                && before.is("of")
                && MEASURED.contains(tokens.get(at - 2).word());
        if (before.is(Kind.ARROW) || colon || before.is("by") || measured) {
            return true;
        }
        for (int i = Math.max(0, at - WINDOW); i < at; i++) {
            Joint relation = Joint.at(tokens, i);
            if (relation != null && relation.end() == at) {
                return true;
            }
        }
        return false;
    }

    /**
     * The number of things of one name that it says there are, where nothing singles some of them out.
     *
     * @param phrase what is counted
     */
    @Nullable
    Figure count(String phrase, LabelMatcher labels) {
        for (Figure figure : figures) {
            boolean whole = !figure.percent()
                    && !figure.nearly()
                    && figure.number().stripTrailingZeros().scale() <= 0
                    && leadsPlainly(figure.at(), phrase, labels);
            if (whole) {
                String counted = named(figure.at());
                if (counted.isEmpty() || labels.relate(counted, phrase) == Relation.SAME) {
                    return goesOn(figure, phrase, labels) ? null : figure;
                }
            }
        }
        return null;
    }

    /** Whether the text tells of further ones behind a number: "one is here, the other there", "two here and three there". */
    private boolean goesOn(Figure first, String phrase, LabelMatcher labels) {
        for (int i = first.at() + 1; i < tokens.size(); i++) {
            if (OTHERS.contains(tokens.get(i).word())) {
                return true;
            }
        }
        for (Figure figure : figures) {
            if (figure.at() > first.at() && !figure.isSame(first.number()) && !figure.percent()) {
                String counted = named(figure.at());
                if (counted.isEmpty() || labels.relate(counted, phrase) != Relation.OTHER) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean leadsPlainly(int at, String phrase, LabelMatcher labels) {
        if (at > 0 && KNOWN.contains(tokens.get(at - 1).word())) {
            return false; // the two cups at the window may be two of more
        }
        for (int i = at - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            boolean plain = token.is(Kind.COMMA)
                    || token.is(Kind.STOP)
                    || token.is(Kind.EQUALS)
                    || token.is(Kind.ARROW)
                    || NEUTRAL.contains(token.word())
                    || (token.is(Kind.ODD) && Names.variable(token.word()).isPresent())
                    || (token.is(Kind.WORD) && labels.relate(token.word(), phrase) == Relation.SAME);
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** The words behind a number that say what it counts. */
    private String named(int at) {
        int end = at + 1;
        while (end < tokens.size() && tokens.get(end).is(Kind.WORD)) {
            end++;
        }
        boolean atBox = end < tokens.size()
                && tokens.get(end).is(Kind.BOX)
                && tokens.get(end - 1).is("at");
        end -= atBox ? 1 : 0;
        return end == at + 1
                ? ""
                : text.substring(tokens.get(at + 1).start(), tokens.get(end - 1).end());
    }

    private @Nullable Figure figure(int at) {
        Token token = tokens.get(at);
        if (token.is(Kind.QUOTE)) {
            return Figures.only(token.word())
                    .map(number -> new Figure(number, false, false, at))
                    .orElse(null);
        }
        if (!token.is(Kind.NUMBER) || !Figures.standsAlone(tokens, at)) {
            return null;
        }
        boolean negative = at > 0
                && tokens.get(at - 1).is(Kind.MINUS)
                && tokens.get(at - 1).end() == token.start()
                && (at == 1 || !tokens.get(at - 2).is(Kind.NUMBER));
        boolean percent = at + 1 < tokens.size()
                && (tokens.get(at + 1).is(Kind.PERCENT)
                        || tokens.get(at + 1).is("percent")
                        || (tokens.get(at + 1).is("per")
                                && at + 2 < tokens.size()
                                && tokens.get(at + 2).is("cent")));
        boolean nearly = at > 0
                && (tokens.get(at - 1).is(Kind.ABOUT)
                        || Joint.NEARLY.contains(tokens.get(at - 1).word()));
        return new Figure(negative ? token.value().negate() : token.value(), percent, nearly, at);
    }

    /** The question's counted thing: what follows "how many" or "number of" up to the end of its clause; empty if none. */
    static String howMany(String question) {
        String folded = LowerCase.of(question);
        if (folded.length() != question.length()) {
            return "";
        }
        int start = -1;
        for (String asking : List.of("how many ", "number of ")) {
            int at = folded.indexOf(asking);
            if (at >= 0 && (start < 0 || at + asking.length() < start)) {
                start = at + asking.length();
            }
        }
        if (start < 0) {
            return "";
        }
        int end = start;
        while (end < question.length() && "?.,;:(\n".indexOf(question.charAt(end)) < 0) {
            end++;
        }
        return question.substring(start, end);
    }
}
