package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.internal.text.TextPrint;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Finds what says again what was kept before about the same image. */
final class NearDuplicates implements BiFunction<Sample, Outcome.Kept, Verdict> {
    private final Pictures pictures = new Pictures();
    private final SeenTexts texts = new SeenTexts();
    /** The ids of the texts. */
    private final List<String> ids = new ArrayList<>();
    /** By what is asked, the first picture that it was asked of. */
    private final LongInts asked = new LongInts();

    @Override
    public Verdict apply(Sample sample, Outcome.Kept kept) {
        Instruction instruction = kept.instruction();
        TextPrint print = TextPrint.of(instruction.question(), instruction.answer());
        long[] bands = MinHash.bands(print);
        int picture = pictures.number(sample);
        lookWhereTheSameIsAsked(print, picture);

        long part = part(instruction);
        int earlier = SeenTexts.NONE;
        for (int alike : pictures.alike(picture)) {
            int repeated = texts.repeated(print, bands, Hash64.of(part, alike));
            if (repeated != SeenTexts.NONE && (earlier == SeenTexts.NONE || repeated < earlier)) {
                earlier = repeated;
            }
        }
        if (earlier != SeenTexts.NONE) {
            return Verdict.reject("it says again what was kept before about this image", ids.get(earlier));
        }
        texts.add(print, bands, Hash64.of(part, picture));
        ids.add(kept.origin().id());
        return Verdict.pass();
    }

    /** All pictures of which the same is asked have been looked at, as soon as there are two. */
    private void lookWhereTheSameIsAsked(TextPrint print, int picture) {
        long question = Arrays.stream(print.telling()).asLongStream().reduce(0, Hash64::of);
        int first = asked.get(question, picture);
        if (first == picture) {
            asked.put(question, picture);
        } else {
            pictures.look(first);
            pictures.look(picture);
        }
    }

    /** A number for the part of a mosaic that an instruction is about; the same for all that are about the whole. */
    static long part(Instruction instruction) {
        String position = Vocabulary.position(instruction.imagePosition());
        return position.equals("single") ? Hash64.of("") : Hash64.of(position);
    }
}
