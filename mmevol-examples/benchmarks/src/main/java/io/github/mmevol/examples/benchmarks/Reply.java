package io.github.mmevol.examples.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Writes the reply to a rendered prompt by looking at its bytes alone: one good item for each local id that stands in the
 * data object, an instruction where it lists instructions, a verdict where it lists pairs. The same body gets the same
 * reply; other data gets questions of another wording. Stateless.
 */
final class Reply {
    private static final byte[] DATA = bytes("<sample_data>\\n{");
    private static final byte[] DATA_END = bytes("</sample_data>");
    private static final byte[] PAIRS = bytes("\\\"pairs\\\": [");
    private static final byte[] ID = bytes("{\\\"id\\\":\\\"q");

    private static final String[] INSTRUCTION = template("""
            {"id":"@","question":"Round mark number @ asks about three things: which of the cup, the lamp and the book stands \
            furthest left, and how far are the other two from it? Explain how you reach your answer.",\
            "steps":[{"manipulation":"grounding_1(first thing)->bbx_1","description":"The first of the three is at {o1}."},\
            {"manipulation":"grounding_2(second thing)->bbx_2","description":"The second of the three is at {o2}."},\
            {"manipulation":"grounding_3(third thing)->bbx_3","description":"The third of the three is at {o3}."},\
            {"manipulation":"calculate(distances from bbx_1)->res_1","description":"The left edges lie one and two tenths of the width apart."}],\
            "answer":"The left edges grow from the first thing to the third, so the first one stands furthest left; the \
            second is one tenth of the width away from it and the third is two tenths away.",\
            "objects":["first thing","second thing","third thing"],\
            "skills":["Grounding Ability","Calculating Ability","Relationship Description Ability"],\
            "format":"complex reasoning"}""");
    private static final String[] VERDICT = template("""
            {"id":"@","reason":"All three things can be found at the places that the steps name (mark @), and the order follows. \
            Comparing the distances is necessary and was not before.","answer_right":"yes","needs_image":"yes",\
            "well_posed":"yes","improved":"yes","score":7}""");

    private Reply() {}

    /** The body of the HTTP response to the body that lies between two indices. */
    static byte[] to(byte[] request, int from, int to) {
        int start = indexOf(DATA, request, from, to);
        int end = start < 0 ? -1 : indexOf(DATA_END, request, start, to);
        if (end < 0) {
            throw new IllegalArgumentException("a body of " + (to - from) + " bytes without <sample_data>");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(request, start, end - start);
        boolean judging = indexOf(PAIRS, request, start, end) >= 0;
        String[] item = judging ? VERDICT : INSTRUCTION;
        StringBuilder reply = new StringBuilder(2048)
                .append(
                        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"local\",")
                .append("\"choices\":[{\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\",")
                .append("\"message\":{\"role\":\"assistant\",\"refusal\":null,\"content\":\"")
                .append(judging ? "{\\\"verdicts\\\":[" : "{\\\"instructions\\\":[");
        int items = 0;
        for (int at = indexOf(ID, request, start, end); at >= 0; at = indexOf(ID, request, at + 1, end)) {
            int digits = at + ID.length;
            int behind = digits;
            while (request[behind] >= '0' && request[behind] <= '9') {
                behind++;
            }
            String id = "q" + new String(request, digits, behind - digits, StandardCharsets.US_ASCII);
            reply.append(items == 0 ? "" : ",")
                    .append(item[0])
                    .append(id)
                    .append(item[1])
                    .append(checksum.getValue())
                    .append(id, 1, id.length())
                    .append(item[2]);
            items++;
        }
        return reply.append("]}\"}}],\"usage\":{\"prompt_tokens\":3000,\"completion_tokens\":")
                .append(String.format(Locale.ROOT, "%d,\"total_tokens\":%d}}", 200 * items, 3000 + 200 * items))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Where the pattern begins between two indices, or -1. */
    static int indexOf(byte[] pattern, byte[] in, int from, int to) {
        byte first = pattern[0];
        for (int i = from; i <= to - pattern.length; i++) {
            if (in[i] == first && matches(pattern, in, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] pattern, byte[] in, int at) {
        for (int k = 1; k < pattern.length; k++) {
            if (in[at + k] != pattern[k]) {
                return false;
            }
        }
        return true;
    }

    /** What stands around id and number, ready to stand inside a JSON string. */
    private static String[] template(String item) {
        return item.replace("\"", "\\\"").split("@", -1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
