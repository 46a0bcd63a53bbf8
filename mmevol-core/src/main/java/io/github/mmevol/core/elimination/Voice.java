package io.github.mmevol.core.elimination;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import java.util.Set;

/** Whose words an answer may be, and what makes a refusal of "I cannot" there. */
enum Voice {
    /** The writer's own: every inability is a refusal. */
    WRITER,
    /** Somebody's in something made up: a refusal serves nobody, or stands alone behind a regret. */
    INVENTED,
    /** Somebody's who is made to speak: a refusal names what was asked for, or that it is not answered. */
    SPOKEN,
    /** Those of a text in the image: a refusal is as of somebody made to speak, or cannot read what the question speaks of. */
    QUOTED;

    private static final String CREATIVE = "creative_content_generation";
    private static final Set<String> TEXT_FORMS = Set.of("text_detection", "text_translation");
    private static final Set<String> SPEAKING =
            Texts.words("reply replies speak speaks speech role-play roleplay pretend monologue dialogue dialog diary "
                    + "refusal apology");
    private static final Set<String> QUOTING = Texts.words(
            "say says said saying translate translated translation quote quotes transcribe slogan inscription "
                    + "unreadable illegible");
    /** What only someone who was asked for something says that he cannot. */
    private static final List<String> SERVING = List.of(
            "help you",
            "help with",
            "assist",
            "fulfil",
            "fulfill",
            "comply",
            "generate",
            "rewrite",
            "nicht beantworten",
            "nicht helfen",
            "nicht weiterhelfen",
            "nicht erf\u00fcllen",
            "nicht bearbeiten",
            "aider",
            "satisfaire",
            "ayudar",
            "ayudarte",
            "ayudarle",
            "cumplir",
            "\u5e2e\u52a9",
            "\u534f\u52a9",
            "\u751f\u6210");
    /** What only someone who was asked a question says that he cannot. */
    private static final List<String> ANSWERING = List.of(
            "answer",
            "provide",
            "determine",
            "identify",
            "infer",
            "assist",
            "help with",
            "fulfil",
            "fulfill",
            "comply",
            "disclose",
            "analyze",
            "analyse",
            "verify",
            "confirm",
            "transcribe",
            "translate",
            "enough information",
            "nicht beantworten",
            "nicht weiterhelfen",
            "nicht bestimmen",
            "nicht identifizieren",
            "nicht erf\u00fcllen",
            "nicht feststellen",
            "nicht angeben",
            "nicht bearbeiten",
            "r\u00e9pondre",
            "identifier",
            "d\u00e9terminer",
            "fournir",
            "satisfaire",
            "responder",
            "identificar",
            "determinar",
            "proporcionar",
            "cumplir",
            "procesar",
            "\u56de\u7b54",
            "\u63d0\u4f9b",
            "\u8bc6\u522b",
            "\u786e\u5b9a",
            "\u5224\u65ad",
            "\u534f\u52a9");
    /** What was asked for, or shown. */
    private static final List<String> REQUESTS = List.of(
            "with that",
            "with this",
            "do that",
            "do this",
            "request",
            "image",
            "images",
            "picture",
            "photo",
            "photograph",
            "question",
            "task",
            "prompt",
            "instruction",
            "dabei",
            "damit",
            "anfrage",
            "frage",
            "bild",
            "foto",
            "demande",
            "cela",
            "\u00e7a",
            "imagen",
            "solicitud",
            "pregunta",
            "eso",
            "\u56fe\u7247",
            "\u56fe\u50cf",
            "\u95ee\u9898",
            "\u8bf7\u6c42");

    private static final List<String> OBSERVING = List.of(
            "see",
            "view",
            "read",
            "identify",
            "determine",
            "make out",
            "recognize",
            "recognise",
            "tell what",
            "erkennen",
            "lesen",
            "sehen",
            "voir",
            "lire",
            "leer");
    private static final Set<String> LITTLE =
            Texts.words("the what does say says said and you for are who how with that this which from she her his him "
                    + "can can't cannot has was not its their they into");
    private static final int LITTLE_LENGTH = 3;

    /** Whose words the answer of an instruction of some form may be; the writer's, where nothing tells of another. */
    static Voice of(Instruction instruction, String form) {
        List<Token> question = Tokens.of(instruction.question());
        if (holds(question, SPEAKING)) {
            return SPOKEN;
        }
        if (form.equals(CREATIVE)) {
            return INVENTED;
        }
        boolean quoted = Quotations.emptied(instruction.answer().strip()).equals("\"\"");
        return quoted || TEXT_FORMS.contains(form) || quotes(question) ? QUOTED : WRITER;
    }

    /**
     * Whether a sentence that says "I cannot" refuses.
     *
     * @param sentence in folded lower case, from those words on
     * @param question what was asked
     * @param regret whether it stands behind a regret, and nothing follows it
     */
    boolean refuses(String sentence, String question, boolean regret) {
        return switch (this) {
            case WRITER -> true;
            case INVENTED -> regret || hasAny(sentence, SERVING) || hasAny(sentence, REQUESTS);
            case SPOKEN -> unanswered(sentence);
            case QUOTED -> unanswered(sentence) || (hasAny(sentence, OBSERVING) && speaksOf(sentence, question));
        };
    }

    private static boolean unanswered(String sentence) {
        return hasAny(sentence, REQUESTS) || hasAny(clause(sentence), ANSWERING);
    }

    /** Up to the first comma: "I cannot move, but I answer" refuses nothing. */
    private static String clause(String sentence) {
        return sentence.split("[,\uff0c]", 2)[0];
    }

    /** Whether a question asks for words, and not for what the one who answers would say. */
    private static boolean quotes(List<Token> question) {
        for (int i = 0; i < question.size(); i++) {
            String word = question.get(i).word();
            boolean writers =
                    word.equals("say") && i > 0 && question.get(i - 1).word().equals("you");
            if (QUOTING.contains(word) && !writers) {
                return true;
            }
        }
        return false;
    }

    private static boolean speaksOf(String sentence, String question) {
        return Tokens.of(question).stream()
                .map(Token::word)
                .filter(word -> word.length() >= LITTLE_LENGTH && !LITTLE.contains(word))
                .anyMatch(word -> Texts.hasWords(sentence, word));
    }

    private static boolean hasAny(String sentence, List<String> phrases) {
        return phrases.stream().anyMatch(phrase -> Texts.hasWords(sentence, phrase));
    }

    private static boolean holds(List<Token> tokens, Set<String> words) {
        return tokens.stream().anyMatch(token -> words.contains(token.word()));
    }
}
