package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import tools.jackson.databind.node.ObjectNode;

/**
 * An example that a prompt shows: an imagined scene, an instruction, and a good rewrite of it. Boxes are written as
 * {@code {oN}}.
 *
 * @param scene caption and objects
 * @param parent what is rewritten
 * @param evolved the rewrite
 */
record WorkedExample(Sample scene, LiveInstruction parent, Instruction evolved) {
    static final String ID = "q1";

    /** The reply that a model should give, as compact JSON. */
    String reply() {
        ObjectNode reply = Json.object();
        reply.putArray("instructions").add(item());
        return Json.write(reply);
    }

    private ObjectNode item() {
        ObjectNode item = Json.object();
        item.put("id", ID);
        item.put("question", evolved.question());
        item.set("steps", DataBlock.steps(evolved.steps(), new BoxIds(scene.objects())));
        item.put("answer", evolved.answer());
        item.set("objects", DataBlock.texts(evolved.objects()));
        item.set("skills", DataBlock.texts(evolved.skills()));
        item.put("format", evolved.format());
        return item;
    }

    /** An item that a model should not write, and why. */
    record Bad(String question, String answer, String why) {}
}
