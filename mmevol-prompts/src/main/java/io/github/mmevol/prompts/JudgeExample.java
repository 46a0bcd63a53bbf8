package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Check;
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

    /** A pair with what is disputed and its verdict. */
    record Pair(LiveInstruction parent, Instruction evolved, List<Check> disputes, JudgedItem verdict) {
        Pair {
            disputes = List.copyOf(disputes);
        }

        Pair(LiveInstruction parent, Instruction evolved, JudgedItem verdict) {
            this(parent, evolved, List.of(), verdict);
        }
    }

    /** The reply that a model should give, as compact JSON. */
    String reply() {
        ObjectNode reply = Json.object();
        ArrayNode verdicts = reply.putArray("verdicts");
        List<String> ids = DataBlock.localIds(pairs.size());
        for (int i = 0; i < pairs.size(); i++) {
            JudgedItem verdict = pairs.get(i).verdict();
            ObjectNode node = verdicts.addObject().put("id", ids.get(i)).put("reason", verdict.reason());
            ArrayNode settled = node.putArray("settled");
            for (int d = 0; d < verdict.settled().size(); d++) {
                settled.addObject()
                        .put("id", Settlement.id(d))
                        .put("right", verdict.settled().get(d).right().word());
            }
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
