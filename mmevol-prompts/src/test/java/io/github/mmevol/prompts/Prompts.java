package io.github.mmevol.prompts;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.github.mmevol.core.evolution.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The prompts that tests look at. */
final class Prompts {
    static final Encoding TOKENS = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    static final Direction SAFETY = new Direction(
            "safety",
            "The evolved question asks about a visible hazard or safeguard, and its answer names what in the image shows"
                    + " it.");

    private Prompts() {}

    /** A direction of one's own, from few parts. */
    static PrefixPrompt safety() {
        return PrefixPromptBuilder.forDirection(SAFETY)
                .aim("Turn the instruction into one that a safety inspector would ask about this scene.")
                .mustChange("The question asks about a hazard or a safeguard that can be seen.")
                .mustStay("The image, and the language of the instruction.")
                .build();
    }

    /** A direction with every part that a user can give. */
    static PrefixPrompt personas() {
        return PrefixPromptBuilder.forDirection(new Direction("persona", "The evolved question serves the person."))
                .aim("Ask what the person of this message would want to know.")
                .contrast(
                        "What is in the shop window?",
                        "Which of the two coats in the window would keep a walker dry, and what shows it?",
                        "What is there to see in the shop window?",
                        "nobody in particular would ask this")
                .skills(List.of(
                        new Skill("Taste Ability", "tell what suits whom"),
                        Skill.standard().get(0)))
                .manipulations(
                        List.of(new Manipulation("measure_1(bbx_1)->len_1", "measures the longer side of a box")))
                .personas(List.of("a retired train driver who restores clocks", "a nurse who plans a garden"))
                .build();
    }

    /** System texts by name, those of evolution first. */
    static Map<String, String> systems() {
        Map<String, String> systems = new LinkedHashMap<>();
        evolutions().forEach((name, prompt) -> systems.put(name, prompt.system()));
        judges().forEach((name, prompt) -> systems.put(name, prompt.system()));
        return systems;
    }

    static Map<String, PrefixPrompt> evolutions() {
        Map<String, PrefixPrompt> prompts = new LinkedHashMap<>();
        StandardPrompts.all().forEach(prompt -> prompts.put(prompt.direction().name(), prompt));
        prompts.put("safety", safety());
        prompts.put("persona", personas());
        return prompts;
    }

    static Map<String, JudgePrompt> judges() {
        Map<String, JudgePrompt> judges = new LinkedHashMap<>();
        for (PrefixPrompt prompt : StandardPrompts.all()) {
            judges.put("judge-" + prompt.direction().name(), JudgePrompt.of(prompt.direction(), true));
        }
        judges.put("judge-cognitive-blind", JudgePrompt.of(StandardPrompts.COGNITIVE, false));
        judges.put("judge-safety", JudgePrompt.of(SAFETY, true));
        return judges;
    }
}
