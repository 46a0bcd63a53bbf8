package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VerifiedOnlyTest {
    private static final Check VALUE = new Check("count", Part.VALUE, "4", Result.CONFIRMED, "4 boxes");
    private static final Check BOX = new Check("box", Part.STEP, "[0, 0, 1, 1]", Result.CONFIRMED, "table");
    private static final Check OPEN = new Check("box-label", Part.STEP, "the dark spot", Result.UNDECIDED, "");

    @TempDir
    private Path folder;

    @Test
    void what_is_not_verified_is_written_as_eliminated_with_what_is_open() throws IOException {
        Sample sample = Data.sample("a", "a.jpg", "First?", "Second?", "Third?").toBuilder()
                .objects(List.of(DetectedObject.of("cup", new BoundingBox(0.1, 0.1, 0.2, 0.2))))
                .build();
        EvolvedSample evolved = new EvolvedSample(
                SampleKey.of(sample),
                sample,
                List.of(
                        kept(sample, 1, List.of(VALUE, BOX)),
                        kept(sample, 2, List.of(BOX, OPEN)),
                        kept(sample, 3, List.of())));
        Path kept = folder.resolve("kept.jsonl");
        Path lost = folder.resolve("lost.jsonl");

        Data.write(
                DataSets.writeJsonl(kept).and(DataSets.writeEliminatedJsonl(lost)),
                Selection.verifiedOnly().start().select(evolved));

        assertThat(Data.lines(kept)).singleElement().satisfies(line -> {
            assertThat(line.get("verification").stringValue()).isEqualTo("verified");
            assertThat(line.get("objects_grounded").toString()).isEqualTo("[\"cups\"]");
            assertThat(line.get("objects_unseen").toString()).isEqualTo("[\"dog\"]");
        });
        List<JsonNode> lines = Data.lines(lost);
        assertThat(lines)
                .extracting(line -> line.get("by").stringValue())
                .containsExactly("verified-only", "verified-only");
        assertThat(lines.get(0).get("why").stringValue()).endsWith("not verified: partly");
        assertThat(lines.get(0).get("evidence").stringValue()).isEqualTo("the dark spot");
        assertThat(lines.get(1).get("why").stringValue()).endsWith("not verified: undecided");
    }

    @Test
    void a_target_counts_what_is_verified() {
        Sample sample = Data.sample("a", "a.jpg", "First?", "Second?", "Third?", "Fourth?");
        EvolvedSample evolved = new EvolvedSample(
                SampleKey.of(sample),
                sample,
                List.of(
                        kept(sample, 1, List.of(OPEN)),
                        kept(sample, 2, List.of(VALUE)),
                        kept(sample, 3, List.of()),
                        kept(sample, 4, List.of(VALUE, BOX))));

        Selection.Pass pass = Selection.verifiedOnly().then(Selection.target(2)).start();

        assertThat(pass.select(evolved).kept())
                .extracting(kept -> kept.verification())
                .containsExactly(Verification.VERIFIED, Verification.VERIFIED);
        assertThat(pass.room()).hasValue(0);
    }

    private static Outcome.Kept kept(Sample sample, int ordinal, List<Check> checks) {
        SampleKey key = SampleKey.of(sample);
        Instruction instruction = Instruction.builder("How many?", "4")
                .objects(List.of("cups", "dog"))
                .build();
        return new Outcome.Kept(
                Data.origin(key, 1, ordinal, key.instruction(0, ordinal)), instruction, OptionalInt.of(5), "", checks);
    }
}
