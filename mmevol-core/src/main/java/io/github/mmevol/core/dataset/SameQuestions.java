package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.text.TextPrint;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Tells which files have to be looked at: those of which nearly the same is said. Of each question, as its telling words have
 * it, only texts are held that are not near to one another; where these become many, every file that it is asked of is
 * looked at.
 */
final class SameQuestions {
    private static final int MANY = 256;
    private static final int NONE = -1;
    private static final int ALL = -2;

    private final SeenTexts texts;
    /** By a question, the newest text that is held; {@link #ALL} where they became many. */
    private final LongInts newest = new LongInts();

    /** Of each text that is held, the one before it with the same question, and the file it is about. */
    private int[] before = new int[1 << 4];

    private int[] files = new int[1 << 4];

    SameQuestions(SeenTexts texts) {
        this.texts = texts;
    }

    /**
     * Looks at files where it has to, and tells whether a text is near to none with the same question that is held.
     *
     * @param look looks at a file, unless that was done before
     */
    boolean isNew(TextPrint print, int file, IntConsumer look) {
        long question = question(print);
        int last = newest.get(question, NONE);
        if (last == ALL) {
            look.accept(file);
            return false;
        }
        boolean isNew = true;
        int held = 0;
        for (int text = last; text != NONE; text = before[text]) {
            held++;
            if (print.repeats(texts.print(text))) {
                isNew = false;
                if (files[text] != file) {
                    look.accept(files[text]);
                    look.accept(file);
                }
            }
        }
        if (held == MANY) {
            for (int text = last; text != NONE; text = before[text]) {
                look.accept(files[text]);
            }
            look.accept(file);
            newest.put(question, ALL);
            return false;
        }
        return isNew;
    }

    /** Holds a text that is new. */
    void add(TextPrint print, int text, int file) {
        if (text >= before.length) {
            int length = Math.max(text + 1, before.length + (before.length >> 1));
            before = Arrays.copyOf(before, length);
            files = Arrays.copyOf(files, length);
        }
        long question = question(print);
        before[text] = newest.get(question, NONE);
        files[text] = file;
        newest.put(question, text);
    }

    private static long question(TextPrint print) {
        return Arrays.stream(print.telling()).asLongStream().reduce(0, Hash64::of);
    }
}
