package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.GroundedObjects;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** One record for each attempt: what was kept, or what was lost and why. */
final class AttemptRecords {
    private static final Instruction NOTHING = Instruction.of("", "");

    private AttemptRecords() {}

    static List<ObjectNode> kept(EvolvedSample evolved) {
        return evolved.kept().stream().map(kept -> kept(evolved.sample(), kept)).toList();
    }

    private static ObjectNode kept(Sample sample, Outcome.Kept kept) {
        ObjectNode record = record(sample, kept.origin(), kept.instruction(), kept.score(), kept.reason());
        Records.checks(record, kept);
        GroundedObjects objects = GroundedObjects.of(sample, kept.instruction(), LabelMatcher.english());
        record.set("objects_grounded", Records.texts(objects.grounded()));
        record.set("objects_unseen", Records.texts(objects.unseen()));
        return record;
    }

    static List<ObjectNode> lost(EvolvedSample evolved) {
        List<ObjectNode> records = new ArrayList<>();
        for (Outcome outcome : evolved.outcomes()) {
            if (outcome instanceof Outcome.Eliminated eliminated) {
                records.add(
                        record(evolved.sample(), eliminated.origin(), eliminated.instruction(), eliminated.score(), "")
                                .put("outcome", "eliminated")
                                .put("by", eliminated.by())
                                .put("why", eliminated.why())
                                .put("evidence", eliminated.evidence()));
            } else if (outcome instanceof Outcome.Failed failed) {
                records.add(record(
                                evolved.sample(),
                                failed.origin(),
                                failed.instruction().orElse(NOTHING),
                                OptionalInt.empty(),
                                "")
                        .put("outcome", "failed")
                        .put("by", failed.by())
                        .put("why", failed.why())
                        .put("evidence", ""));
            }
        }
        return records;
    }

    private static ObjectNode record(
            Sample sample, Outcome.Origin origin, Instruction instruction, OptionalInt score, String reason) {
        ObjectNode record = Json.object();
        record.put("id", origin.id());
        record.put("parent_id", origin.parentId());
        record.put("sample_id", sample.id());
        record.put("image", sample.image());
        record.put("round", origin.round());
        record.put("direction", origin.direction());
        record.put("question", instruction.question());
        record.put("answer", instruction.answer());
        record.set("steps", Records.steps(instruction));
        record.set("objects", Records.texts(instruction.objects()));
        record.set("skills", Records.texts(instruction.skills()));
        record.put("format", instruction.format());
        record.put("image_position", instruction.imagePosition());
        Records.score(record, score);
        record.put("reason", reason);
        record.put("prompt_hash", origin.promptHash());
        record.put("model", origin.model());
        Records.extras(record, instruction.extras());
        return record;
    }
}
