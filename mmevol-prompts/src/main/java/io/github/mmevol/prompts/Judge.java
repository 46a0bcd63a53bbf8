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
    private final SamplingOptions sampling;
    private final Map<Direction, JudgePrompt> prompts = new ConcurrentHashMap<>();

    private Judge(
            ModelClient model,
            int minScore,
            Map<String, Integer> minScores,
            boolean showsImage,
            SamplingOptions sampling) {
        this.model = Objects.requireNonNull(model, "model");
        this.minScore = minScore;
        this.minScores = Map.copyOf(minScores);
        this.showsImage = showsImage;
        this.sampling = Objects.requireNonNull(sampling, "sampling");
    }

    /**
     * A judge that sees the image and keeps from score 1 on; temperature 0, replies of at most 2048 tokens.
     *
     * @param model the model; better another one than the one that evolves
     */
    public static Judge with(ModelClient model) {
        return new Judge(model, 1, Map.of(), true, SAMPLING);
    }

    /**
     * The least score that is kept, in all directions without one of their own; default 1.
     *
     * @throws IllegalArgumentException if not in 0..10
     */
    public Judge minScore(int score) {
        return new Judge(model, checked(score), minScores, showsImage, sampling);
    }

    /**
     * The least score that is kept in one direction; default that of all.
     *
     * @param direction the direction's name
     * @throws IllegalArgumentException if not in 0..10
     */
    public Judge minScore(String direction, int score) {
        Map<String, Integer> scores = new HashMap<>(minScores);
        scores.put(direction, checked(score));
        return new Judge(model, minScore, scores, showsImage, sampling);
    }

    /** A judge that gets the texts alone; cheaper, and blind to what only the image can tell. */
    public Judge withoutImage() {
        return new Judge(model, minScore, minScores, false, sampling);
    }

    /** How the model samples; default temperature 0, replies of at most 2048 tokens. */
    public Judge sampling(SamplingOptions sampling) {
        return new Judge(model, minScore, minScores, showsImage, sampling);
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
                + ", " + sampling + ", prompts " + PromptText.hash(prompts) + ")";
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        Map<String, Verdict> verdicts = new HashMap<>();
        List<Candidate> open = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<JudgedItem> said = round.recall(note(candidate)).map(JudgedItem::of);
            said.ifPresent(item -> verdicts.put(candidate.id(), verdict(candidate, item)));
            if (said.isEmpty()) {
                open.add(candidate);
            }
        }
        for (List<Candidate> part : Parts.of(open, round.instructionsPerCall())) {
            List<ItemLoop.Answer<JudgedItem>> answers = ItemLoop.ask(
                    round,
                    model,
                    part.size(),
                    "verdicts",
                    (asked, attempt) -> prompt(part.get(0).direction())
                            .request(part, asked, attempt, round)
                            .sampling(sampling)
                            .build(),
                    (id, item) -> VerdictReader.read(
                            item,
                            Settlement.disputes(part.get(DataBlock.index(id)).checks())));
            for (int i = 0; i < part.size(); i++) {
                Candidate candidate = part.get(i);
                ItemLoop.Answer<JudgedItem> answer = answers.get(i);
                answer.value().ifPresent(item -> round.remember(note(candidate), item.toJson()));
                verdicts.put(
                        candidate.id(),
                        answer.value()
                                .map(item -> verdict(candidate, item))
                                .orElseGet(() -> Verdict.fail("no verdict (" + answer.by() + "): " + answer.why())));
            }
        }
        return candidates.stream()
                .map(candidate -> verdicts.get(candidate.id()))
                .toList();
    }

    /** Under which name the round remembers what this judge's model said of a candidate. */
    private String note(Candidate candidate) {
        return NAME + " " + model.name() + " " + candidate.id();
    }

    private JudgePrompt prompt(Direction direction) {
        return prompts.computeIfAbsent(direction, d -> JudgePrompt.of(d, showsImage));
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
