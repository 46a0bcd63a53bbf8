package io.github.mmevol.prompts;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The judge: asks a model that sees the image whether each evolved instruction is right, needs the image, is well posed,
 * and is an improvement on its direct parent as the direction means it, and scores it from 0 to 10 (paper, section 3.3).
 * Kept is what has four times yes and at least the minimum score. It settles what the eliminators before it dispute: a
 * claim whose annotation is right eliminates, and so does one that is asked for and cannot be told from the image; a claim
 * that is right is {@linkplain Check.Result#SETTLED settled}. Immutable and thread-safe; a setting gives a changed
 * copy.
 */
public final class Judge implements Eliminator {
    /** The name under which it eliminates. */
    public static final String NAME = "judge";

    private static final SamplingOptions SAMPLING =
            SamplingOptions.defaults().withTemperature(0).withMaxTokens(2048);

    private final ModelClient model;
    private final int minScore;
    private final Map<String, Integer> minScores;
    private final boolean showsImage;
    private final boolean bothOrders;
    private final SamplingOptions sampling;
    private final Map<Direction, JudgePrompt> prompts = new ConcurrentHashMap<>();

    private Judge(
            ModelClient model,
            int minScore,
            Map<String, Integer> minScores,
            boolean showsImage,
            boolean bothOrders,
            SamplingOptions sampling) {
        this.model = Objects.requireNonNull(model, "model");
        this.minScore = minScore;
        this.minScores = Map.copyOf(minScores);
        this.showsImage = showsImage;
        this.bothOrders = bothOrders;
        this.sampling = Objects.requireNonNull(sampling, "sampling");
    }

    /**
     * A judge that sees the image and keeps from score 1 on; temperature 0, replies of at most 2048 tokens.
     *
     * @param model the model; better another one than the one that evolves, which is fond of its own
     */
    public static Judge with(ModelClient model) {
        return new Judge(model, 1, Map.of(), true, false, SAMPLING);
    }

    /**
     * Several judges whose majority decides, each with its own model: the next one is asked only where those before have not
     * settled it, as many for as against is against, and one that gives no verdict does not count. The score is the median of
     * those in favour, the lower one of two. What judges differ about is counted as event {@code panel-split}.
     *
     * @throws IllegalArgumentException if there are fewer than two, or two with one model
     */
    public static Eliminator panel(Judge... judges) {
        return new JudgePanel(List.of(judges), false);
    }

    /**
     * Several judges of whom one that objects is enough, each with its own model: what one rejects the next is not asked
     * about. The score is the lowest.
     *
     * @throws IllegalArgumentException if there are fewer than two, or two with one model
     */
    public static Eliminator strictest(Judge... judges) {
        return new JudgePanel(List.of(judges), true);
    }

    /**
     * The least score that is kept, in all directions without one of their own; default 1.
     *
     * @throws IllegalArgumentException if not in 0..10
     */
    public Judge minScore(int score) {
        return new Judge(model, checked(score), minScores, showsImage, bothOrders, sampling);
    }

    /**
     * The least score that is kept in one direction; default that of all. Directions may have any name, so mind the spelling:
     * a score under a name that no direction of the pipeline has is never looked at.
     *
     * @param direction the direction's name, for example one of {@link Directions#NAMES}
     * @throws IllegalArgumentException if not in 0..10
     */
    public Judge minScore(String direction, int score) {
        Map<String, Integer> scores = new HashMap<>(minScores);
        scores.put(Objects.requireNonNull(direction, "direction"), checked(score));
        return new Judge(model, minScore, scores, showsImage, bothOrders, sampling);
    }

    /** A judge that gets the texts alone; cheaper, and blind to what only the image can tell. */
    public Judge withoutImage() {
        return new Judge(model, minScore, minScores, false, bothOrders, sampling);
    }

    /**
     * A judge that asks a second time about what passed, each pair the other way round, and keeps what passes both times: a
     * judge that minds which comes first shows it. Where only the second time there is no improvement, this is counted as
     * event {@code order-disagreement}. These calls have the purpose {@code judge:swapped}.
     */
    public Judge bothOrders() {
        return new Judge(model, minScore, minScores, showsImage, true, sampling);
    }

    /** How the model samples; default temperature 0, replies of at most 2048 tokens. What is open is left to the client. */
    public Judge sampling(SamplingOptions sampling) {
        return new Judge(model, minScore, minScores, showsImage, bothOrders, sampling);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String settings() {
        String scores = "min score " + minScore + (minScores.isEmpty() ? "" : " " + new TreeMap<>(minScores));
        String[] prompts = Directions.prompts().stream()
                .map(prompt -> prompt(prompt.direction()).hash())
                .toArray(String[]::new);
        return NAME + " (" + model.name() + ", " + scores + ", " + (showsImage ? "sees the image" : "sees no image")
                + (bothOrders ? ", both orders" : "") + ", " + sampling + ", prompts " + PromptText.hash(prompts) + ")";
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        Map<String, ItemLoop.Answer<JudgedItem>> said = ask(candidates, round, false);
        Map<String, ItemLoop.Answer<JudgedItem>> again = bothOrders
                ? ask(
                        candidates.stream()
                                .filter(candidate -> verdict(candidate, said) instanceof Verdict.Pass)
                                .toList(),
                        round,
                        true)
                : Map.of();
        again.forEach((id, answer) -> said.merge(id, answer, (first, second) -> both(first, second, round)));
        return candidates.stream().map(candidate -> verdict(candidate, said)).toList();
    }

    /** What the model says of each candidate, by its id. */
    private Map<String, ItemLoop.Answer<JudgedItem>> ask(List<Candidate> candidates, Round round, boolean swapped) {
        Map<String, ItemLoop.Answer<JudgedItem>> said = new HashMap<>();
        List<Candidate> open = new ArrayList<>();
        for (Candidate candidate : candidates) {
            round.recall(note(candidate, swapped))
                    .map(JudgedItem::of)
                    .ifPresentOrElse(
                            item -> said.put(
                                    candidate.id(), new ItemLoop.Answer<>(Optional.of(item), "", "", model.name())),
                            () -> open.add(candidate));
        }
        for (List<Candidate> part : Parts.of(open, round.instructionsPerCall())) {
            List<ItemLoop.Answer<JudgedItem>> answers = ItemLoop.ask(
                    round,
                    model,
                    part.size(),
                    "verdicts",
                    (asked, attempt) -> prompt(part.get(0).direction())
                            .request(part, asked, attempt, swapped, round)
                            .sampling(sampling)
                            .build(),
                    (id, item) -> VerdictReader.read(
                            item,
                            Settlement.disputes(part.get(DataBlock.index(id)).checks())));
            for (int i = 0; i < part.size(); i++) {
                Candidate candidate = part.get(i);
                ItemLoop.Answer<JudgedItem> answer = answers.get(i);
                answer.value().ifPresent(item -> round.remember(note(candidate, swapped), item.toJson()));
                said.put(candidate.id(), answer);
            }
        }
        return said;
    }

    private static ItemLoop.Answer<JudgedItem> both(
            ItemLoop.Answer<JudgedItem> first, ItemLoop.Answer<JudgedItem> second, Round round) {
        if (first.value().isEmpty() || second.value().isEmpty()) {
            return second;
        }
        if (!second.value().get().improved()) {
            round.count("order-disagreement");
        }
        JudgedItem both = first.value().get().and(second.value().get());
        return new ItemLoop.Answer<>(Optional.of(both), "", "", second.model());
    }

    /** Under which name the round remembers what this judge's model said of a candidate. */
    private String note(Candidate candidate, boolean swapped) {
        return NAME + " " + model.name() + " " + (swapped ? "swapped " : "") + candidate.id();
    }

    /** The name of the model. */
    String modelName() {
        return model.name();
    }

    private JudgePrompt prompt(Direction direction) {
        return prompts.computeIfAbsent(direction, d -> JudgePrompt.of(d, showsImage));
    }

    private Verdict verdict(Candidate candidate, Map<String, ItemLoop.Answer<JudgedItem>> said) {
        ItemLoop.Answer<JudgedItem> answer = Objects.requireNonNull(said.get(candidate.id()));
        return answer.value()
                .map(item -> verdict(candidate, item))
                .orElseGet(() -> Verdict.fail("no verdict (" + answer.by() + "): " + answer.why()));
    }

    private Verdict verdict(Candidate candidate, JudgedItem item) {
        List<String> objections = new ArrayList<>();
        if (!item.answerRight()) {
            objections.add("the answer is not right for this image");
        }
        if (!item.needsImage()) {
            objections.add("the image is not needed");
        }
        if (!item.wellPosed()) {
            objections.add("the question is not well posed");
        }
        if (!item.improved()) {
            objections.add("no improvement on its parent");
        }
        List<Check> settled = new ArrayList<>();
        for (Check dispute : Settlement.disputes(candidate.checks())) {
            for (Settlement settlement : item.settled()) {
                if (settlement.settles(dispute)) {
                    settle(dispute, settlement.right(), objections, settled);
                }
            }
        }
        int least = minScores.getOrDefault(candidate.direction().name(), minScore);
        if (objections.isEmpty() && item.score() < least) {
            objections.add("score " + item.score() + " is below " + least);
        }
        if (objections.isEmpty()) {
            return Verdict.pass(item.score(), item.reason()).checks(settled);
        }
        String reason = item.reason().isBlank() ? "" : ": " + item.reason();
        return new Verdict.Reject("", String.join("; ", objections) + reason, "", OptionalInt.of(item.score()));
    }

    /** What becomes of a disputed claim: an objection, or a check. */
    private static void settle(Check dispute, Settlement.Right right, List<String> objections, List<Check> settled) {
        boolean inQuestion = dispute.part() == Check.Part.QUESTION;
        if (right == Settlement.Right.TEXT) {
            settled.add(dispute.withResult(Check.Result.SETTLED, "the judge sees what is claimed"));
        } else if (right == Settlement.Right.ANNOTATION && !inQuestion) {
            objections.add("the image shows what is annotated (" + dispute.evidence() + "), not what is claimed ("
                    + dispute.claim() + ")");
        } else if (dispute.part() == Check.Part.VALUE) {
            objections.add("the image cannot settle what is asked for, and the annotations (" + dispute.evidence()
                    + ") speak against it (" + dispute.claim() + ")");
        } else {
            settled.add(dispute.withResult(Check.Result.UNDECIDED, dispute.evidence()));
        }
    }

    private static int checked(int score) {
        if (score < 0 || score > 10) {
            throw new IllegalArgumentException("a score lies in 0..10: " + score);
        }
        return score;
    }
}
