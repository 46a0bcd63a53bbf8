package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.internal.text.TextPrint;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Finds what says again what was kept before about the same image. A text stands at its image's file, or at the one that
 * this is known to be a copy of; files are looked at when nearly the same is said of two.
 */
final class NearDuplicates implements BiFunction<Sample, Outcome.Kept, Verdict> {
    private final Pictures pictures = new Pictures();
    private final SeenTexts texts = new SeenTexts();
    private final SameQuestions questions = new SameQuestions(texts);
    /** The ids of the texts. */
    private final List<String> ids = new ArrayList<>();
    /** The pictures at which texts stand. */
    private final BitSet used = new BitSet();
    /** By a picture, its copies at which texts stand, from before they were known to be copies. */
    private final Map<Integer, List<Integer>> copies = new HashMap<>();

    @Override
    public Verdict apply(Sample sample, Outcome.Kept kept) {
        Instruction instruction = kept.instruction();
        TextPrint print = TextPrint.of(instruction.question(), instruction.answer());
        long[] bands = MinHash.bands(print);
        int file = pictures.number(sample);
        boolean isNew = questions.isNew(print, file, this::look);

        int picture = pictures.original(file);
        long part = part(instruction);
        int earlier = texts.repeated(print, bands, Hash64.of(part, picture));
        for (int copy : copies.getOrDefault(picture, List.of())) {
            int repeated = texts.repeated(print, bands, Hash64.of(part, copy));
            if (repeated != SeenTexts.NONE && (earlier == SeenTexts.NONE || repeated < earlier)) {
                earlier = repeated;
            }
        }
        if (earlier != SeenTexts.NONE) {
            return Verdict.reject("it says again what was kept before about this image", ids.get(earlier));
        }
        if (isNew) {
            questions.add(print, ids.size(), file);
        }
        texts.add(print, bands, Hash64.of(part, picture));
        ids.add(kept.origin().id());
        used.set(picture);
        return Verdict.pass();
    }

    private void look(int file) {
        boolean known = pictures.original(file) != file;
        pictures.look(file);
        if (!known && pictures.original(file) != file && used.get(file)) {
            copies.computeIfAbsent(pictures.original(file), original -> new ArrayList<>())
                    .add(file);
        }
    }

    /** A number for the part of a mosaic that an instruction is about; the same for all that are about the whole. */
    static long part(Instruction instruction) {
        String position = Vocabulary.position(instruction.imagePosition());
        return position.equals("single") ? Hash64.of("") : Hash64.of(position);
    }
}
