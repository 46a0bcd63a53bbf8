package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.text.LowerCase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows questions that ask for nothing but a description of the image, as caption data sets word them in English. */
final class Descriptions {
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final int LONGEST = 200;

    private static final Set<String> IMAGE = words("image images picture photo photograph photos scene");
    private static final Set<String> ASKING =
            words("describe description descriptions caption captions summarize summary"
                    + " explain explanation account narrative narrate depiction depict portray portrayal rundown analysis analyze"
                    + " interpretation characterize illustrate examine clarify contents content see shown show shows happening"
                    + " depicted presented going visible details elements aspects");

    /** What may stand beside: nothing that names a thing in the image. */
    private static final Set<String> AROUND = words(
            "a about above all an and any appears are as aspects assist at attempt"
                    + " before being below break brief briefly by can clear clearly close closely compact comprehensive concise"
                    + " concisely could create depth descriptive detail detailed details displayed do does down elaborate every"
                    + " everything exhaustive feature features find following for front full further generate give given good great"
                    + " here high i in informative is it its key main make manner me more much of offer on one or paragraph perspective"
                    + " please possible precise precision present present provide provided quality relay render rich s sentence"
                    + " sentences share short simple single specific subsequent succinct succinctly terse the there this thorough"
                    + " thoroughly through to using us various vivid visual walk well what when with within word words would write you"
                    + " your but important level possible explaining describing tell look can image's most short story");

    private Descriptions() {}

    static boolean asksFor(String question) {
        if (question.length() > LONGEST) {
            return false;
        }
        boolean image = false;
        boolean asking = false;
        for (String word : NO_LETTER.split(LowerCase.of(question), -1)) {
            image |= IMAGE.contains(word);
            asking |= ASKING.contains(word);
            if (!word.isEmpty() && !IMAGE.contains(word) && !ASKING.contains(word) && !AROUND.contains(word)) {
                return false;
            }
        }
        return image && asking;
    }

    private static Set<String> words(String words) {
        return Set.copyOf(List.of(words.split(" ")));
    }
}
