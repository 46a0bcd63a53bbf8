package io.github.mmevol.examples.verbnoun;

import io.github.mmevol.core.analysis.VerbNounParser;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTagFormat;
import opennlp.tools.postag.POSTaggerME;

/**
 * Verb and noun of English questions, with the parts of speech that OpenNLP's English model tells. Thread-safe: each
 * sentence gets a tagger of its own, which is a light thing beside the model that they share.
 */
public final class OpenNlpVerbNouns {
    private static final String MODEL = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";
    /** Commands about images that the model, which has learned from news and mails, takes for nouns where they come first. */
    private static final Set<String> COMMANDS = Set.of(
            ("answer arrange calculate choose classify compare complete compose count describe determine draw estimate"
                            + " explain find give identify imagine infer judge list locate mark match name outline point"
                            + " predict quote rank read rewrite select sort spell state suggest summarize summarise tell"
                            + " trace transcribe translate use verify write")
                    .split(" "));

    private static final Set<String> HELPERS = Set.of("can could will would shall should may might must".split(" "));
    private static final Set<String> ASKING = Set.of("what which who whom whose how where when why".split(" "));
    private static final Set<String> PARTICIPLES = Set.of(
            ("made taken worn held seen shown hung drawn written found read put cut set built left known given hidden"
                            + " kept lit stuck tied used eaten broken thrown parked placed")
                    .split(" "));

    private OpenNlpVerbNouns() {}

    /**
     * The parser; loading takes about half a second.
     *
     * @throws IOException if the model is not on the class path: {@code org.apache.opennlp:opennlp-models-pos-en:1.3.0}
     */
    public static VerbNounParser load() throws IOException {
        try (InputStream in = OpenNlpVerbNouns.class.getResourceAsStream(MODEL)) {
            if (in == null) {
                throw new FileNotFoundException("the class path lacks " + MODEL);
            }
            POSModel model = new POSModel(in);
            return VerbNounParser.english(words -> tags(new POSTaggerME(model, POSTagFormat.UD), words));
        }
    }

    private static List<String> tags(POSTaggerME tagger, List<String> words) {
        String[] universal = tagger.tag(words.toArray(String[]::new));
        List<String> tags = new ArrayList<>(universal.length);
        for (int i = 0; i < universal.length; i++) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            boolean leads =
                    i == 0 || tags.get(i - 1).equals(",") || words.get(i - 1).equalsIgnoreCase("please");
            tags.add(leads && COMMANDS.contains(word) ? "VB" : tag(word, universal[i]));
        }
        return tags;
    }

    private static String tag(String word, String universal) {
        if (ASKING.contains(word)) {
            return "WP";
        }
        if (HELPERS.contains(word)) {
            return "MD";
        }
        return switch (universal) {
            case "VERB", "AUX" -> verb(word);
            case "NOUN", "PROPN" -> word.endsWith("s") ? "NNS" : "NN";
            case "ADJ" -> "JJ";
            case "ADV" -> "RB";
            case "DET" -> "DT";
            case "PRON" -> pronoun(word);
            case "NUM" -> "CD";
            case "ADP", "SCONJ" -> "IN";
            case "CCONJ" -> "CC";
            case "PART" -> word.equals("'s") ? "POS" : word.equals("to") ? "TO" : "RB";
            default -> ",";
        };
    }

    private static String verb(String word) {
        if (word.endsWith("ing") && word.length() > 4) {
            return "VBG";
        }
        return word.endsWith("ed") || PARTICIPLES.contains(word) ? "VBN" : "VB";
    }

    private static String pronoun(String word) {
        return switch (word) {
            case "there" -> "EX";
            case "that" -> "WDT";
            case "my",
                    "your",
                    "his",
                    "her",
                    "its",
                    "our",
                    "their",
                    "this",
                    "these",
                    "those",
                    "all",
                    "some",
                    "any",
                    "each" -> "DT";
            default -> "PRP";
        };
    }
}
