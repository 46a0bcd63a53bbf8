package io.github.mmevol.core.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.store.RunHistory;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredReply;
import io.github.mmevol.core.store.StoredRound;
import io.github.mmevol.core.store.StoredSample;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link RunStore} keeps to. To test a store of your own, extend this class and tell how to make one. */
@Timeout(60)
public abstract class RunStoreContract {

    /** An empty store. */
    protected abstract RunStore newStore();

    /** A store like another one that this process has open: where stores outlive their object, another object. */
    protected RunStore reopened(RunStore store) {
        return store;
    }

    /** Texts that a careless store changes. */
    static List<String> texts() {
        return List.of(
                "plain words",
                "quotes \" ' ` and backslashes \\ \\n \\u0041",
                "lines\nwith\r\nall\rends\tand tabs",
                "controls \u0000 \u0001 \u001f \u007f",
                "İ ı ß é e\u0301",
                "漢字 العربية \ud83d\ude00 \ud834\udd1e",
                "halves \ud83d and \ude00 of pairs",
                "marks \ufeff \u202e \u2028 \uffff",
                "'; DROP TABLE mmevol_reply; --",
                "long ".repeat(20_000));
    }

    protected static Sample sample(String id) {
        return Sample.builder(id)
                .instructions(List.of(Instruction.of("What is it?", "A cup."), Instruction.of("Which colour?", "Red.")))
                .build();
    }

    protected static Sample annotated(String text) {
        return Sample.builder(text)
                .image("a/" + text + ".jpg", ImageSource.within(Path.of("images"), "a/b.jpg"))
                .caption(text)
                .objects(List.of(
                        DetectedObject.of("cup", new BoundingBox(0.1, 1 / 3.0, 0.7, 1)),
                        new DetectedObject("lamp", new BoundingBox(0, 0, 0.5, 0.25), OptionalDouble.of(0.1 + 0.2))))
                .instructions(List.of(instruction(text), Instruction.of("What?", "That.")))
                .trust(AnnotationTrust.NOISY)
                .topicName(text)
                .size(640, 480)
                .hashId("h")
                .extras(Map.of("more", "{\"a\": [1.50, null]}"))
                .build();
    }

    protected static Instruction instruction(String text) {
        return Instruction.builder(text, text + "!")
                .steps(List.of(new Step("grounding_1(cup)->bbx_1", text), Step.of("then")))
                .objects(List.of("cup", text))
                .skills(List.of("object localization"))
                .format("multi_choice")
                .imagePosition("single")
                .extras(Map.of("score", "\"7/10\""))
                .build();
    }

    protected static StoredReply reply(String request, String text) {
        ModelResponse response = new ModelResponse(text, FinishReason.LENGTH, new TokenUsage(10, 4, 3, 1), "m");
        return new StoredReply(request, 1, "judge", "client", response, 1, Duration.ofMillis(12));
    }

    private static StoredRound blind(SampleKey key, int number) {
        return blind(key, number, "the image file is not there");
    }

    private static StoredRound blind(SampleKey key, int number, String why) {
        Outcome failed = new Outcome.Failed(origin(key, number, 1, ""), Optional.empty(), Outcome.Failed.IMAGE, why);
        return new StoredRound(
                number,
                "cognitive",
                List.of(new StoredRound.Attempt(failed, Optional.empty(), PromptInfo.NONE)),
                Map.of("seen", 1L),
                Map.of());
    }

    protected static StoredRound round(SampleKey key, int number, String text) {
        String hash = "abc" + Integer.toHexString(text.hashCode());
        PromptInfo prompt = new PromptInfo(hash, List.of("a phrase", text));
        List<StoredRound.Attempt> attempts = List.of(
                new StoredRound.Attempt(
                        new Outcome.Kept(
                                origin(key, number, 1, hash),
                                instruction(text),
                                OptionalInt.of(7),
                                text,
                                List.of(new Check("count", Check.Part.VALUE, text, Check.Result.DISPUTED, text))),
                        Optional.of(Instruction.of("as written", "before")),
                        prompt),
                new StoredRound.Attempt(
                        new Outcome.Eliminated(
                                origin(key, number, 2, hash),
                                instruction(text),
                                "form",
                                text,
                                "evidence " + text,
                                OptionalInt.empty()),
                        Optional.of(instruction(text)),
                        prompt),
                new StoredRound.Attempt(
                        new Outcome.Failed(origin(key, number, 3, ""), Optional.empty(), "refusal", text),
                        Optional.empty(),
                        PromptInfo.NONE),
                new StoredRound.Attempt(
                        new Outcome.Failed(origin(key, number, 4, hash), Optional.of(instruction("q")), "judge", text),
                        Optional.of(instruction("q")),
                        prompt));
        return new StoredRound(number, "cognitive", attempts, Map.of("repair", 2L), Map.of("judge m 1", text));
    }

    private static Outcome.Origin origin(SampleKey key, int round, int ordinal, String prompt) {
        return new Outcome.Origin(
                key.instruction(round, ordinal), key.instruction(0, ordinal), round, "cognitive", prompt, "m");
    }

    protected static List<StoredSample> all(RunStore store) {
        try (Stream<StoredSample> samples = store.samples()) {
            return samples.toList();
        }
    }

    private static RunStore.Claim claim(RunStore.Session session, Sample sample, long position) {
        return session.claim(SampleKey.of(sample), position, sample).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void gives_back_exactly_what_it_was_given(String text) {
        RunStore store = newStore();
        Sample sample = annotated(text);
        SampleKey key = SampleKey.of(sample);
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample, 0);
            claim.putReply(reply("r1", text));
            claim.putRound(round(key, 1, text));
            claim.putReply(new StoredReply(
                    "r2", 2, "evolve:x", "client", reply("r2", text).response(), 1, Duration.ZERO));
        }
        assertThat(all(reopened(store))).singleElement().satisfies(stored -> {
            assertThat(stored.key()).isEqualTo(key);
            assertThat(stored.sample()).isEqualTo(sample);
            assertThat(SampleKey.of(stored.sample())).isEqualTo(key);
            assertThat(stored.rounds()).containsExactly(round(key, 1, text));
            assertThat(stored.evolved().kept()).hasSize(1);
        });
        try (RunStore.Session session = reopened(store).open()) {
            RunStore.Claim claim = claim(session, sample, 0);
            assertThat(claim.rounds()).containsExactly(round(key, 1, text));
            assertThat(claim.reply("r2")).contains(reply("r2", text).response());
        }
    }

    @Test
    void the_first_reply_to_a_request_counts() {
        RunStore store = newStore();
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.reply("r")).isEmpty();
            assertThat(claim.putReply(reply("r", "first")).text()).isEqualTo("first");
            assertThat(claim.putReply(reply("r", "second")).text()).isEqualTo("first");
            assertThat(claim.reply("r")).map(ModelResponse::text).contains("first");
            assertThat(claim(session, sample("b"), 1).reply("r")).isEmpty();
        }
        try (RunStore.Session session = reopened(store).open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.reply("r")).map(ModelResponse::text).contains("first");
            assertThat(claim.putReply(reply("r", "third")).text()).isEqualTo("first");
        }
    }

    @Test
    void a_finished_round_stays_as_it_is() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putRound(round(key, 1, "first"));
            claim.putRound(round(key, 1, "second"));
        }
        assertThat(all(store).get(0).rounds()).containsExactly(round(key, 1, "first"));
    }

    @Test
    void place_tells_how_many_rounds_are_finished() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            assertThat(session.place(key, 0)).isZero();
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putRound(round(key, 1, "x"));
            claim.putRound(round(key, 2, "y"));
            assertThat(session.place(key, 0)).isEqualTo(2);
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.place(key, 0)).isEqualTo(2);
            assertThat(session.place(SampleKey.of(sample("b")), 1)).isZero();
        }
    }

    @Test
    void a_sample_at_its_end_is_known_as_such_and_can_be_claimed_all_the_same() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            assertThat(session.isAtEnd(key)).isFalse();
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putRound(round(key, 1, "x"));
            assertThat(session.isAtEnd(key)).isFalse();
            claim.end(true);
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.isToRetry(key)).isFalse();
            assertThat(session.place(key, 0)).isEqualTo(1);
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.isToRetry(key)).isFalse();
            assertThat(session.isAtEnd(SampleKey.of(sample("b")))).isFalse();
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putRound(round(key, 2, "y"));
            claim.end(true);
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.place(key, 0)).isEqualTo(2);
        }
    }

    @Test
    void what_is_at_its_end_for_the_time_being_is_to_be_tried_again_by_the_next_session() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.end(false);
            session.refresh();
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.isToRetry(key)).isFalse();
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.isToRetry(key)).isTrue();
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(session.isAtEnd(key)).isFalse();
            assertThat(session.isToRetry(key)).isFalse();
            claim.end(false);
            session.refresh();
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.isToRetry(key)).isFalse();
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.isToRetry(key)).isTrue();
            claim(session, sample("a"), 0).end(true);
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.isAtEnd(key)).isTrue();
            assertThat(session.isToRetry(key)).isFalse();
        }
    }

    @Test
    void what_was_left_as_it_is_is_told_by_the_next_claim() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.wasLeft()).isFalse();
            claim.putReply(reply("r", "paid for"));
            claim.leave();
            session.refresh();
            assertThat(session.isAtEnd(key)).isTrue();
        }
        for (boolean left : new boolean[] {true, false}) {
            try (RunStore.Session session = reopened(store).open()) {
                assertThat(session.place(key, 0)).isZero();
                assertThat(session.isAtEnd(key)).isFalse();
                assertThat(session.isToRetry(key)).isFalse();
                RunStore.Claim claim = claim(session, sample("a"), 0);
                assertThat(claim.wasLeft()).isEqualTo(left);
                assertThat(claim.reply("r")).isPresent();
            }
        }
    }

    @Test
    void a_round_that_failed_for_its_image_is_not_finished_and_gives_way_to_one_that_is() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putRound(round(key, 1, "x"));
            claim.putRound(blind(key, 2, "in the wrong folder"));
            claim.putRound(blind(key, 2));
            claim.end(false);
            assertThat(session.place(key, 0)).isEqualTo(1);
            assertThat(session.rounds(key)).containsExactly(round(key, 1, "x"), blind(key, 2));
        }
        assertThat(all(store).get(0).rounds()).containsExactly(round(key, 1, "x"), blind(key, 2));
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.place(key, 0)).isEqualTo(1);
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.rounds()).containsExactly(round(key, 1, "x"), blind(key, 2));
            claim.putRound(round(key, 2, "y"));
            claim.putRound(blind(key, 2));
            assertThat(session.place(key, 0)).isEqualTo(2);
        }
        assertThat(all(store).get(0).rounds()).containsExactly(round(key, 1, "x"), round(key, 2, "y"));
    }

    @Test
    void replies_of_a_round_that_failed_for_its_image_are_kept_for_the_next_attempt() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putReply(reply("r", "paid for"));
            claim.putRound(blind(key, 1));
        }
        try (RunStore.Session session = reopened(store).open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.reply("r")).map(ModelResponse::text).contains("paid for");
        }
    }

    @Test
    void a_claim_brings_the_sample_up_to_date() {
        RunStore store = newStore();
        for (ImageSource image : List.of(
                ImageSource.within(Path.of("wrong"), "a.jpg"),
                ImageSource.within(Path.of("right"), "a.jpg"),
                ImageSource.file(Path.of("a.jpg")))) {
            Sample sample = Sample.builder("a").image("a.jpg", image).build();
            try (RunStore.Session session = reopened(store).open()) {
                claim(session, sample, 0);
            }
            assertThat(all(store)).singleElement().satisfies(stored -> {
                assertThat(stored.sample().imageSource()).isEqualTo(image);
            });
        }
    }

    @Test
    void images_may_be_moved() {
        RunStore store = newStore();
        Path there = Path.of("there");
        Sample inFolder = Sample.builder("a")
                .image("a.jpg", ImageSource.within(Path.of("here"), "a.jpg"))
                .build();
        Sample elsewhere = Sample.builder("b")
                .image("b.jpg", ImageSource.file(Path.of("b.jpg")))
                .build();
        try (RunStore.Session session = store.imagesIn(there).open()) {
            claim(session, inFolder, 0);
            claim(session, elsewhere, 1).putRound(round(SampleKey.of(elsewhere), 1, "x"));
        }
        RunStore moved = reopened(store).imagesIn(there);
        assertThat(all(moved))
                .extracting(stored -> stored.sample().imageSource())
                .containsExactly(ImageSource.within(there, "a.jpg"), elsewhere.imageSource());
        assertThat(all(moved).get(1)).isEqualTo(all(store).get(1));
        assertThat(moved.settings()).isEqualTo(store.settings());
        assertThat(moved.history()).isEqualTo(store.history());
    }

    @Test
    void another_image_in_memory_under_the_same_record_is_another_sample() {
        RunStore store = newStore();
        for (byte content = 1; content <= 2; content++) {
            Sample upload = Sample.builder("a")
                    .image("upload.png", ImageSource.bytes(new byte[] {content}))
                    .build();
            try (RunStore.Session session = reopened(store).open()) {
                RunStore.Claim claim = claim(session, upload, 0);
                assertThat(claim.rounds()).isEmpty();
                claim.putRound(round(SampleKey.of(upload), 1, "x"));
                session.placedAll();
            }
            assertThat(all(store)).singleElement().satisfies(stored -> {
                assertThat(stored.sample()).isEqualTo(upload);
                assertThat(SampleKey.of(stored.sample())).isEqualTo(stored.key());
            });
        }
    }

    @Test
    void images_of_a_source_of_one_s_own_are_found_by_their_names() {
        RunStore store = newStore();
        ImageSource own = () -> new ByteArrayInputStream(new byte[] {7});
        ImageSource bytes = ImageSource.bytes(new byte[] {1});
        List<Sample> samples = List.of(
                Sample.builder("a").image("a.jpg", own).build(),
                Sample.builder("b")
                        .image("b.jpg", ImageSource.within(Path.of("here"), "b.jpg"))
                        .build(),
                Sample.builder("c").image("c.jpg", bytes).build(),
                Sample.builder("d").build());
        Function<String, ImageSource> byName = name -> name.equals("b.jpg") ? ImageSource.none() : own;
        try (RunStore.Session session = store.imagesFrom(byName).open()) {
            for (int i = 0; i < samples.size(); i++) {
                claim(session, samples.get(i), i);
            }
        }
        assertThat(all(reopened(store).imagesFrom(byName)))
                .extracting(stored -> stored.sample().imageSource())
                .containsExactly(own, samples.get(1).imageSource(), bytes, ImageSource.none());
    }

    @Test
    void the_rounds_of_a_sample_can_be_read_without_a_claim() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            assertThat(session.rounds(key)).isEmpty();
            claim(session, sample("a"), 0).putRound(round(key, 1, "x"));
            assertThat(session.rounds(key)).containsExactly(round(key, 1, "x"));
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.rounds(key)).containsExactly(round(key, 1, "x"));
        }
    }

    @Test
    void samples_come_in_the_order_of_the_last_seeds() {
        RunStore store = newStore();
        try (RunStore.Session session = store.open()) {
            for (int i : List.of(2, 0, 1)) {
                claim(session, sample("s" + i), i);
            }
            assertThat(session.placedAll()).isZero();
        }
        assertThat(all(store)).extracting(s -> s.sample().id()).containsExactly("s0", "s1", "s2");
        try (RunStore.Session session = reopened(store).open()) {
            claim(session, sample("new"), 0);
            session.place(SampleKey.of(sample("s2")), 1);
            session.place(SampleKey.of(sample("s0")), 2);
            assertThat(session.isPlaced()).isFalse();
            assertThat(session.placedAll()).isEqualTo(1);
        }
        assertThat(all(store)).extracting(s -> s.sample().id()).containsExactly("new", "s2", "s0");
        try (RunStore.Session session = reopened(store).open()) {
            session.place(SampleKey.of(sample("new")), 0);
            session.place(SampleKey.of(sample("s2")), 1);
            assertThat(session.isPlaced()).isFalse();
            session.place(SampleKey.of(sample("s0")), 2);
            assertThat(session.isPlaced()).isTrue(); // s1 was left out before
            claim(session, sample("newer"), 3);
            assertThat(session.isPlaced()).isTrue();
        }
        try (RunStore.Session session = reopened(store).open()) {
            session.place(SampleKey.of(sample("s1")), 0);
            assertThat(session.placedAll()).isEqualTo(4);
        }
        assertThat(all(store)).extracting(s -> s.sample().id()).containsExactly("s1");
    }

    @Test
    void what_was_said_is_seen_after_a_flush() {
        RunStore store = newStore();
        try (RunStore.Session session = store.open()) {
            for (int i = 0; i < 50; i++) {
                claim(session, sample("s" + i), i);
            }
        }
        try (RunStore.Session session = reopened(store).open()) {
            for (int i = 0; i < 50; i++) {
                session.place(SampleKey.of(sample("s" + i)), 49 - i);
            }
            session.flush();
            assertThat(all(store))
                    .extracting(s -> s.sample().id())
                    .startsWith("s49", "s48")
                    .endsWith("s0");
        }
    }

    @Test
    void a_round_of_a_sample_that_was_left_is_stored_all_the_same() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.leave();
            assertThat(claim.putRound(round(key, 1, "x"))).isTrue();
            assertThat(session.rounds(key)).hasSize(1);
        }
    }

    @Test
    void replies_of_later_rounds_stay_at_hand_when_a_round_is_stored() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            claim(session, sample("a"), 0)
                    .putReply(new StoredReply(
                            "r2", 2, "evolve:x", "client", reply("r2", "x").response(), 1, Duration.ZERO));
        }
        try (RunStore.Session session = reopened(store).open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.putRound(round(key, 1, "x"))).isTrue();
            assertThat(claim.reply("r2")).isPresent();
        }
    }

    @Test
    void repeats_of_a_record_are_samples_of_their_own() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            for (int i = 1; i <= 3; i++) {
                RunStore.Claim claim =
                        session.claim(key.occurrence(i), i - 1, sample("a")).orElseThrow();
                claim.putRound(round(key.occurrence(i), 1, "text " + i));
            }
        }
        assertThat(all(store)).extracting(StoredSample::key).containsExactly(key, key.occurrence(2), key.occurrence(3));
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.place(key.occurrence(3), 2)).isEqualTo(1);
            assertThat(session.place(key.occurrence(4), 3)).isZero();
        }
    }

    @Test
    void settings_last_and_are_replaced_as_a_whole() {
        RunStore store = newStore();
        assertThat(store.settings()).isEqualTo(RunSettings.NONE);
        try (RunStore.Session session = store.open()) {
            RunSettings first = new RunSettings(Map.of("a", "1", "b", "two\nlines"));
            assertThat(session.settings(RunSettings.NONE, first)).isTrue();
            assertThat(session.settings(first, new RunSettings(Map.of("b", "3"))))
                    .isTrue();
            assertThat(session.settings(first, new RunSettings(Map.of("b", "4"))))
                    .isFalse(); // another one was faster
        }
        assertThat(reopened(store).settings()).isEqualTo(new RunSettings(Map.of("b", "3")));
    }

    @Test
    void a_run_can_be_looked_at_while_it_goes_on() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(all(reopened(store)).get(0).rounds()).isEmpty();
            claim.putRound(round(key, 1, "x"));
            assertThat(all(reopened(store)).get(0).rounds()).hasSize(1);
        }
    }

    @Test
    void many_threads_store_at_once() {
        RunStore store = newStore();
        List<Sample> samples =
                IntStream.range(0, 200).mapToObj(i -> sample("s" + i)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (RunStore.Session session = store.open()) {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                Sample sample = samples.get(i);
                int position = i;
                done.add(CompletableFuture.runAsync(
                        () -> {
                            RunStore.Claim claim = claim(session, sample, position);
                            for (int r = 1; r <= 3; r++) {
                                claim.putReply(reply("r" + r, "text " + sample.id()));
                                claim.putRound(round(SampleKey.of(sample), r, sample.id()));
                            }
                        },
                        threads));
            }
            done.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.paidElsewhere().calls()).isEqualTo(600);
            samples.forEach(sample -> session.place(SampleKey.of(sample), samples.indexOf(sample)));
        }
        List<StoredSample> stored = all(store);
        assertThat(stored).extracting(StoredSample::sample).containsExactlyElementsOf(samples);
        assertThat(stored)
                .allSatisfy(s -> assertThat(s.rounds())
                        .containsExactly(
                                round(s.key(), 1, s.sample().id()),
                                round(s.key(), 2, s.sample().id()),
                                round(s.key(), 3, s.sample().id())));
    }

    private static Account.Line failure(String purpose, long attempts) {
        return new Account.Line(purpose, "client", 1, 1, attempts, TokenUsage.NONE, Duration.ofMillis(5));
    }

    @Test
    void what_was_paid_is_known_to_the_next_session_whether_or_not_it_was_used() {
        RunStore store = newStore();
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putReply(reply("r1", "x"));
            claim.putReply(reply("r1", "paid for twice"));
            claim.putFailure(failure("judge", 3));
            claim.putReply(new StoredReply(
                    "r2", 1, "evolve:x", "other", reply("r2", "y").response(), 2, Duration.ofSeconds(1)));
            assertThat(session.paidElsewhere()).isEqualTo(Account.NONE);
            assertThat(claim.paid().calls()).isEqualTo(2);
        }
        TokenUsage usage = new TokenUsage(10, 4, 3, 1);
        Account.Line judged =
                new Account.Line("judge", "client", 3, 1, 5, usage.plus(usage), Duration.ofMillis(12 + 12 + 5));
        Account.Line evolved = new Account.Line("evolve:x", "other", 1, 0, 2, usage, Duration.ofSeconds(1));
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.paidElsewhere().lines()).containsExactly(evolved, judged);
            RunStore.Claim claim = claim(session, sample("a"), 0);
            assertThat(claim.paid().lines())
                    .containsExactly(
                            evolved, new Account.Line("judge", "client", 1, 0, 1, usage, Duration.ofMillis(12)));
            claim.putReply(reply("r3", "z"));
            assertThat(session.paidElsewhere().calls()).isEqualTo(4);
            assertThat(claim(session, sample("b"), 1).paid()).isEqualTo(Account.NONE);
        }
        try (RunStore.Session session = reopened(store).open()) {
            assertThat(session.paidElsewhere().calls()).isEqualTo(5);
            assertThat(session.paidElsewhere().usage()).isEqualTo(new TokenUsage(40, 16, 12, 4));
        }
    }

    @Test
    void tells_what_the_run_took_and_how_it_ended_last() {
        RunStore store = newStore();
        assertThat(store.history()).isEqualTo(RunHistory.NONE);
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            claim.putReply(reply("r1", "x"));
            assertThat(reopened(store).history()).satisfies(so_far -> {
                assertThat(so_far.paid().calls()).isEqualTo(1);
                assertThat(so_far.stoppedBy()).contains("goes on");
            });
            claim.putFailure(failure("judge", 3));
            session.ended("the budget: \u0000 ' \ud83d\ude00");
        }
        RunHistory first = reopened(store).history();
        assertThat(first.stoppedBy()).startsWith("the budget: ").endsWith(" ' \ud83d\ude00");
        assertThat(first.paid().calls()).isEqualTo(2);
        assertThat(first.paid().failed()).isEqualTo(1);
        assertThat(first.paid().usage()).isEqualTo(new TokenUsage(10, 4, 3, 1));
        reopened(store).open().close();
        assertThat(reopened(store).history().stoppedBy()).contains("killed");
        try (RunStore.Session session = reopened(store).open()) {
            session.ended("");
        }
        RunHistory last = reopened(store).history();
        assertThat(last.stoppedBy()).isEmpty();
        assertThat(last.paid()).isEqualTo(first.paid());
        assertThat(last.took()).isGreaterThanOrEqualTo(first.took());
    }

    @Test
    void what_is_closed_takes_nothing_more() {
        RunStore store = newStore();
        RunStore.Session session = store.open();
        session.close();
        session.close();
        store.open().close();
        assertThat(all(store)).isEmpty();
    }

    @Test
    void an_interrupted_thread_lets_go_of_the_run_too() {
        RunStore store = newStore();
        RunStore.Session session = store.open();
        session.ended("interrupted");
        Thread.currentThread().interrupt();
        session.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reopened(store).history().stoppedBy()).isEqualTo("interrupted");
        reopened(store).open().close();
    }

    @Test
    void what_was_paid_for_is_stored_on_an_interrupted_thread_too() {
        RunStore store = newStore();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = claim(session, sample("a"), 0);
            Thread.currentThread().interrupt();
            claim.putFailure(failure("judge", 3));
            assertThat(claim.putReply(reply("r1", "first")).text()).isEqualTo("first");
            claim.putRound(round(key, 1, "x"));
            assertThat(claim.putReply(reply("r2", "next")).text()).isEqualTo("next");
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(all(reopened(store)).get(0).rounds()).hasSize(1);
        assertThat(reopened(store).history().paid().calls()).isEqualTo(3);
        assertThat(reopened(store).history().paid().failed()).isEqualTo(1);
    }

    /** For stores that are held by one process at a time. */
    protected static void assertHeld(RunStore store) {
        try (RunStore.Session session = store.open()) {
            assertThat(session).isNotNull();
            assertThatThrownBy(store::open)
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("wait until it ends");
        }
        store.open().close();
    }
}
