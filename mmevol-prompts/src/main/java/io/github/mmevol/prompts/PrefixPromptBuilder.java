package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes the prompt of a direction from parts. Every part has a sound default, so that a direction of your own needs
 * few words:
 *
 * <pre>{@code
 * PrefixPrompt safety = PrefixPromptBuilder.forDirection(new Direction("safety", "It asks about a visible hazard."))
 *         .aim("Turn the instruction into one that a safety inspector would ask.")
 *         .mustChange("The question asks about a hazard or a safeguard that can be seen.")
 *         .build();
 * }</pre>
 *
 * <p>The system text has these sections, in this order: role and task; what you receive; this direction; skills and
 * manipulations; hard rules; reply; worked example; persona, if there are any. Not thread-safe.
 */
public final class PrefixPromptBuilder {
    /** As {@link HardRule#STEPS} says. */
    private static final int MOST_STEPS = 6;

    private final Direction direction;
    private String aim;
    private String mustChange = "Whatever the aim calls for, in question, steps and answer.";
    private String mustStay =
            "The language, the need to look at the image, and a single clear answer. The new question is no"
                    + " easier than the given one.";
    private Optional<Contrast> contrast = Optional.empty();
    private String format = "the given `format`, or `complex reasoning` where the answer tells a chain of reasoning";
    private List<Skill> skills = Skill.standard();
    private List<Manipulation> manipulations = Manipulation.standard();
    private boolean alreadyAsked;
    private List<String> cues = List.of();
    private Optional<Forms> forms = Optional.empty();
    private List<String> personas = List.of();
    private WorkedExample example = MarketStall.PERCEPTUAL_EXAMPLE;
    private Optional<WorkedExample.Bad> bad = Optional.of(MarketStall.PERCEPTUAL_BAD);
    private boolean borrowedExample = true;

    private PrefixPromptBuilder(Direction direction) {
        this.direction = direction;
        this.aim = "Rewrite the instruction so that this holds: " + direction.criterion();
    }

    /**
     * Starts the prompt of a direction; its criterion, by which a judge decides, goes into the prompt.
     *
     * @param direction its name becomes the purpose {@code evolve:<name>} of the requests
     */
    public static PrefixPromptBuilder forDirection(Direction direction) {
        return new PrefixPromptBuilder(direction);
    }

    /** The aim in one sentence; default: that the direction's criterion holds. It is repeated in each recap. */
    public PrefixPromptBuilder aim(String aim) {
        this.aim = PromptText.checkLine("aim", aim);
        return this;
    }

    /** What must change; default: whatever the aim calls for. */
    public PrefixPromptBuilder mustChange(String mustChange) {
        this.mustChange = PromptText.checkLine("text of what must change", mustChange);
        return this;
    }

    /** What must stay; default: the language, the need to look, a clear answer, the difficulty or more. */
    public PrefixPromptBuilder mustStay(String mustStay) {
        this.mustStay = PromptText.checkLine("text of what must stay", mustStay);
        return this;
    }

    /**
     * A pair that shows the border; default none.
     *
     * @param given a question
     * @param good a good rewrite of it
     * @param notEnough a rewrite that falls short
     * @param why why it falls short
     */
    public PrefixPromptBuilder contrast(String given, String good, String notEnough, String why) {
        return contrast(new Contrast(given, good, notEnough, why));
    }

    PrefixPromptBuilder contrast(Contrast contrast) {
        this.contrast = Optional.of(contrast);
        return this;
    }

    /** What the field {@code format} holds, as the end of a sentence; default: the given one, or complex reasoning. */
    public PrefixPromptBuilder format(String format) {
        this.format = PromptText.checkLine("text on the format", format);
        return this;
    }

    /**
     * The skills to choose from; default {@link Skill#standard()}.
     *
     * @throws IllegalArgumentException if empty, or if two have one name
     */
    public PrefixPromptBuilder skills(List<Skill> skills) {
        if (skills.isEmpty()) {
            throw new IllegalArgumentException("a prompt needs at least one skill");
        }
        Set<String> names = new HashSet<>();
        for (Skill skill : skills) {
            if (!names.add(skill.name().strip().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the skill '" + skill.name() + "' is there twice");
            }
        }
        this.skills = List.copyOf(skills);
        return this;
    }

    /** The manipulations to choose from, beside {@code None}; default {@link Manipulation#standard()}. */
    public PrefixPromptBuilder manipulations(List<Manipulation> manipulations) {
        this.manipulations = List.copyOf(manipulations);
        return this;
    }

    /**
     * An example of your own; default: that of the perceptual direction, said to show the form of a reply only.
     *
     * @param scene caption and objects of an imagined image that your seeds do not have
     * @param parent an instruction about it
     * @param evolved a good rewrite; boxes as {@code {oN}}, 1 to 6 steps, skills among those of the prompt
     * @throws IllegalArgumentException if the rewrite has no steps or more than 6
     */
    public PrefixPromptBuilder example(Sample scene, Instruction parent, Instruction evolved) {
        int steps = evolved.steps().size();
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "the example's rewrite needs 1 to " + MOST_STEPS + " steps, as replies do, not " + steps);
        }
        this.example = new WorkedExample(scene, new LiveInstruction(WorkedExample.ID, parent, List.of()), evolved);
        if (borrowedExample) {
            borrowedExample = false;
            bad = Optional.empty();
        }
        return this;
    }

    PrefixPromptBuilder example(WorkedExample example, WorkedExample.Bad bad) {
        this.example = example;
        this.bad = Optional.of(bad);
        borrowedExample = false;
        return this;
    }

    /**
     * A bad rewrite of your own example's instruction; default none.
     *
     * @param why what is wrong with it
     * @throws IllegalStateException if there is no example of your own yet
     */
    public PrefixPromptBuilder badExample(String question, String answer, String why) {
        if (borrowedExample) {
            throw new IllegalStateException("a bad example belongs to an example: call example(...) first");
        }
        bad = Optional.of(new WorkedExample.Bad(
                PromptText.checkLine("bad question", question),
                PromptText.checkLine("bad answer", answer),
                PromptText.checkLine("reason", why)));
        return this;
    }

    /** Tells each instruction the earlier questions of its line as {@code already_asked}; default not. */
    public PrefixPromptBuilder alreadyAsked() {
        alreadyAsked = true;
        return this;
    }

    /** Gives each instruction a {@code cue} that ends its new question, drawn from this pool; default none. */
    public PrefixPromptBuilder cues(List<String> cues) {
        cues.forEach(cue -> PromptText.checkLine("cue", cue));
        this.cues = List.copyOf(cues);
        return this;
    }

    /**
     * Gives each instruction {@code allowed_forms}: three forms of the table, drawn from those that its sample can carry
     * and its line has not had, and multiple choice as the fallback; default none.
     */
    public PrefixPromptBuilder forms(Forms forms) {
        this.forms = Optional.of(forms);
        return this;
    }

    /**
     * Descriptions of people of whom each sample gets one, whose view the rewrite takes (paper: persona); default none.
     * They stand in the samples' data; the static text only says what they are for.
     */
    public PrefixPromptBuilder personas(List<String> personas) {
        personas.forEach(persona -> PromptText.checkLine("persona", persona));
        this.personas = List.copyOf(personas);
        return this;
    }

    /**
     * The prompt.
     *
     * @throws IllegalStateException if an example of your own has a skill that the prompt does not name
     */
    public PrefixPrompt build() {
        checkSkillsOfExample();
        Allowance allowance = new Allowance(alreadyAsked, cues, forms);
        PromptText text = new PromptText()
                .section("Role and task", PromptParts.ROLE)
                .section("What you receive", PromptParts.RECEIVED, PromptText.bullets(fields(allowance)))
                .section("This direction: " + direction.name(), directionLines(), contrastLines())
                .section("Skills and manipulations", skillLines(skills, manipulations), PromptParts.AFTER_MANIPULATIONS)
                .section("Hard rules", PromptParts.BEFORE_RULES, PromptText.numbered(HardRule.texts()))
                .section("Reply", PromptParts.REPLY, PromptParts.SKELETON, replyNotes())
                .section("Worked example", exampleLines(allowance), badLines());
        if (!personas.isEmpty()) {
            text.section("Persona", PromptParts.PERSONA);
        }
        List<String> leaks = PromptLeakPhrases.of(
                example, bad, contrast.map(Contrast::rewrites).orElse(List.of()));
        String schema = ReplySchema.evolution(skills);
        return new PrefixPrompt(direction, aim, text.text(), schema, leaks, allowance, personas, example);
    }

    /** A borrowed example shows the form of a reply only. */
    private void checkSkillsOfExample() {
        List<String> names = skills.stream().map(Skill::name).toList();
        for (String skill :
                borrowedExample ? List.<String>of() : example.evolved().skills()) {
            if (!names.contains(skill)) {
                throw new IllegalStateException("the example's rewrite has the skill '" + skill
                        + "', which is none of the prompt's: " + String.join(", ", names));
            }
        }
    }

    private List<String> fields(Allowance allowance) {
        List<String> fields = new ArrayList<>(PromptParts.FIELDS);
        fields.addAll(allowance.fieldNotes());
        if (!personas.isEmpty()) {
            fields.add("`persona`: a person whose view you take.");
        }
        fields.add(PromptParts.REPAIR_FIELD);
        return fields;
    }

    private String directionLines() {
        return "Aim: " + aim + "\nChange: " + mustChange + "\nKeep: " + mustStay
                + "\nJudged by, with the given instruction as the parent: " + direction.criterion();
    }

    private String contrastLines() {
        return contrast.map(pair -> pair.text("Given", "Good", "Not enough")).orElse("");
    }

    static String skillLines(List<Skill> skills, List<Manipulation> manipulations) {
        List<String> skillLines = skills.stream()
                .map(skill -> skill.name() + ": " + skill.meaning())
                .toList();
        List<String> manipulationLines = new ArrayList<>(manipulations.stream()
                .map(manipulation -> "`" + manipulation.call() + "`: " + manipulation.meaning())
                .toList());
        manipulationLines.add("`None`: plain reasoning");
        return PromptParts.BEFORE_SKILLS + "\n" + PromptText.bullets(skillLines) + "\n"
                + PromptParts.BEFORE_MANIPULATIONS + "\n" + PromptText.bullets(manipulationLines);
    }

    private String replyNotes() {
        return PromptParts.REPLY_NOTES.replace("%s", format);
    }

    private String exampleLines(Allowance allowance) {
        BoxIds boxes = new BoxIds(example.scene().objects());
        ArrayNode objects = DataBlock.texts(BoxIds.lines(example.scene().objects()));
        ObjectNode given =
                PrefixPrompt.node(WorkedExample.ID, example.parent(), allowance.drawnFor(example), boxes, allowance);
        String data = "{\"objects\": " + Json.write(objects) + ", \"instructions\": [" + Json.write(given) + "]}";
        return (borrowedExample ? PromptParts.BORROWED_EXAMPLE + "\n" : "") + "Imagined scene: "
                + example.scene().caption() + "\nData: " + data + "\nReply: " + example.reply();
    }

    private String badLines() {
        return bad.map(item -> "A bad item for the same instruction: \"" + item.question() + "\", answer \""
                        + item.answer() + "\". Why it is bad: " + item.why())
                .orElse("");
    }
}
