package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.DirectionSelector;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EvolutionPipelineTest {
    private static final Direction UP = new Direction("up", "asks for more");
    private static final Direction SIDE = new Direction("side", "asks otherwise");

    /** Collects what a run writes; what is not committed does not count. */
    private static final class Collected implements DataSetWriter {
        private final List<EvolvedSample> written = new ArrayList<>();
        private boolean committed;

        @Override
        public Appender open() {
            return new Appender() {
                @Override
                public void append(EvolvedSample sample) {
                    written.add(sample);
                }

                @Override
                public void commit() {
                    committed = true;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static Evolver rewriting(Direction direction) {
        return Evolver.each(direction, (sample, live) -> {
            Instruction parent = live.instruction();
            return Optional.of(parent.toBuilder()
                    .question(parent.question() + " " + direction.name())
                    .build());
        });
    }

    private static Sample sample(String id, int instructions) {
        return Sample.builder(id)
                .instructions(IntStream.rangeClosed(1, instructions)
                        .mapToObj(i -> Instruction.of("Question " + i + " of " + id + "?", "Answer " + i))
                        .toList())
                .build();
    }

    private static List<Sample> samples(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sample("s" + i, 1 + i % 3))
                .toList();
    }

    /** Rejects, fails or passes by the question's hash: a mixture that does not depend on order or threads. */
    private static Eliminator mixed() {
        return Eliminator.each("mixed", c -> switch (Math.floorMod(
                c.evolved().question().hashCode(), 5)) {
            case 0 -> Verdict.reject("fifth");
            case 1 -> Verdict.fail("no verdict");
            default -> Verdict.pass(Math.floorMod(c.evolved().question().hashCode(), 10) + 1, "fine");
        });
    }

    private static EvolutionPipeline.Builder pipeline() {
        return EvolutionPipeline.builder().evolvers(rewriting(UP), rewriting(SIDE));
    }

    private static ModelException.Authentication badKey() {
        return new ModelException.Authentication(new HttpFailure("the key was refused", 401, "", "", Optional.empty()));
    }

    private static Evolver asking(ModelClient client) {
        return new Evolver() {
            @Override
            public Direction direction() {
                return UP;
            }

            @Override
            public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                String reply = round.ask(
                                client,
                                ModelRequest.builder("evolve:up")
                                        .text(sample.id())
                                        .build())
                        .text();
                return new Evolution(
                        live.stream()
                                .map(l -> new Evolution.Child(
                                        l.id(), Instruction.of(reply, "a"), PromptInfo.NONE, client.name()))
                                .toList(),
                        List.of());
            }
        };
    }

    @Nested
    class Accounting {
        @Test
        void every_live_instruction_of_every_round_ends_as_exactly_one_outcome() {
            List<Sample> seeds = samples(200);
            Collected out = new Collected();
            RunReport report = pipeline().eliminators(mixed()).rounds(3).build().run(DataSet.of(seeds), out);

            int instructions =
                    seeds.stream().mapToInt(s -> s.instructions().size()).sum();
            assertThat(report.samples()).isEqualTo(200);
            assertThat(report.seedInstructions()).isEqualTo(instructions);
            assertThat(report.rounds())
                    .allSatisfy(r -> assertThat(r.attempted()).isEqualTo(r.kept() + r.eliminated() + r.failed()));
            for (int round = 1; round <= 3; round++) {
                int number = round;
                assertThat(report.rounds().stream()
                                .filter(r -> r.round() == number)
                                .mapToLong(RunReport.RoundReport::attempted)
                                .sum())
                        .isEqualTo(instructions);
            }
            assertThat(out.written)
                    .allSatisfy(s -> assertThat(s.outcomes())
                            .hasSize(3 * s.sample().instructions().size()));
            assertThat(report.kept())
                    .isEqualTo(
                            out.written.stream().mapToInt(s -> s.kept().size()).sum());
            assertThat(report.rounds())
                    .anySatisfy(r -> assertThat(r.eliminatedBy()).containsKey("mixed"));
            assertThat(report.rounds()).anySatisfy(r -> assertThat(r.failedBy()).containsKey("mixed"));
        }

        @Test
        void a_rejected_childs_parent_stays_live_and_is_evolved_again() {
            Eliminator rejectFirstRound =
                    Eliminator.each("late", c -> c.round() == 1 ? Verdict.reject("too early") : Verdict.pass());
            EvolvedSample result = EvolutionPipeline.builder()
                    .evolvers(rewriting(UP))
                    .eliminators(rejectFirstRound)
                    .rounds(2)
                    .build()
                    .evolve(sample("a", 1));

            assertThat(result.outcomes()).hasSize(2);
            assertThat(result.outcomes().get(1).origin().parentId())
                    .isEqualTo(result.key().instruction(0, 1));
            assertThat(result.kept().get(0).instruction().question()).isEqualTo("Question 1 of a? up");
        }

        @Test
        void a_child_is_compared_with_its_direct_parent_and_knows_its_ancestors() {
            List<Candidate> seen = Collections.synchronizedList(new ArrayList<>());
            EvolvedSample result = EvolutionPipeline.builder()
                    .evolvers(rewriting(UP))
                    .eliminators(Eliminator.each("look", c -> {
                        seen.add(c);
                        return Verdict.pass();
                    }))
                    .rounds(3)
                    .build()
                    .evolve(sample("a", 1));

            assertThat(seen.get(2).parent().instruction().question()).isEqualTo("Question 1 of a? up up");
            assertThat(seen.get(2).parent().ancestors())
                    .extracting(Instruction::question)
                    .containsExactly("Question 1 of a?", "Question 1 of a? up");
            assertThat(result.lineage(result.key().instruction(3, 1)))
                    .extracting(k -> k.origin().round())
                    .containsExactly(1, 2, 3);
        }

        @Test
        void a_live_instruction_that_the_evolver_forgets_has_failed_and_a_surplus_child_is_counted() {
            Evolver odd = new Evolver() {
                @Override
                public Direction direction() {
                    return UP;
                }

                @Override
                public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                    Evolution.Child child =
                            new Evolution.Child(live.get(0).id(), Instruction.of("new?", "new"), PromptInfo.NONE, "");
                    Evolution.Child other = new Evolution.Child(
                            live.get(0).id(), Instruction.of("other?", "other"), PromptInfo.NONE, "");
                    Evolution.Child stray =
                            new Evolution.Child("nobody", Instruction.of("x?", "x"), PromptInfo.NONE, "");
                    return new Evolution(List.of(child, other, stray), List.of());
                }
            };
            Collected out = new Collected();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(odd)
                    .rounds(1)
                    .build()
                    .run(DataSet.of(List.of(sample("a", 2))), out);

            assertThat(out.written.get(0).kept())
                    .extracting(k -> k.instruction().question())
                    .containsExactly("new?");
            assertThat(report.rounds().get(0).failedBy()).containsEntry("missing", 1L);
            assertThat(report.events()).containsEntry("surplus", 2L);
        }

        @Test
        void calls_tokens_and_purposes_are_counted() {
            ModelClient model = request -> ModelResponse.of("Q?").withUsage(new TokenUsage(100, 60, 10, 0));
            Collected out = new Collected();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(asking(model))
                    .rounds(2)
                    .build()
                    .run(DataSet.of(samples(10)), out);

            assertThat(report.calls()).isEqualTo(20);
            assertThat(report.account().lines()).singleElement().satisfies(line -> {
                assertThat(line.purpose()).isEqualTo("evolve:up");
                assertThat(line.client()).isEqualTo("custom");
                assertThat(line.calls()).isEqualTo(20);
                assertThat(line.failed()).isZero();
                assertThat(line.attempts()).isEqualTo(20);
                assertThat(line.cost()).isEmpty();
            });
            assertThat(report.usage()).isEqualTo(new TokenUsage(2000, 1200, 200, 0));
        }

        @Test
        void an_exact_repeat_of_a_record_gets_a_key_of_its_own() {
            Collected out = new Collected();
            Sample a = sample("a", 1);
            pipeline().build().run(DataSet.of(List.of(a, sample("b", 1), a, a)), out);

            String key = SampleKey.of(a).value();
            assertThat(out.written)
                    .extracting(s -> s.key().value())
                    .containsExactly(key, SampleKey.of(sample("b", 1)).value(), key + "~2", key + "~3");
        }
    }

    @Nested
    class Determinism {
        @ParameterizedTest
        @ValueSource(ints = {1, 3, 64})
        void the_output_is_the_same_at_any_concurrency_and_in_input_order(int concurrency) {
            List<Sample> seeds = samples(150);
            Collected reference = new Collected();
            pipeline().eliminators(mixed()).concurrency(7).build().run(DataSet.of(seeds), reference);
            Collected out = new Collected();
            pipeline().eliminators(mixed()).concurrency(concurrency).build().run(DataSet.of(seeds), out);

            assertThat(out.written).isEqualTo(reference.written);
            assertThat(out.written).extracting(EvolvedSample::sample).isEqualTo(seeds);
            assertThat(out.committed).isTrue();
        }

        @Test
        void another_seed_draws_other_directions() {
            Collected one = new Collected();
            Collected two = new Collected();
            pipeline().seed(1).build().run(DataSet.of(samples(30)), one);
            pipeline().seed(2).build().run(DataSet.of(samples(30)), two);

            assertThat(one.written).isNotEqualTo(two.written);
        }

        @Test
        void equal_shares_draw_each_direction_about_equally_often_and_weights_shift_them() {
            RunReport equal = pipeline().rounds(1).build().run(DataSet.of(samples(3000)), new Collected());
            RunReport weighted = pipeline()
                    .directions(DirectionSelector.weighted(Map.of("up", 3.0, "side", 1.0)))
                    .rounds(1)
                    .build()
                    .run(DataSet.of(samples(3000)), new Collected());

            assertThat(equal.rounds().get(0).attempted()).isBetween(2800L, 3200L);
            assertThat(weighted.rounds().get(0).attempted()).isBetween(4300L, 4700L);
        }
    }

    @Nested
    class Failures {
        @Test
        void an_evolver_that_throws_fails_its_sample_and_no_other() {
            Evolver touchy = Evolver.each(UP, (sample, live) -> {
                if (sample.id().equals("s3")) {
                    throw new IllegalStateException("cannot stand s3");
                }
                return Optional.of(Instruction.of("ok?", "ok"));
            });
            Collected out = new Collected();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(touchy)
                    .rounds(1)
                    .build()
                    .run(DataSet.of(samples(10)), out);

            assertThat(report.isComplete()).isTrue();
            assertThat(out.written.get(3).outcomes())
                    .allSatisfy(o -> assertThat(o).isInstanceOfSatisfying(Outcome.Failed.class, f -> {
                        assertThat(f.by()).isEqualTo("evolver");
                        assertThat(f.why()).contains("cannot stand s3");
                    }));
            assertThat(out.written.get(4).kept()).isNotEmpty();
        }

        @Test
        void an_unusable_image_fails_the_sample_once_and_not_in_every_round() {
            Evolver needsImage = new Evolver() {
                @Override
                public Direction direction() {
                    return UP;
                }

                @Override
                public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                    throw new ModelException.UnusableImage("image file not found: a.jpg");
                }
            };
            EvolvedSample result = EvolutionPipeline.builder()
                    .evolvers(needsImage)
                    .rounds(3)
                    .build()
                    .evolve(sample("a", 2).toBuilder()
                            .image("a.jpg", ImageSource.file(Path.of("a.jpg")))
                            .build());

            assertThat(result.outcomes())
                    .hasSize(2)
                    .allSatisfy(o -> assertThat(((Outcome.Failed) o).by()).isEqualTo("image"));
        }

        @Test
        void a_failed_model_call_fails_its_instructions_and_the_run_goes_on() {
            ModelClient flaky = request -> {
                if (request.text().equals("s1")) {
                    throw new ModelException.Timeout("no reply within 2 minutes");
                }
                return ModelResponse.of("Q?");
            };
            Collected out = new Collected();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(asking(flaky))
                    .rounds(1)
                    .build()
                    .run(DataSet.of(samples(3)), out);

            assertThat(report.rounds().get(0).failedBy()).containsEntry("model", 2L);
            assertThat(report.kept()).isEqualTo(4);
        }

        @Test
        void what_a_client_or_an_evolver_cancels_by_itself_has_failed() {
            ModelClient impatient = request -> {
                if (request.text().equals("s1")) {
                    throw new CancellationException("timed out");
                }
                return ModelResponse.of("Q?");
            };
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(asking(impatient))
                    .rounds(1)
                    .build()
                    .run(DataSet.of(samples(3)), new Collected());

            assertThat(report.isComplete()).isTrue();
            assertThat(report.rounds().get(0).failedBy()).containsEntry("evolver", 2L);
            assertThat(report.kept()).isEqualTo(4);
        }

        @Test
        void an_evolver_that_returns_null_has_failed_and_a_selector_that_does_is_told() {
            Evolver nothing = new Evolver() {
                @Override
                public Direction direction() {
                    return UP;
                }

                @Override
                @SuppressWarnings("NullAway")
                public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                    return null;
                }
            };
            EvolvedSample failed = EvolutionPipeline.builder()
                    .evolvers(nothing)
                    .rounds(1)
                    .build()
                    .evolve(sample("a", 1));
            assertThat(failed.outcomes())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Outcome.Failed.class,
                                    f -> assertThat(f.why()).isEqualTo("the evolver returned null")));
            assertThatThrownBy(() -> pipeline()
                            .directions((directions, sample, round, random) -> null)
                            .build()
                            .evolve(sample("a", 1)))
                    .hasMessageContaining("the direction selector returned null");
        }

        @Test
        void a_run_that_finished_nothing_leaves_what_is_there() {
            EvolutionPipeline.Builder refused = EvolutionPipeline.builder().evolvers(asking(request -> {
                throw badKey();
            }));
            Collected out = new Collected();
            for (RunStore store : List.of(RunStore.none(), RunStore.inMemory())) {
                EvolutionPipeline pipeline = refused.store(store).build();
                assertThatThrownBy(() -> pipeline.run(DataSet.of(samples(3)), out))
                        .isInstanceOf(RunStoppedException.class);
            }
            DataSet<Sample> unreadable = () -> {
                throw new IllegalStateException("the file is not there");
            };
            assertThatThrownBy(() -> pipeline().build().run(unreadable, out)).isInstanceOf(RunStoppedException.class);
            assertThat(out.committed).isFalse();
            pipeline().build().run(DataSet.of(List.of()), out);
            assertThat(out.committed).isTrue(); // there was nothing to do, and that is done
        }

        @Test
        void a_refused_key_ends_the_run_with_what_is_finished_written() {
            AtomicInteger calls = new AtomicInteger();
            ModelClient expiring = request -> {
                if (calls.incrementAndGet() > 20) {
                    throw badKey();
                }
                return ModelResponse.of("Q?");
            };
            Collected out = new Collected();
            EvolutionPipeline pipeline = EvolutionPipeline.builder()
                    .evolvers(asking(expiring))
                    .rounds(1)
                    .concurrency(4)
                    .build();

            assertThatThrownBy(() -> pipeline.run(DataSet.of(samples(500)), out))
                    .isInstanceOfSatisfying(RunStoppedException.class, e -> {
                        assertThat(e).hasCauseInstanceOf(ModelException.Authentication.class);
                        assertThat(e.report().samples()).isEqualTo(20);
                        assertThat(e.report().stoppedBy()).contains("the key was refused");
                    });
            assertThat(out.committed).isTrue();
            assertThat(out.written).hasSize(20);
            assertThat(calls).hasValueLessThan(40);
        }

        @Test
        void a_bad_key_reaches_the_caller_of_a_single_sample() {
            EvolutionPipeline pipeline = EvolutionPipeline.builder()
                    .evolvers(asking(request -> {
                        throw badKey();
                    }))
                    .build();
            assertThatThrownBy(() -> pipeline.evolve(sample("a", 1))).isInstanceOf(ModelException.Authentication.class);
        }

        @Test
        void seeds_that_cannot_be_read_on_end_the_run_with_what_came_before_written() {
            CountDownLatch finished = new CountDownLatch(5);
            DataSet<Sample> breaking = () -> Stream.concat(samples(5).stream(), Stream.generate(() -> {
                try {
                    finished.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new UncheckedIOException(new IOException("seeds.json: disk gone"));
            }));
            Collected out = new Collected();
            EvolutionPipeline pipeline = pipeline()
                    .listener(new RunListener() {
                        @Override
                        public void onSample(EvolvedSample sample) {
                            finished.countDown();
                        }
                    })
                    .build();

            assertThatThrownBy(() -> pipeline.run(breaking, out))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("disk gone");
            assertThat(out.committed).isTrue();
            assertThat(out.written).hasSize(5);
        }

        @Test
        void an_output_that_cannot_be_written_ends_the_run_and_is_not_committed() {
            AtomicBoolean committed = new AtomicBoolean();
            DataSetWriter full = () -> new DataSetWriter.Appender() {
                @Override
                public void append(EvolvedSample sample) {
                    throw new UncheckedIOException(new IOException("evolved.json: no space left"));
                }

                @Override
                public void commit() {
                    committed.set(true);
                }

                @Override
                public void close() {}
            };
            EvolutionPipeline pipeline = pipeline().build();
            assertThatThrownBy(() -> pipeline.run(DataSet.of(samples(100)), full))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("no space left");
            assertThat(committed).isFalse();
        }

        @Test
        void a_listener_that_throws_does_not_disturb_the_run() {
            RunReport report = pipeline()
                    .listener(new RunListener() {
                        @Override
                        public void onOutcome(Sample sample, Outcome outcome) {
                            throw new IllegalStateException("listener");
                        }
                    })
                    .rounds(1)
                    .build()
                    .run(DataSet.of(samples(3)), new Collected());
            assertThat(report.isComplete()).isTrue();
        }
    }

    @Nested
    class Stopping {
        @Test
        void a_stop_signal_writes_what_is_finished_and_says_so() {
            StopSignal signal = new StopSignal();
            Collected out = new Collected();
            RunReport report = pipeline()
                    .stopSignal(signal)
                    .concurrency(2)
                    .listener(new RunListener() {
                        @Override
                        public void onSample(EvolvedSample sample) {
                            if (sample.sample().id().equals("s10")) {
                                signal.stop();
                            }
                        }
                    })
                    .build()
                    .run(DataSet.of(samples(10_000)), out);

            assertThat(report.stoppedBy()).isEqualTo("stop signal");
            assertThat(out.committed).isTrue();
            assertThat(out.written).hasSizeBetween(10, 200);
            assertThat(report.samples()).isEqualTo(out.written.size());
        }

        @Test
        void an_interrupt_breaks_off_waiting_calls_and_sets_the_flag_again() {
            CountDownLatch calling = new CountDownLatch(1);
            ModelClient stuck = request -> {
                calling.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new ModelException.Interrupted("interrupted while waiting", e);
                }
                return ModelResponse.of("never");
            };
            Thread runner = Thread.currentThread();
            Thread interrupter = new Thread(() -> {
                try {
                    calling.await();
                } catch (InterruptedException e) {
                    return;
                }
                runner.interrupt();
            });
            interrupter.start();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(asking(stuck))
                    .build()
                    .run(DataSet.of(samples(5)), new Collected());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(report.stoppedBy()).isEqualTo("interrupted");
        }

        @Test
        void calls_in_flight_may_take_as_long_as_the_longest_grace_period_allows() {
            StopSignal signal = new StopSignal();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(asking(request -> {
                        signal.stop();
                        return ModelResponse.of("Q?");
                    }))
                    .stopSignal(signal)
                    .rounds(1)
                    .concurrency(1)
                    .grace(Duration.ofSeconds(Long.MAX_VALUE))
                    .build()
                    .run(DataSet.of(samples(5)), new Collected());
            assertThat(report.stoppedBy()).isEqualTo("stop signal");
            assertThat(report.kept()).isOne();
        }

        @Test
        void a_stop_breaks_off_calls_that_outlast_the_grace_period() {
            StopSignal signal = new StopSignal();
            ModelClient stuck = request -> {
                signal.stop();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new ModelException.Interrupted("interrupted while waiting", e);
                }
                return ModelResponse.of("never");
            };
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(asking(stuck))
                    .stopSignal(signal)
                    .grace(Duration.ofMillis(1))
                    .build()
                    .run(DataSet.of(samples(5)), new Collected());
            assertThat(report.stoppedBy()).isEqualTo("stop signal");
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(t -> t.isAlive() && t.getName().startsWith("mmevol-"));
        }
    }

    @Nested
    class Flow {
        @Test
        void one_straggler_delays_no_other_sample_and_the_window_bounds_what_is_read_ahead() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger read = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            ModelClient model = request -> {
                if (request.text().equals("s0")) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new ModelException.Interrupted("interrupted", e);
                    }
                }
                return ModelResponse.of("Q?");
            };
            CountDownLatch windowDone = new CountDownLatch(63);
            EvolutionPipeline pipeline = EvolutionPipeline.builder()
                    .evolvers(asking(model))
                    .rounds(1)
                    .concurrency(4)
                    .listener(new RunListener() {
                        @Override
                        public void onSample(EvolvedSample sample) {
                            done.incrementAndGet();
                            windowDone.countDown();
                        }
                    })
                    .build();
            DataSet<Sample> counted = () -> samples(1000).stream().peek(s -> read.incrementAndGet());
            Thread releaser = new Thread(() -> {
                try {
                    if (windowDone.await(30, TimeUnit.SECONDS) && read.get() <= 64) {
                        release.countDown();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            releaser.start();
            Collected out = new Collected();
            pipeline.run(counted, out);
            releaser.join();

            assertThat(out.written).hasSize(1000);
        }

        @Test
        void as_many_calls_as_the_concurrency_says_are_in_flight_and_no_more() {
            AtomicInteger inFlight = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(50);
            ModelClient model = request -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                all.countDown();
                try {
                    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new ModelException.Interrupted("interrupted", e);
                } finally {
                    inFlight.decrementAndGet();
                }
                return ModelResponse.of("Q?");
            };
            EvolutionPipeline.builder()
                    .evolvers(asking(model))
                    .rounds(2)
                    .concurrency(50)
                    .build()
                    .run(DataSet.of(samples(500)), new Collected());
            assertThat(most).hasValue(50);
        }

        @Test
        void other_samples_have_their_calls_on_the_way_while_replies_are_read() {
            assertBegunTogether(8, 10, 1_000);
        }

        @Test
        void the_last_samples_are_begun_together() {
            assertBegunTogether(8, 18, 18);
        }

        /** Runs with a rule that waits until so many samples have had their first call. */
        private void assertBegunTogether(int concurrency, int together, int samples) {
            CountDownLatch begun = new CountDownLatch(together);
            ModelClient model = request -> {
                begun.countDown();
                return ModelResponse.of("Q?");
            };
            Eliminator slow = Eliminator.each("slow", candidate -> {
                try {
                    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return Verdict.pass();
            });
            Collected out = new Collected();
            EvolutionPipeline.builder()
                    .evolvers(asking(model))
                    .eliminators(slow)
                    .rounds(1)
                    .concurrency(concurrency)
                    .build()
                    .run(DataSet.of(samples(samples)), out);
            assertThat(out.written)
                    .hasSize(samples)
                    .allSatisfy(sample -> assertThat(sample.outcomes()).allMatch(Outcome.Kept.class::isInstance));
        }
    }

    @Nested
    class Building {
        @Test
        void nonsense_is_refused_at_once() {
            EvolutionPipeline.Builder builder = EvolutionPipeline.builder();
            assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
            assertThatIllegalArgumentException().isThrownBy(() -> builder.rounds(0));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.concurrency(0));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.concurrency(Integer.MAX_VALUE));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.evolvers(rewriting(UP), rewriting(UP)))
                    .withMessageContaining("'up'");
            EvolutionPipeline.Builder misspelt = pipeline().directions(DirectionSelector.weighted(Map.of("upp", 1.0)));
            assertThatIllegalArgumentException().isThrownBy(misspelt::build).withMessageContaining("upp");
        }
    }
}
