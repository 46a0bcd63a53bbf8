package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An example that a judge's prompt shows.
 *
 * @param scene caption and objects
 * @param pairs what is judged, and how
 */
record JudgeExample(Sample scene, List<Pair> pairs) {

    /** A pair with its verdict; nothing in it is disputed. */
    record Pair(LiveInstruction parent, Instruction evolved, JudgedItem verdict) {}

    /** The reply that a model should give, as compact JSON. */
    String reply() {
        ObjectNode reply = Json.object();
        ArrayNode verdicts = reply.putArray("verdicts");
        List<String> ids = DataBlock.localIds(pairs.size());
        for (int i = 0; i < pairs.size(); i++) {
            JudgedItem verdict = pairs.get(i).verdict();
            ObjectNode node = verdicts.addObject().put("id", ids.get(i)).put("reason", verdict.reason());
            node.putArray("settled");
            node.put("answer_right", yesOrNo(verdict.answerRight()))
                    .put("needs_image", yesOrNo(verdict.needsImage()))
                    .put("well_posed", yesOrNo(verdict.wellPosed()))
                    .put("improved", yesOrNo(verdict.improved()))
                    .put("score", verdict.score());
        }
        return Json.write(reply);
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "yes" : "no";
    }
}
