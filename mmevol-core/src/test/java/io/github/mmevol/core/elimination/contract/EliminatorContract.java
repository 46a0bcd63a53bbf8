package io.github.mmevol.core.elimination.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Eliminator} keeps to: one verdict for each candidate, in order; the same for the same, however many
 * threads ask, and whoever is judged behind; and no exception, however hostile the text. To test an eliminator of your own, extend this class. One that
 * asks a model is given a client that answers alike for alike.
 */
@Timeout(120)
public abstract class EliminatorContract {
    private static final int HOSTILE_LENGTH = 100_000;
    private static final Sample SAMPLE = Sample.builder("contract")
            .caption("A cup on a table.")
            .objects(List.of(
                    DetectedObject.of("cup", new BoundingBox(0.4, 0.3, 0.6, 0.5)),
                    DetectedObject.of("table", new BoundingBox(0.1, 0.4, 0.9, 0.9))))
            .trust(AnnotationTrust.EXHAUSTIVE)
            .build();

    /** The eliminator under test; may be asked for more than once. */
    protected abstract Eliminator eliminator();

    /** Instructions that the eliminator is asked about; ordinary and hostile ones unless overridden. */
    protected List<Instruction> instructions() {
        List<Instruction> all = new ArrayList<>(ordinary());
        all.addAll(hostile());
        return all;
    }

    /** Whether a verdict may depend on the candidates before it; false unless overridden. It never does on those behind. */
    protected boolean comparesCandidates() {
        return false;
    }

    @Test
    void it_has_a_name() {
        assertThat(eliminator().name()).isNotBlank();
    }

    @Test
    void each_candidate_gets_one_verdict_in_order() {
        Eliminator eliminator = eliminator();
        List<Candidate> candidates = candidates();

        List<Verdict> together = judge(eliminator, candidates);

        assertThat(together).hasSameSizeAs(candidates).doesNotContainNull();
    }

    @Test
    void the_verdict_does_not_depend_on_who_is_judged_behind() {
        Eliminator eliminator = eliminator();
        List<Candidate> candidates = candidates();
        int half = candidates.size() / 2;

        assertThat(judge(eliminator, candidates.subList(0, half)))
                .isEqualTo(judge(eliminator, candidates).subList(0, half));
    }

    @Test
    void who_is_judged_before_matters_only_where_candidates_are_compared() {
        Eliminator eliminator = eliminator();
        List<Candidate> candidates = candidates();
        List<Verdict> together = judge(eliminator, candidates);

        List<Verdict> alone = candidates.stream()
                .map(candidate -> judge(eliminator, List.of(candidate)).get(0))
                .toList();

        assertThat(alone).hasSameSizeAs(together);
        if (!comparesCandidates()) {
            assertThat(alone).isEqualTo(together);
        }
    }

    @Test
    void the_same_candidates_get_the_same_verdicts_from_many_threads() throws Exception {
        Eliminator eliminator = eliminator();
        List<Candidate> candidates = candidates();
        List<Verdict> expected = judge(eliminator(), candidates);
        int threads = 4;
        CountDownLatch start = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Verdict>>> asked = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                asked.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    return judge(eliminator, candidates);
                }));
            }
            for (Future<List<Verdict>> verdicts : asked) {
                assertThat(verdicts.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_correction_keeps_question_and_answer() {
        for (Verdict verdict : judge(eliminator(), candidates())) {
            if (verdict instanceof Verdict.Pass pass && pass.revised().isPresent()) {
                assertThat(pass.revised().get().question()).isNotBlank();
                assertThat(pass.revised().get().answer()).isNotBlank();
            }
        }
    }

    private static List<Verdict> judge(Eliminator eliminator, List<Candidate> candidates) {
        return eliminator.judge(candidates, Round.of(7, SAMPLE));
    }

    private List<Candidate> candidates() {
        Instruction parent = Instruction.of("What stands on the table?", "A cup.");
        Direction direction = new Direction("cognitive", "needs at least one more necessary step");
        List<Candidate> candidates = new ArrayList<>();
        for (Instruction instruction : instructions()) {
            int ordinal = candidates.size() + 1;
            candidates.add(new Candidate(
                    "c0ffee.1." + ordinal,
                    SAMPLE,
                    new LiveInstruction("c0ffee.0." + ordinal, parent, List.of()),
                    instruction,
                    direction,
                    1,
                    new PromptInfo("beef", List.of("a phrase that only the prompt holds"))));
        }
        return candidates;
    }

    /** An instruction of each form, the parent again, and one that echoes its prompt. */
    private static List<Instruction> ordinary() {
        List<Instruction> all = new ArrayList<>(List.of(
                Instruction.of("Which of the two cups is nearer to the window?", "The white one."),
                Instruction.of("What stands on the table?", "A cup."),
                Instruction.of("What is here?", "It is a phrase that only the prompt holds."),
                Instruction.of("How many cups are there?", "Three"),
                Instruction.of("Is the cup above the table?", "No, the cup at [0.1, 0.4, 0.9, 0.9] is below it."),
                Instruction.of("What is at [0.41, 0.31, 0.60, 0.50]?", "The cup is at (0.7, 0.1, 0.8, 0.2).")));
        for (Form form : Forms.standard().all()) {
            String question = "Which thing stands on the table?\nA. a cup\nB. a plate\nC. a lamp\nD. a vase";
            all.add(Instruction.builder(question, "B. a plate")
                    .format(form.id())
                    .steps(List.of(
                            new Step("grounding_1(the plate)->bbx_1", "Find the plate."),
                            Step.of("Option B names it, (A) does not.")))
                    .build());
        }
        return all;
    }

    /** Empty, endless, right-to-left, half a surrogate pair, nothing but marks, and what regular expressions choke on. */
    private static List<Instruction> hostile() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " \n\t ",
                "\ud800",
                "a\udc00b",
                "\u0000",
                "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 (A) \u05d0 (B) \u05d1 (C) \u05d2",
                "???",
                "%s %d {} \\ $1",
                "A",
                "A) B) C) D)",
                "(A)(B)(C)",
                "A.\nB.\nC.",
                "___"));
        for (String piece : List.of(
                "a",
                " ",
                "\n",
                "A) ",
                "(A) (B) (C) ",
                "A. x B. y C. z ",
                "<|",
                "<",
                "{o",
                "{o1",
                "\"",
                "'",
                "\u201e",
                "__",
                "I'm sorry ",
                "the given question",
                "A, ",
                "A and ",
                "Region ",
                "list three ",
                "within 3 words ",
                "o1",
                "\ud83d\ude00",
                "\ud83d",
                "\u4e2d",
                "1. ",
                "*",
                "answer is ",
                "[0.4, 0.3, 0.6, 0.5] ",
                "the cup at [0.1, 0.2, 0.3, 0.4], ",
                "(0.1,0.2,0.3,",
                "how many cups ",
                "left of the cup ",
                ". ",
                "yes ")) {
            texts.add(piece.repeat(HOSTILE_LENGTH / piece.length()));
            texts.add(piece.repeat(1_900 / piece.length()));
        }
        List<Instruction> all = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String format = List.of("multi_choice", "fill_in_the_blank", "text_image_matching", "Norm")
                    .get(i % 4);
            all.add(Instruction.builder(text, text).format(format).build());
            if (text.length() < HOSTILE_LENGTH / 2) {
                all.add(Instruction.builder("Which one is it? A) cup B) plate C) lamp", text)
                        .format("multi_choice")
                        .steps(List.of(new Step(text, text)))
                        .build());
                all.add(Instruction.builder(text, "B").format("multi_choice").build());
            }
        }
        return all;
    }
}
