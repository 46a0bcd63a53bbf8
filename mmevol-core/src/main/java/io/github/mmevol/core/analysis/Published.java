package io.github.mmevol.core.analysis;

import io.github.mmevol.core.internal.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paper's figures (arXiv:2409.05840), as far as they compare like with like. */
final class Published {
    private Published() {}

    static ObjectNode json() {
        ObjectNode json = Json.object();
        ends(json, "skills", 1.03, 1.71);
        ends(json, "steps", 1.61, 2.47);
        ArrayNode score = json.putArray("score");
        double[] means = {4.98, 5.64, 6.22, 6.56};
        for (int round = 0; round < means.length; round++) {
            score.addArray().add(round).add(means[round]);
        }
        json.putArray("improved_in_round_1").add(0.68).add(0.72);
        json.put(
                "note",
                "Grey marks on a dotted line: the paper (arXiv:2409.05840), 30 000 seeds, a model of the 4o class; skills and steps are"
                        + " told before and after three rounds only. Its judge does not see the image and compares with the"
                        + " seed, so scores are a rough guide, and the share improved compares like with like in round 1"
                        + " alone.");
        return json;
    }

    private static void ends(ObjectNode json, String name, double before, double after) {
        ArrayNode marks = json.putArray(name);
        marks.addArray().add(0).add(before);
        marks.addArray().add(3).add(after);
    }
}
