package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.Scene;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    private static final Instruction WEARING = Instruction.of(
            "What is the woman wearing?", "She is wearing an orange pressure suit with a wide dark neck ring.");
    private static final Instruction WEARING_AGAIN = Instruction.of(
            "What is the woman wearing in this image?",
            "The woman is wearing an orange pressure suit with a wide dark neck ring.");

    private final Selection.Pass selection = Selection.nearDuplicates().start();
    private int samples;

    @Test
    void drops_what_is_said_again_about_the_same_file_wherever_it_stands() {
        EvolvedSample first = select("a.jpg", WEARING);
        select("b.jpg", Instruction.of("Where is the cup?", "On the table."));
        EvolvedSample later = select("a.jpg", WEARING_AGAIN);

        assertThat(first.kept()).hasSize(1);
        assertThat(later.outcomes()).singleElement().isInstanceOfSatisfying(Outcome.Eliminated.class, eliminated -> {
            assertThat(eliminated.by()).isEqualTo("near-duplicate");
            assertThat(eliminated.why()).isEqualTo("it says again what was kept before about this image");
            assertThat(eliminated.evidence())
                    .isEqualTo(first.kept().get(0).origin().id());
            assertThat(eliminated.instruction()).isEqualTo(WEARING_AGAIN);
            assertThat(eliminated.score()).hasValue(7);
        });
    }

    @Test
    void keeps_one_template_about_two_things() {
        EvolvedSample sample = select(
                "a.jpg",
                Instruction.of("Where is the cup?", "On the left."),
                Instruction.of("Where is the spoon?", "On the left."));

        assertThat(sample.kept()).hasSize(2);
    }

    @Test
    void keeps_the_same_about_another_photograph() {
        select(picture("a.jpg", new Scene(1).jpeg()), WEARING);

        assertThat(select(picture("b.jpg", new Scene(2).jpeg()), WEARING).kept())
                .hasSize(1);
        assertThat(select("c.jpg", WEARING).kept())
                .as("a photograph that cannot be read")
                .hasSize(1);
        assertThat(select("", WEARING).kept()).as("no photograph").hasSize(1);
        assertThat(select("", WEARING).kept()).as("another without photograph").hasSize(1);
    }

    @Test
    void finds_the_same_photograph_under_another_name_in_another_size_and_format() {
        EvolvedSample first = select(picture("a.jpg", new Scene(1).jpeg()), WEARING);
        select(picture("b.jpg", new Scene(2).jpeg()), WEARING);

        EvolvedSample smaller = select(picture("small.png", new Scene(1).png(0.5)), WEARING_AGAIN);
        EvolvedSample third = select(picture("third.jpg", new Scene(1).jpeg(2, 0.6f)), WEARING);

        assertThat(List.of(smaller, third))
                .allSatisfy(sample -> assertThat(sample.outcomes())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Outcome.Eliminated.class,
                                eliminated -> assertThat(eliminated.evidence())
                                        .isEqualTo(first.kept().get(0).origin().id())));
    }

    @Test
    void what_was_asked_of_one_copy_alone_is_found_once_the_copies_are_known() {
        Instruction handle = Instruction.of("Where does the cup's handle point?", "To the lower left corner.");
        Instruction handleInOtherWords =
                Instruction.of("Where in the picture does the cup's handle point?", "To the lower left corner.");
        select(picture("a.jpg", new Scene(1).jpeg()), handle, WEARING);
        EvolvedSample copy = select(picture("copy.jpg", new Scene(1).jpeg(1, 0.5f)), WEARING, handleInOtherWords);

        assertThat(copy.kept()).isEmpty();
    }

    @Test
    void looks_at_no_file_that_alone_was_asked_something() {
        AtomicInteger opened = new AtomicInteger();
        ImageSource counting = () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(new Scene(1).jpeg());
        };
        for (int i = 0; i < 20; i++) {
            select(
                    Sample.builder("s").image(i + ".jpg", counting).build(),
                    Instruction.of("Where is the thing" + i + "?", "Here."),
                    Instruction.of("Where is the thing" + i + "?", "There."),
                    Instruction.of("Which kind of picture is this?", "It is picture number " + i + "."));
        }
        assertThat(opened).hasValue(0);

        select(
                Sample.builder("s").image("last.jpg", counting).build(),
                Instruction.of("Where is the thing3?", "Here."),
                Instruction.of("Which kind of picture is this?", "It is picture number 3."));
        assertThat(opened).as("the two of which the same was said").hasValue(2);
    }

    @Test
    void a_question_with_very_many_answers_is_compared_by_looking_at_every_file() {
        Instruction answer = Instruction.of("Which kind of picture is this?", "It is a view of a harbour at dawn.");
        for (int i = 0; i < 300; i++) {
            select(i + ".jpg", Instruction.of("Which kind of picture is this?", "It is picture number " + i + "."));
        }
        select(picture("a.jpg", new Scene(1).jpeg()), answer);

        assertThat(select(picture("b.jpg", new Scene(1).png(1)), answer).kept()).isEmpty();
        assertThat(select(picture("c.jpg", new Scene(2).jpeg()), answer).kept()).hasSize(1);
    }

    @Test
    void the_same_about_another_part_of_a_mosaic_is_something_else() {
        EvolvedSample sample = select(
                "a.jpg",
                WEARING.toBuilder().imagePosition("top left").build(),
                WEARING.toBuilder().imagePosition("lower right").build(),
                WEARING.toBuilder().imagePosition("upper left").build(),
                WEARING.toBuilder().imagePosition("single").build(),
                WEARING);

        assertThat(sample.outcomes())
                .extracting(Outcome.Kept.class::isInstance)
                .containsExactly(true, true, false, true, false);
    }

    @Test
    void what_was_dropped_is_nothing_to_be_compared_with() {
        // Each says one word less than the one before; the third is near to the second, but not to the first.
        Instruction one = Instruction.of("What?", "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda my");
        Instruction two = Instruction.of("What?", "alpha beta gamma delta epsilon zeta eta theta iota kappa");
        Instruction three = Instruction.of("What?", "alpha beta gamma delta epsilon zeta eta theta");

        assertThat(select("a.jpg", one, two, three).outcomes())
                .extracting(Outcome.Kept.class::isInstance)
                .containsExactly(true, false, true);
    }

    @Test
    void each_pass_begins_anew() {
        select("a.jpg", WEARING);

        assertThat(Selection.nearDuplicates()
                        .start()
                        .select(evolved(named("a.jpg"), WEARING))
                        .kept())
                .hasSize(1);
    }

    @Test
    void a_file_that_cannot_be_read_is_known_by_its_name() {
        ImageSource broken = () -> {
            throw new IOException("gone");
        };
        select(Sample.builder("s").image("a.jpg", broken).build(), WEARING);
        select(Sample.builder("s").image("b.jpg", broken).build(), WEARING);

        assertThat(select(Sample.builder("s").image("a.jpg", broken).build(), WEARING)
                        .kept())
                .isEmpty();
    }

    private EvolvedSample select(String image, Instruction... kept) {
        return select(named(image), kept);
    }

    private EvolvedSample select(Sample sample, Instruction... kept) {
        return selection.select(evolved(sample, kept));
    }

    private static Sample named(String image) {
        return Sample.builder("s")
                .image(image, image.isEmpty() ? ImageSource.none() : ImageSource.within(Path.of("nowhere"), image))
                .build();
    }

    private static Sample picture(String image, byte[] file) {
        return Sample.builder("s").image(image, ImageSource.bytes(file)).build();
    }

    private EvolvedSample evolved(Sample sample, Instruction... kept) {
        Sample unique = sample.with(b -> b.hashId("sample " + ++samples));
        SampleKey key = SampleKey.of(unique);
        List<Outcome> outcomes = new ArrayList<>();
        for (Instruction instruction : kept) {
            outcomes.add(new Outcome.Kept(
                    Data.origin(key, 1, outcomes.size() + 1, key.instruction(0, 1)),
                    instruction,
                    OptionalInt.of(7),
                    "better"));
        }
        return new EvolvedSample(key, unique, outcomes);
    }
}
