package io.github.mmevol.prompts;

import java.util.Arrays;
import java.util.List;

/**
 * A hard rule of every evolution prompt, with the checks that enforce it: names of rules of the core, {@code schema} and
 * {@code unknown-box} of the reply's readers, or {@code judge}.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list is a copy that nobody can change
enum HardRule {
    VISIBLE(
            "Whatever you state about the image can be seen in it: in question, steps and answer alike. Only offered"
                    + " options, and statements put up for checking, may be false.",
            "judge",
            "relation"),
    BOXES(
            "Write a box only as `{o3}`: the id of a listed object in braces. Where the image has no list of objects,"
                    + " leave coordinates out and ask for none.",
            "unknown-box",
            "box",
            "box-label",
            "ungrounded-location"),
    COUNTS(
            "Count only what can be pointed at one by one in the image, and check every count and calculation.",
            "judge",
            "count",
            "arithmetic"),
    ANSWER_FORM(
            "Where the answer is just a letter, a number, a word or a list, the question says so (\"Answer with one"
                    + " number.\") and the answer keeps to it.",
            "answer-shape"),
    STEPS(
            "Give 1 to 6 steps, one sentence each, in the order of solving; each is needed for the answer.",
            "schema",
            "form",
            "chain"),
    SELF_CONTAINED(
            "Write for a reader who has the image and your question, nothing else. Name things by how they look; keep bare"
                    + " ids (o3, q1, bbx_1) and talk about this task (\"the previous question\", \"the given caption\") out of"
                    + " question, descriptions and answer.",
            "prompt-leak"),
    LANGUAGE(
            "Write plain text in the language of the given question: sentences, free of Markdown, tags and control"
                    + " tokens.",
            "control-token",
            "judge"),
    NEW(
            "Ask a question that the data does not hold yet. Keep it within 100 words, and the answer within 150.",
            "form",
            "duplicate"),
    DECLINE(
            "If no better instruction is possible, decline the item: `question` is null, `answer` and `format` are \"\", the"
                    + " lists are []. Excuses have no place in an answer.",
            "schema",
            "refusal");

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> checks;

    HardRule(String text, String... checks) {
        this.text = text;
        this.checks = List.of(checks);
    }

    String text() {
        return text;
    }

    List<String> checks() {
        return checks;
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(HardRule::text).toList();
    }
}
