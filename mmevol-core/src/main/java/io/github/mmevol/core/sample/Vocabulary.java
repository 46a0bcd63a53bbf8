package io.github.mmevol.core.sample;

import io.github.mmevol.core.internal.text.LowerCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The canonical spellings of skills, formats and image positions, and the way to them from the many spellings that data
 * files and model replies hold. What is not known comes back stripped but otherwise as it was.
 */
public final class Vocabulary {
    /** The nine atomic capabilities of the paper, canonical spellings, vision-centric ones first. */
    public static final List<String> SKILLS = List.of(
            "Grounding Ability",
            "Referencing Ability",
            "Calculating Ability",
            "OCR Ability",
            "Existence Ability",
            "Relationship Description Ability",
            "Context Understanding Ability",
            "Behavior Prediction Ability",
            "Knowledge Integration Ability");

    /** The positions: the whole image, or one part of a 2x2 mosaic. */
    public static final List<String> POSITIONS =
            List.of("single", "top left", "top right", "lower left", "lower right");

    private static final Map<String, String> SKILL_SPELLINGS = new LinkedHashMap<>();
    private static final Map<String, String> POSITION_SPELLINGS = new LinkedHashMap<>();
    private static final Map<String, String> FORMAT_SPELLINGS = new LinkedHashMap<>();

    static {
        for (String skill : SKILLS) {
            String words = letters(skill);
            SKILL_SPELLINGS.put(words, skill);
            SKILL_SPELLINGS.put(words.substring(0, words.length() - "ability".length()), skill);
        }
        Map.of(
                        "referring", "Referencing Ability",
                        "calculation", "Calculating Ability",
                        "calculate", "Calculating Ability",
                        "counting", "Calculating Ability",
                        "relationship", "Relationship Description Ability",
                        "relation description", "Relationship Description Ability",
                        "behaviour prediction", "Behavior Prediction Ability",
                        "text reading", "OCR Ability")
                .forEach((spelling, skill) -> {
                    SKILL_SPELLINGS.put(letters(spelling), skill);
                    SKILL_SPELLINGS.put(letters(spelling + "ability"), skill);
                });
        POSITIONS.forEach(position -> POSITION_SPELLINGS.put(letters(position), position));
        POSITION_SPELLINGS.put("upperleft", "top left");
        POSITION_SPELLINGS.put("upperright", "top right");
        POSITION_SPELLINGS.put("bottomleft", "lower left");
        POSITION_SPELLINGS.put("bottomright", "lower right");
        List.of("Norm", "complex reasoning", "detailed description")
                .forEach(format -> FORMAT_SPELLINGS.put(letters(format), format));
        FORMAT_SPELLINGS.put("normal", "Norm");
        FORMAT_SPELLINGS.put("multiplechoice", "multi_choice");
        FORMAT_SPELLINGS.put("mcq", "multi_choice");
        FORMAT_SPELLINGS.put("answerability", "completeness_of_response");
        List.of(
                        "region_selection",
                        "missing_object_selection",
                        "text_image_matching",
                        "object_region_matching",
                        "completeness_of_response",
                        "fill_in_the_blank",
                        "image_style_classification",
                        "art_type",
                        "rationales_generation",
                        "text_detection",
                        "text_translation",
                        "coreference_resolution",
                        "instruction_following",
                        "depth_order",
                        "relative_distance",
                        "creative_content_generation",
                        "multi_choice")
                .forEach(form -> FORMAT_SPELLINGS.put(letters(form), form));
        for (Map<String, String> spellings : List.of(SKILL_SPELLINGS, POSITION_SPELLINGS, FORMAT_SPELLINGS)) {
            Set.copyOf(spellings.values()).forEach(canonical -> spellings.put(canonical, canonical));
        }
    }

    private Vocabulary() {}

    /** The canonical spelling of a skill. */
    public static String skill(String text) {
        return spelling(SKILL_SPELLINGS, text);
    }

    /** The canonical spelling of a format or of a form's id. */
    public static String format(String text) {
        return spelling(FORMAT_SPELLINGS, text);
    }

    /** The canonical spelling of an image position. */
    public static String position(String text) {
        return spelling(POSITION_SPELLINGS, text);
    }

    private static String spelling(Map<String, String> spellings, String text) {
        String canonical = spellings.get(text); // as most are
        String known = canonical == null ? spellings.get(letters(text)) : canonical;
        return known == null ? text.strip() : known;
    }

    /** The letters and digits of a text in lower case, so that spaces, hyphens and underscores make no difference. */
    private static String letters(String text) {
        String lower = LowerCase.of(text);
        StringBuilder letters = new StringBuilder(lower.length());
        int next;
        for (int i = 0; i < lower.length(); i = next) {
            int letter = lower.codePointAt(i);
            next = i + Character.charCount(letter);
            if (Character.isLetterOrDigit(letter)) {
                letters.appendCodePoint(letter);
            }
        }
        return letters.toString();
    }
}
