package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example of each prompt goes through parser and rules; what is wrong with its mutants is found where it should be. */
class WorkedExamplesAndTheirMutantsTest {
    private static final String PASSES = "";
    private static final String JUDGE = PASSES; // nothing but the image tells; listed so that it is known

    private static final PrefixPrompt PERCEPTUAL = StandardPrompts.perceptual();
    private static final PrefixPrompt COGNITIVE = StandardPrompts.cognitive();
    private static final PrefixPrompt INTERACTIVE = StandardPrompts.interactive();

    @ParameterizedTest
    @MethodSource
    void the_example_passes(PrefixPrompt prompt) {
        assertThat(foundBy(prompt, prompt.example().reply())).isEqualTo(PASSES);
    }

    static Stream<PrefixPrompt> the_example_passes() {
        return StandardPrompts.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_mutant_is_found_by(String name, PrefixPrompt prompt, String expected, UnaryOperator<String> mutation) {
        String reply = prompt.example().reply();
        String mutant = mutation.apply(reply);
        assertThat(mutant).as("the mutation changes something").isNotEqualTo(reply);
        assertThat(foundBy(prompt, mutant)).isEqualTo(expected);
    }

    static Stream<Arguments> a_mutant_is_found_by() {
        String question = COGNITIVE.example().evolved().question();
        String answer = COGNITIVE.example().evolved().answer();
        String parent = COGNITIVE.example().parent().instruction().question();
        return Stream.of(
                mutant("no reply", COGNITIVE, "empty", r -> " "),
                mutant("a refusal for a reply", COGNITIVE, "refusal", r -> "I'm sorry, but I can't do that."),
                mutant("prose for JSON", COGNITIVE, "unparsable", r -> "The lemons cost 2.00 in all."),
                mutant("no question", COGNITIVE, "incomplete", r -> r.replace("\"question\":", "\"task\":")),
                mutant("declined", COGNITIVE, "declined", r -> r.replace("\"" + question + "\"", "null")),
                mutant("no answer", COGNITIVE, "incomplete", r -> r.replace(answer, "")),
                mutant("a box that does not exist", COGNITIVE, "unknown-box", r -> r.replace("{o1}", "{o9}")),
                mutant("no box at all", INTERACTIVE, "unknown-box", r -> r.replace("{o", "{o7")),
                mutant("the parent's question", COGNITIVE, "form", r -> r.replace(question, parent)),
                mutant(
                        "an endless question",
                        COGNITIVE,
                        "form",
                        r -> r.replace(question, question + " So?".repeat(600))),
                mutant("an endless answer", COGNITIVE, "form", r -> r.replace(answer, answer + " Really.".repeat(600))),
                mutant("a question without a word", COGNITIVE, "form", r -> r.replace(question, "??")),
                mutant("the answer repeats the question", COGNITIVE, "form", r -> r.replace(answer, question)),
                mutant("seven steps", COGNITIVE, "form", r -> steps(r, 7)),
                mutant(
                        "an apology for an answer",
                        COGNITIVE,
                        "refusal",
                        r -> r.replace(answer, "I'm sorry, but I cannot tell what the lemons cost.")),
                mutant(
                        "speaks as a machine",
                        COGNITIVE,
                        "refusal",
                        r -> r.replace(answer, "As an AI language model, I cannot see prices.")),
                mutant("an image token", COGNITIVE, "control-token", r -> r.replace(question, "<image> " + question)),
                mutant("a chat token", COGNITIVE, "control-token", r -> r.replace(answer, answer + "<|im_end|>")),
                mutant(
                        "an instruction token",
                        COGNITIVE,
                        "control-token",
                        r -> r.replace(question, "[INST] " + question)),
                mutant(
                        "talks about the given question",
                        COGNITIVE,
                        "prompt-leak",
                        r -> r.replace(question, "Going beyond the given question, what do the lemons cost together?")),
                mutant(
                        "talks about the caption",
                        COGNITIVE,
                        "prompt-leak",
                        r -> r.replace(answer, "According to the provided caption, the lemons cost 2.00 together.")),
                mutant(
                        "names an id",
                        COGNITIVE,
                        "prompt-leak",
                        r -> r.replace(question, "As in q1, what do all the lemons cost together?")),
                mutant(
                        "echoes another example",
                        COGNITIVE,
                        "prompt-leak",
                        r -> r.replace(question, COGNITIVE.info().leakPhrases().get(0))),
                mutant("a letter that is no option", INTERACTIVE, "answer-shape", r -> answer(r, "F")),
                mutant(
                        "two options only",
                        INTERACTIVE,
                        "answer-shape",
                        r -> r.replaceAll("C\\) [^\"]*?D\\) \\{o\\d\\}", "")),
                mutant("no options", INTERACTIVE, "answer-shape", r -> r.replaceAll("A\\) .*?D\\) \\{o\\d\\}", "")),
                mutant("an answer that is no option", INTERACTIVE, "answer-shape", r -> answer(r, "the blue bucket")),
                mutant(
                        "yes or no without yes or no",
                        INTERACTIVE,
                        "answer-shape",
                        r -> r.replace("region_selection", "object_region_matching")),
                mutant(
                        "a blank without a blank",
                        INTERACTIVE,
                        "answer-shape",
                        r -> r.replace("region_selection", "fill_in_the_blank")),
                mutant("the wrong letter", INTERACTIVE, "chain", r -> answer(r, "A")),
                mutant("a miscount", COGNITIVE, JUDGE, r -> r.replace("Six lemons", "Seven lemons")),
                mutant("a wrong sum", COGNITIVE, "arithmetic", r -> r.replace("2.00", "3.00")),
                mutant(
                        "left for right",
                        PERCEPTUAL,
                        JUDGE,
                        r -> r.replace("Directly to its right", "Directly to its left")),
                mutant("an invented thing", PERCEPTUAL, JUDGE, r -> r.replace("blue bucket", "green bucket")));
    }

    private static Arguments mutant(String name, PrefixPrompt prompt, String expected, UnaryOperator<String> mutation) {
        return Arguments.of(name, prompt, expected, mutation);
    }

    private static String answer(String reply, String answer) {
        return reply.replace("\"answer\":\"B\"", "\"answer\":\"" + answer + "\"");
    }

    private static String steps(String reply, int count) {
        int start = reply.indexOf("\"steps\":[") + "\"steps\":[".length();
        int end = reply.indexOf("],\"answer\"");
        String step = "{\"manipulation\":\"None\",\"description\":\"One more look.\"}";
        return reply.substring(0, start) + (step + ",").repeat(count - 1) + step + reply.substring(end);
    }

    /** The name of what finds something wrong with a reply to the example's request; empty if nothing does. */
    private static String foundBy(PrefixPrompt prompt, String reply) {
        WorkedExample example = prompt.example();
        ParsedReply parsed = ReplyParser.parse(ModelResponse.of(reply), "instructions");
        if (parsed.items().isEmpty()) {
            return parsed.problem().id();
        }
        Instruction parent = example.parent().instruction();
        Reading<Instruction> reading = new InstructionReader(example.scene(), 0, 0, event -> {})
                .read(parsed.items().get(0), parent, parent.format());
        if (reading instanceof Reading.Problem<Instruction> problem) {
            return problem.by();
        }
        Instruction evolved = ((Reading.Of<Instruction>) reading).value();
        Candidate candidate = new Candidate(
                "k.1.1", example.scene(), example.parent(), evolved, prompt.direction(), 1, prompt.info());
        // the example's own sentences count as an echo everywhere but here
        Candidate own = new Candidate(
                candidate.id(),
                candidate.sample(),
                candidate.parent(),
                evolved,
                candidate.direction(),
                1,
                reply.equals(example.reply()) ? PromptInfo.NONE : others(prompt, evolved));
        Verdict verdict =
                Rules.all().judge(List.of(own), Round.of(1, example.scene())).get(0);
        return verdict instanceof Verdict.Reject reject ? reject.by() : PASSES;
    }

    /** The prompt's leak phrases but for those that the example's untouched texts are. */
    private static PromptInfo others(PrefixPrompt prompt, Instruction evolved) {
        Instruction example = prompt.example().evolved();
        boolean questionKept = evolved.question().equals(example.question());
        List<String> phrases = prompt.info().leakPhrases().stream()
                .filter(phrase -> evolved.question().equals(phrase) || !isOf(example, phrase))
                .toList();
        return new PromptInfo(prompt.hash(), questionKept ? List.of() : phrases);
    }

    private static boolean isOf(Instruction example, String phrase) {
        return example.question().contains(phrase)
                || example.answer().contains(phrase)
                || example.steps().stream().anyMatch(step -> step.description().contains(phrase));
    }
}
