package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a judge says of one evolved instruction.
 *
 * @param answerRight whether the answer is right for the image
 * @param needsImage whether the image is needed to answer
 * @param wellPosed whether the question is complete and has one answer
 * @param improved whether it is better than what it came from, as the direction means it
 * @param score difficulty and complexity, 0..10; 0 if the image is not needed
 * @param reason why; may be empty
 * @param settled what it says of each disputed claim
 */
record JudgedItem(
        boolean answerRight,
        boolean needsImage,
        boolean wellPosed,
        boolean improved,
        int score,
        String reason,
        List<Settlement> settled) {

    JudgedItem {
        settled = List.copyOf(settled);
    }

    /** Of an instruction without disputed claims. */
    JudgedItem(boolean answerRight, boolean needsImage, boolean wellPosed, boolean improved, int score, String reason) {
        this(answerRight, needsImage, wellPosed, improved, score, reason, List.of());
    }

    /** What {@link #toJson} wrote. */
    static JudgedItem of(String json) {
        JsonNode item = Json.parse(json);
        return new JudgedItem(
                item.path("answer_right").booleanValue(),
                item.path("needs_image").booleanValue(),
                item.path("well_posed").booleanValue(),
                item.path("improved").booleanValue(),
                item.path("score").intValue(),
                item.path("reason").asString(""),
                Settlement.ofJson(item.path("settled")));
    }

    /** What both say: yes where both do, the lower score, the reason of the one that objects, and no claim right but by both. */
    JudgedItem and(JudgedItem other) {
        return new JudgedItem(
                answerRight && other.answerRight,
                needsImage && other.needsImage,
                wellPosed && other.wellPosed,
                improved && other.improved,
                Math.min(score, other.score),
                other.objects() && !objects() ? other.reason : reason,
                Settlement.both(settled, other.settled));
    }

    private boolean objects() {
        return !(answerRight && needsImage && wellPosed && improved);
    }

    /** All of it as JSON text. */
    String toJson() {
        ObjectNode item = Json.object();
        item.put("answer_right", answerRight).put("needs_image", needsImage).put("well_posed", wellPosed);
        item.put("improved", improved).put("score", score).put("reason", reason);
        item.set("settled", Settlement.toJson(settled));
        return Json.writeUtf8(item);
    }
}
