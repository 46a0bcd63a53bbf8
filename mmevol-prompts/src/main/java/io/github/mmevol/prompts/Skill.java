package io.github.mmevol.prompts;

import java.util.List;

/**
 * A skill that a question exercises, as a prompt names it (paper: atomic proposition).
 *
 * @param name the spelling in data files, for example {@code Grounding Ability}
 * @param meaning what it is, in a few words that end a line of the prompt
 */
public record Skill(String name, String meaning) {
    private static final List<Skill> STANDARD = List.of(
            new Skill("Grounding Ability", "find a thing that words name"),
            new Skill("Referencing Ability", "tell what a given place holds"),
            new Skill("Calculating Ability", "count, compare or compute"),
            new Skill("OCR Ability", "read text"),
            new Skill("Existence Ability", "tell whether something is there"),
            new Skill("Relationship Description Ability", "relate things in space, time or logic"),
            new Skill("Context Understanding Ability", "understand scene, event or implied story"),
            new Skill("Behavior Prediction Ability", "tell what happens next"),
            new Skill("Knowledge Integration Ability", "add knowledge of the world"));

    /** @throws IllegalArgumentException if a text is blank or has more than one line */
    public Skill {
        PromptText.checkLine("name of a skill", name);
        PromptText.checkLine("meaning of a skill", meaning);
    }

    /** The nine skills of the method: five vision-centric, then four language-centric. */
    public static List<Skill> standard() {
        return STANDARD;
    }
}
