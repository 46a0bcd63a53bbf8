package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what one sample would take, without a call: its rounds are gone through as in a run, with a round that only takes
 * notes of what it is asked, and with made-up instructions of the assumed length where a model would have written some.
 */
final class PromptCount {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionPipeline.class);

    /** The part of a reply's tokens that is text, the rest being names, quotes and brackets. */
    private static final double TEXT_OF_REPLY = 0.65;

    /**
     * What a sample takes.
     *
     * @param all all of it
     * @param images the same lines with the tokens of images alone
     */
    record Counted(Account all, Account images) {}

    private final RunOptions options;
    private final Pilot pilot;
    private final Map<String, Long> systems;
    private final SeedDraw.Seed seed;
    private final LazyImage image;

    /**
     * The count of one sample.
     *
     * @param systems the tokens of system texts, which are the same for many samples; filled here
     */
    PromptCount(RunOptions options, Pilot pilot, Map<String, Long> systems, SeedDraw.Seed seed) {
        this.options = options;
        this.pilot = pilot;
        this.systems = systems;
        this.seed = seed;
        image = options.images().image(seed.sample().imageSource());
    }

    /** What the sample takes in a case. */
    Counted in(Case assumed) {
        return new Rounds(assumed).count();
    }

    /** The rounds of the sample in one case. */
    private final class Rounds {
        private final Case assumed;
        private final List<LiveInstruction> live = new ArrayList<>();
        private final List<Account.Line> all = new ArrayList<>();
        private final List<Account.Line> images = new ArrayList<>();

        Rounds(Case assumed) {
            this.assumed = assumed;
            List<Instruction> seeds = seed.sample().instructions();
            for (int i = 0; i < seeds.size(); i++) {
                live.add(new LiveInstruction(seed.key().instruction(0, i + 1), seeds.get(i), List.of()));
            }
        }

        Counted count() {
            boolean usable = !live.isEmpty();
            for (int number = 1; number <= options.rounds() && usable; number++) {
                usable = round(number);
            }
            return new Counted(new Account(all), new Account(images));
        }

        /** Goes through one round; false if the sample's image cannot be used, so that nothing is asked about it. */
        private boolean round(int number) {
            Sample sample = seed.sample();
            Direction direction = options.direction(seed.key(), sample, number);
            NotingRound notes = new NotingRound(options, seed.key(), image, number);
            ask(() -> options.evolver(direction).evolve(sample, List.copyOf(live), notes));
            add(notes.asked(), live.size());
            if (notes.isImageUnusable()) {
                return false;
            }
            double kept = assumed.kept(pilot.keptShare(direction.name()));
            double judged = assumed.judged(kept);
            Instruction written = written(direction);
            Random random = new Random(Round.derivedSeed(options.seed(), seed.key(), number, "estimate"));
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < live.size(); i++) {
                String id = seed.key().instruction(number, i + 1);
                LiveInstruction parent = live.get(i);
                double drawn = random.nextDouble();
                if (drawn < judged) {
                    candidates.add(new Candidate(id, sample, parent, written, direction, number, PromptInfo.NONE));
                }
                if (drawn < kept) {
                    live.set(i, parent.child(id, written));
                }
            }
            for (Eliminator stage : candidates.isEmpty()
                    ? List.<Eliminator>of()
                    : options.eliminator().stages()) {
                NotingRound stageNotes = new NotingRound(options, seed.key(), image, number);
                ask(() -> stage.judge(candidates, stageNotes));
                add(stageNotes.asked(), candidates.size());
            }
            return true;
        }

        private void add(List<NotingRound.Asked> asked, int items) {
            for (NotingRound.Asked call : asked) {
                long text = Math.round(assumed.textFactor
                        * (systems.computeIfAbsent(call.system(), pilot.text()::count)
                                + pilot.text().count(call.text())));
                long pictures = call.images().stream()
                        .mapToLong(size -> pilot.images().of(size.width(), size.height()))
                        .sum();
                double written =
                        pilot.completionTokens(call.purpose()) * assumed.completionFactor * items / asked.size();
                all.add(line(
                        call,
                        new TokenUsage(
                                text + pictures, Math.round(assumed.cachedShare * text), Math.round(written), 0)));
                images.add(line(call, new TokenUsage(pictures, 0, 0, 0)));
            }
        }

        private Account.Line line(NotingRound.Asked call, TokenUsage usage) {
            Duration time = Duration.ofNanos(Math.round(pilot.callTime().toNanos() * assumed.timeFactor));
            return new Account.Line(call.purpose(), call.client(), 1, 0, 1, usage, time);
        }

        /** An instruction as long as a model's is assumed to be. */
        private Instruction written(Direction direction) {
            double tokens =
                    pilot.completionTokens("evolve:" + direction.name()) * assumed.completionFactor * TEXT_OF_REPLY;
            return Instruction.builder(words(0.2 * tokens), words(0.2 * tokens))
                    .steps(List.of(
                            Step.of(words(0.2 * tokens)), Step.of(words(0.2 * tokens)), Step.of(words(0.2 * tokens))))
                    .build();
        }
    }

    /** What an evolver or eliminator makes of the empty replies does not matter; what it asked has been noted. */
    private static void ask(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("an empty reply is not what it was made for", e);
        }
    }

    private static String words(double count) {
        return "word " + "and ".repeat((int) count) + "more";
    }
}
