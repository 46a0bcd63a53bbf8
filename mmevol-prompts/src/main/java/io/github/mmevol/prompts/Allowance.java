package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a direction tells each instruction beside its own text.
 *
 * @param alreadyAsked whether the earlier questions of its line are told
 * @param cues the pool that a reasoning cue is drawn from; empty for none
 * @param forms the table that allowed forms are drawn from
 */
record Allowance(boolean alreadyAsked, List<String> cues, Optional<Forms> forms) {
    static final Allowance NOTHING = new Allowance(false, List.of(), Optional.empty());

    /** What was drawn for one instruction; each empty where the direction has none. */
    record Drawn(String cue, List<String> forms) {}

    /** Draws for each instruction, the same on every asking of a round. */
    List<Drawn> draw(Sample sample, List<LiveInstruction> live, Round round) {
        List<Form> shuffled = forms.map(table -> FormChoice.shuffled(sample, live, table, round.random("forms")))
                .orElse(List.of());
        List<Drawn> drawn = new ArrayList<>();
        for (LiveInstruction instruction : live) {
            String cue = cues.isEmpty()
                    ? ""
                    : cues.get(round.random("cue " + instruction.id()).nextInt(cues.size()));
            drawn.add(new Drawn(
                    cue,
                    forms.map(table -> FormChoice.offered(shuffled, table, instruction))
                            .orElse(List.of())));
        }
        return drawn;
    }

    /** What an example's rewrite has used, as if drawn. */
    Drawn drawnFor(WorkedExample example) {
        Instruction evolved = example.evolved();
        String cue =
                cues.stream().filter(evolved.question()::endsWith).findFirst().orElse("");
        List<String> offered = new ArrayList<>();
        forms.ifPresent(table -> {
            offered.addAll(List.of("rationales_generation", "fill_in_the_blank"));
            offered.removeIf(id -> table.find(id).isEmpty() || id.equals(evolved.format()));
            offered.add(Math.min(1, offered.size()), evolved.format());
            table.find(Forms.MULTIPLE_CHOICE).map(Form::id).ifPresent(offered::add);
        });
        return new Drawn(cue, offered.stream().distinct().toList());
    }

    void addTo(ObjectNode node, LiveInstruction live, Drawn drawn, BoxIds boxes) {
        if (alreadyAsked && !live.ancestors().isEmpty()) {
            node.set("already_asked", DataBlock.questions(live.ancestors(), boxes));
        }
        if (!drawn.cue().isEmpty()) {
            node.put("cue", drawn.cue());
        }
        if (!drawn.forms().isEmpty()) {
            node.set("allowed_forms", DataBlock.texts(drawn.forms()));
        }
    }

    /** The fields that the system text has to explain. */
    List<String> fieldNotes() {
        List<String> notes = new ArrayList<>();
        if (alreadyAsked) {
            notes.add(
                    "`already_asked`: questions that this instruction was rewritten from; what they ask about is used up.");
        }
        if (!cues.isEmpty()) {
            notes.add("`cue`: the words that end the new question, put into its language.");
        }
        if (forms.isPresent()) {
            notes.add("`allowed_forms`: ids of the forms to choose from, explained after the data.");
            forms.get()
                    .find(Forms.MULTIPLE_CHOICE)
                    .ifPresent(form ->
                            notes.add("`" + form.id() + "` among them is the fallback, for the case that no other"
                                    + " allowed form suits: " + form.task()));
        }
        return notes;
    }

    /** What is allowed now, for the user's message. */
    String explain(List<Drawn> drawn) {
        if (forms.isPresent()) {
            return explainForms(forms.get(), drawn);
        }
        if (!cues.isEmpty()) {
            return "Allowed now: any further reasoning that this image supports. Each new question ends with its `cue`.";
        }
        return alreadyAsked
                ? "Allowed now: any visible detail that the instruction's `question` and `already_asked` leave out."
                : "Allowed now: whatever this image supports.";
    }

    private static String explainForms(Forms table, List<Drawn> drawn) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Drawn one : drawn) {
            for (String id : one.forms()) {
                if (!id.equals(Forms.MULTIPLE_CHOICE)) {
                    table.find(id).ifPresent(form -> lines.put(id, "- `" + id + "`: " + form.task()));
                }
            }
        }
        return String.join("\n", "Allowed now, one form for each instruction:", String.join("\n", lines.values()));
    }
}
