package io.github.mmevol.prompts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The phrases of a prompt by which an echo of it is known: whole sentences of its examples, its marks and field names. */
final class PromptLeakPhrases {
    /** A shorter piece may stand in a good instruction by chance. */
    private static final int SHORTEST = 45;

    private static final List<String> MARKS = List.of(
            DataBlock.OPEN,
            DataBlock.CLOSE,
            "already_asked",
            "allowed_forms",
            "image_position",
            "string, or null to decline");

    private PromptLeakPhrases() {}

    static List<String> of(WorkedExample example, Optional<WorkedExample.Bad> bad, List<String> contrast) {
        List<String> texts = new ArrayList<>(contrast);
        texts.add(example.evolved().question());
        texts.add(example.evolved().answer());
        bad.ifPresent(item -> texts.add(item.question()));
        Set<String> phrases = new LinkedHashSet<>(MARKS);
        for (String text : texts) {
            // a reader of replies puts coordinates in the place of {o4}, so the text is looked for in pieces
            for (String piece : text.split("\\{o\\d+}", -1)) {
                if (piece.strip().length() >= SHORTEST) {
                    phrases.add(piece.strip());
                }
            }
        }
        return List.copyOf(phrases);
    }
}
