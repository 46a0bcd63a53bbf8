package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Which forms an instruction may take: some of those that its sample can carry, none that its line has had. */
final class FormChoice {
    private static final int OFFERED = 3;
    private static final Set<String> TEXT_HINTS =
            Texts.words("text texts sign signs signboard signboards label labels labeled"
                    + " labelled logo logos lettering writing written inscription inscriptions inscribed poster posters banner banners"
                    + " billboard billboards newspaper newspapers magazine magazines menu menus title titles titled headline headlines"
                    + " caption captions chart charts axis axes legend legends document documents receipt receipts nameplate nameplates"
                    + " badge badges subtitle subtitles ticket tickets reads spells");
    /** Words that hint at text behind one of the words for what is written on them. */
    private static final Set<String> PLATES = Texts.words("plate plates tag tags");

    private static final Set<String> WRITTEN_ON_PLATES = Texts.words("license number name price");
    private static final String QUOTES = "\"\u201c\u201d\u300c\u00ab";

    private FormChoice() {}

    /** The forms that a sample can carry, shuffled; multiple choice, the fallback, is not among them. */
    static List<Form> shuffled(Sample sample, List<LiveInstruction> live, Forms forms, Random random) {
        boolean boxes = !sample.objects().isEmpty();
        boolean text = hintsAtText(sample, live);
        List<Form> carried = new ArrayList<>(forms.all().stream()
                .filter(form -> boxes || !form.needsBoxes())
                .filter(form -> text || !form.needsText())
                .filter(form -> !form.id().equals(Forms.MULTIPLE_CHOICE))
                .toList());
        Collections.shuffle(carried, random);
        return carried;
    }

    /** The first three that the line has not had, then multiple choice as the fallback unless it has had that. */
    static List<String> offered(List<Form> shuffled, Forms forms, LiveInstruction live) {
        List<String> had = Stream.concat(Stream.of(live.instruction()), live.ancestors().stream())
                .map(instruction -> Vocabulary.format(instruction.format()))
                .toList();
        List<String> offered = new ArrayList<>(shuffled.stream()
                .map(Form::id)
                .filter(id -> !had.contains(id))
                .limit(OFFERED)
                .toList());
        boolean fallback = forms.find(Forms.MULTIPLE_CHOICE).isPresent();
        if (fallback && (!had.contains(Forms.MULTIPLE_CHOICE) || offered.isEmpty())) {
            offered.add(Forms.MULTIPLE_CHOICE);
        }
        return offered;
    }

    /** Whether what is known of the image lets one expect legible text in it. */
    static boolean hintsAtText(Sample sample, List<LiveInstruction> live) {
        if (hints(sample.caption()) || sample.objects().stream().anyMatch(object -> hints(object.label()))) {
            return true;
        }
        return Stream.concat(sample.instructions().stream(), live.stream().map(LiveInstruction::instruction))
                .anyMatch(FormChoice::hintsAtText);
    }

    private static boolean hintsAtText(Instruction instruction) {
        return instruction.skills().stream()
                        .anyMatch(skill -> Vocabulary.skill(skill).equals("OCR Ability"))
                || instruction.objects().stream().anyMatch(FormChoice::hints)
                || hints(instruction.answer());
    }

    private static boolean hints(String text) {
        String before = "";
        int end;
        for (int at = 0; at < text.length(); at = end) {
            end = at;
            while (end < text.length() && Texts.wordly(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                String word = LowerCase.of(text.substring(at, end));
                if (TEXT_HINTS.contains(word) || (PLATES.contains(word) && WRITTEN_ON_PLATES.contains(before))) {
                    return true;
                }
                before = word;
            } else if (QUOTES.indexOf(text.charAt(at)) >= 0) {
                return true;
            } else {
                end++;
                before = end < text.length() && Texts.wordly(text.charAt(end)) && " -".indexOf(text.charAt(at)) >= 0
                        ? before
                        : "";
            }
        }
        return false;
    }
}
