package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has a model answer evolved questions several times, and counts how often it gives the given answer.
 *
 * @param paired whether a yes-or-no question counts only together with its negation
 */
record AnswerTries(
        AnswerPrompt prompt, ModelClient model, int tries, double share, SamplingOptions sampling, boolean paired) {
    private static final int SHOWN_REPLIES = 5;

    AnswerTries {
        if (tries < 1) {
            throw new IllegalArgumentException("there is at least one try: " + tries);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies above 0 and up to 1: " + share);
        }
    }

    /**
     * What came of the tries.
     *
     * @param decided tries whose answer could be compared
     * @param right those of them that gave the given answer
     * @param chance how probable it was to guess it
     * @param replies what was answered, each with how often, in the order it came
     */
    record Result(int decided, int right, double chance, Map<String, Integer> replies) {

        double rate() {
            return (double) right / decided;
        }

        /** The rate above chance: 0 where it is no better, 1 where all are right. */
        double aboveChance() {
            return Math.max(0, (rate() - chance) / (1 - chance));
        }

        /** How probable it is that guessing alone gives as many right ones or more. */
        double probability() {
            double all = 0;
            for (int hits = right; hits <= decided; hits++) {
                double ways = 1;
                for (int i = 0; i < hits; i++) {
                    ways = ways * (decided - i) / (i + 1);
                }
                all += ways * Math.pow(chance, hits) * Math.pow(1 - chance, decided - hits);
            }
            return Math.min(1, all);
        }

        String toJson() {
            ObjectNode node = Json.object().put("decided", decided).put("right", right);
            node.put("chance", Json.number(chance));
            ArrayNode list = node.putArray("replies");
            replies.forEach(
                    (reply, times) -> list.addObject().put("reply", reply).put("times", times));
            return Json.writeUtf8(node);
        }

        static Result of(String json) {
            JsonNode node = Json.parse(json);
            Map<String, Integer> replies = new LinkedHashMap<>();
            node.path("replies")
                    .forEach(one -> replies.put(
                            one.path("reply").asString(), one.path("times").intValue()));
            return new Result(
                    node.path("decided").intValue(),
                    node.path("right").intValue(),
                    node.path("chance").doubleValue(),
                    replies);
        }
    }

    AnswerTries withTries(int tries) {
        return new AnswerTries(prompt, model, tries, share, sampling, paired);
    }

    AnswerTries withShare(double share) {
        return new AnswerTries(prompt, model, tries, share, sampling, paired);
    }

    AnswerTries withSampling(SamplingOptions sampling) {
        return new AnswerTries(prompt, model, tries, share, sampling, paired);
    }

    /** What it is set to, in a text that changes when its results may. */
    String settings() {
        return prompt.purpose() + " (" + model.name() + ", " + tries + " tries, share " + share + ", " + sampling
                + ", prompt " + prompt.hash() + ")";
    }

    /**
     * The results of the candidates that are in the share and could be compared at least once, by id. Those of an earlier run
     * are taken from there. What is in the share and has no definite answer is counted as {@code <purpose>-undecided}, what
     * no reply came for as {@code <purpose>-failed}.
     */
    Map<String, Result> of(List<Candidate> candidates, Round round) {
        Map<String, Result> results = new HashMap<>();
        Map<Candidate, Answerable> open = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            String purpose = prompt.purpose() + " " + candidate.id();
            if (round.random(purpose).nextDouble() >= share) {
                continue;
            }
            Optional<Result> earlier = round.recall(note(candidate)).map(Result::of);
            Optional<Answerable> answerable = Answerable.of(candidate.evolved());
            if (earlier.isPresent()) {
                results.put(candidate.id(), earlier.get());
            } else if (answerable.isPresent()) {
                open.put(candidate, answerable.get());
            } else {
                round.count(prompt.purpose() + "-undecided");
            }
        }
        Map<String, List<Answer>> answers = new HashMap<>();
        for (int number = 1; number <= tries && !open.isEmpty(); number++) {
            ask(open, number, round, answers);
        }
        open.forEach((candidate, answerable) -> {
            Result result = result(answerable, answers.getOrDefault(candidate.id(), List.of()));
            if (result.replies().isEmpty()) {
                round.count(prompt.purpose() + "-failed");
            } else if (result.decided() == 0) {
                round.count(prompt.purpose() + "-undecided");
            } else {
                results.put(candidate.id(), result);
                round.remember(note(candidate), result.toJson());
            }
        });
        return results;
    }

    /** A reply, and how it compares. */
    private record Answer(String reply, Answerable.Match match) {}

    private void ask(Map<Candidate, Answerable> open, int number, Round round, Map<String, List<Answer>> answers) {
        List<String> questions = new ArrayList<>();
        Map<Candidate, List<Answerable.Shown>> shown = new LinkedHashMap<>();
        open.forEach((candidate, answerable) -> {
            String purpose = prompt.purpose() + " options " + number + " " + candidate.id();
            List<Answerable.Shown> ways = new ArrayList<>(List.of(answerable.shown(round.random(purpose))));
            if (paired && answerable.kind() == Answerable.Kind.YES_NO) {
                ways.add(answerable.negation());
            }
            shown.put(candidate, ways);
            ways.forEach(way -> questions.add(place(candidate) + way.text()));
        });
        List<Optional<String>> replies = prompt.ask(round, model, sampling, questions, number);
        int next = 0;
        for (Map.Entry<Candidate, List<Answerable.Shown>> entry : shown.entrySet()) {
            List<Optional<String>> own =
                    replies.subList(next, next + entry.getValue().size());
            next += own.size();
            if (own.stream().allMatch(Optional::isPresent)) {
                Answerable answerable = Objects.requireNonNull(open.get(entry.getKey()));
                List<Answerable.Match> matches = new ArrayList<>();
                for (int i = 0; i < own.size(); i++) {
                    matches.add(
                            answerable.match(entry.getValue().get(i), own.get(i).orElseThrow()));
                }
                String reply =
                        answerable.plain(entry.getValue().get(0), own.get(0).orElseThrow());
                answers.computeIfAbsent(entry.getKey().id(), id -> new ArrayList<>())
                        .add(new Answer(reply, all(matches)));
            }
        }
    }

    /** The same where all are, undecided where one is, else another one. */
    private static Answerable.Match all(List<Answerable.Match> matches) {
        if (matches.contains(Answerable.Match.UNDECIDED)) {
            return Answerable.Match.UNDECIDED;
        }
        return matches.contains(Answerable.Match.OTHER) ? Answerable.Match.OTHER : Answerable.Match.SAME;
    }

    private static Result result(Answerable answerable, List<Answer> answers) {
        int right = 0;
        int decided = 0;
        Map<String, Integer> replies = new LinkedHashMap<>();
        for (Answer answer : answers) {
            right += answer.match() == Answerable.Match.SAME ? 1 : 0;
            decided += answer.match() == Answerable.Match.UNDECIDED ? 0 : 1;
            if (replies.size() < SHOWN_REPLIES || replies.containsKey(answer.reply())) {
                replies.merge(answer.reply(), 1, Integer::sum);
            }
        }
        return new Result(decided, right, answerable.chance(), replies);
    }

    /** Tells the part of a mosaic; a whole image needs no word. */
    private static String place(Candidate candidate) {
        String position = Vocabulary.position(candidate.evolved().imagePosition());
        return position.isEmpty() || position.equals("single") ? "" : "About the picture at the " + position + ": ";
    }

    private String note(Candidate candidate) {
        return prompt.purpose() + " " + model.name() + " " + candidate.id();
    }
}
