package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for an answer that begins with the writer's own inability: "I'm sorry, but I can't help with that". A negation
 * counts only together with what is refused, so that "I can't wait for summer!" on a postcard is none. Where the words
 * may be another's, as in a riddle ("I cannot see, yet I have three eyes") or on a mug, its {@link Voice} decides.
 */
record Refusals(Forms forms) implements Function<Candidate, Verdict> {
    private static final int LOOK_AT = 240;
    /**
     * How one language refuses, in folded lower case.
     *
     * @param openers regrets; what follows within {@code gap} characters may be the refusal
     * @param selves what only a model says of itself
     * @param refusals phrases that refuse by themselves
     * @param negations phrases that refuse if one of the verbs follows within {@code reach} characters
     * @param verbs what is refused
     */
    private record Language(
            List<String> openers,
            List<String> selves,
            List<String> refusals,
            List<String> negations,
            int reach,
            List<String> verbs) {}

    private static final int GAP = 60;

    private static final List<Language> LANGUAGES = List.of(
            new Language(
                    List.of(
                            "i'm sorry",
                            "i am sorry",
                            "i'm really sorry",
                            "sorry",
                            "i apologize",
                            "i apologise",
                            "my apologies",
                            "apologies",
                            "unfortunately",
                            "i'm afraid",
                            "i regret"),
                    List.of(
                            "as an ai",
                            "as a language model",
                            "as a large language model",
                            "as an artificial intelligence",
                            "as a text-based",
                            "i'm an ai",
                            "i am an ai",
                            "i'm just an ai",
                            "i am just an ai",
                            "i'm only an ai"),
                    List.of(
                            "i'm unable to",
                            "i am unable to",
                            "i'm not able to",
                            "i am not able to",
                            "i won't be able to",
                            "i will not be able to",
                            "i must decline",
                            "i have to decline",
                            "i must refuse",
                            "i'm not allowed to",
                            "i am not allowed to",
                            "i'm not comfortable",
                            "i am not comfortable",
                            "i don't have the ability",
                            "i do not have the ability",
                            "i don't have access",
                            "i do not have access",
                            "i don't have the capability",
                            "i do not have the capability",
                            "i don't have enough information",
                            "i do not have enough information",
                            "i lack the ability"),
                    List.of("i can't", "i cannot", "i can not", "i won't", "i will not", "i could not", "i couldn't"),
                    12,
                    List.of(
                            "help you",
                            "help with",
                            "help in",
                            "help.",
                            "help,",
                            "assist",
                            "answer",
                            "provide",
                            "see",
                            "view",
                            "determine",
                            "tell which",
                            "tell what",
                            "tell who",
                            "tell where",
                            "tell whether",
                            "tell if",
                            "tell from",
                            "tell the",
                            "tell exactly",
                            "identify",
                            "infer",
                            "disclose",
                            "translate",
                            "transcribe",
                            "fulfil",
                            "fulfill",
                            "comply",
                            "continue",
                            "process",
                            "access",
                            "analyze",
                            "analyse",
                            "describe",
                            "generate",
                            "create",
                            "evolve",
                            "rewrite",
                            "write a",
                            "write about",
                            "write this",
                            "write that",
                            "recognize",
                            "recognise",
                            "comment",
                            "share",
                            "discuss",
                            "do that",
                            "do this",
                            "give",
                            "read",
                            "make out",
                            "complete",
                            "offer",
                            "support",
                            "engage",
                            "verify",
                            "confirm")),
            new Language(
                    List.of("es tut mir leid", "es tut mir sehr leid", "tut mir leid", "leider", "entschuldigung"),
                    List.of("als ki", "als sprachmodell", "als k\u00fcnstliche intelligenz", "als ein ki"),
                    List.of(
                            "ich bin nicht in der lage",
                            "ich bin leider nicht in der lage",
                            "ich sehe mich nicht in der lage"),
                    List.of("ich kann", "kann ich", "ich darf", "darf ich"),
                    90,
                    List.of(
                            "nicht beantworten",
                            "nicht helfen",
                            "nicht weiterhelfen",
                            "nicht erkennen",
                            "nicht bestimmen",
                            "nicht sehen",
                            "nicht sagen",
                            "nicht identifizieren",
                            "nicht beschreiben",
                            "nicht erf\u00fcllen",
                            "nicht feststellen",
                            "nicht angeben",
                            "nicht bearbeiten")),
            new Language(
                    List.of(
                            "je suis d\u00e9sol\u00e9",
                            "je suis d\u00e9sol\u00e9e",
                            "d\u00e9sol\u00e9",
                            "d\u00e9sol\u00e9e",
                            "je m'excuse",
                            "malheureusement"),
                    List.of(
                            "en tant qu'ia",
                            "en tant qu'intelligence artificielle",
                            "en tant que mod\u00e8le",
                            "en tant qu'assistant"),
                    List.of(
                            "je ne suis pas en mesure",
                            "je suis incapable",
                            "je suis dans l'incapacit\u00e9",
                            "il m'est impossible"),
                    List.of("je ne peux pas", "je ne peux", "je ne pourrai pas"),
                    24,
                    List.of(
                            "aider",
                            "r\u00e9pondre",
                            "voir",
                            "identifier",
                            "d\u00e9terminer",
                            "fournir",
                            "d\u00e9crire",
                            "acc\u00e9der",
                            "satisfaire",
                            "donner",
                            "traiter")),
            new Language(
                    List.of("lo siento", "disculpa", "disculpe", "lamentablemente", "lo lamento"),
                    List.of(
                            "como ia",
                            "como una ia",
                            "como modelo de lenguaje",
                            "como un modelo de lenguaje",
                            "como inteligencia artificial",
                            "como asistente"),
                    List.of("no soy capaz", "no me es posible", "no estoy en condiciones"),
                    List.of("no puedo", "no podr\u00e9"),
                    16,
                    List.of(
                            "ayudar",
                            "ayudarte",
                            "ayudarle",
                            "responder",
                            "ver",
                            "identificar",
                            "determinar",
                            "proporcionar",
                            "describir",
                            "cumplir",
                            "acceder",
                            "procesar",
                            "hacer eso")),
            new Language(
                    List.of(
                            "\u62b1\u6b49",
                            "\u5f88\u62b1\u6b49",
                            "\u975e\u5e38\u62b1\u6b49",
                            "\u5bf9\u4e0d\u8d77",
                            "\u4e0d\u597d\u610f\u601d"),
                    List.of(
                            "\u4f5c\u4e3aai",
                            "\u4f5c\u4e3a\u4e00\u4e2aai",
                            "\u4f5c\u4e3a\u4e00\u540dai",
                            "\u4f5c\u4e3a\u4eba\u5de5\u667a\u80fd",
                            "\u4f5c\u4e3a\u4e00\u4e2a\u4eba\u5de5\u667a\u80fd",
                            "\u4f5c\u4e3a\u8bed\u8a00\u6a21\u578b",
                            "\u4f5c\u4e3a\u4e00\u4e2a\u8bed\u8a00\u6a21\u578b"),
                    List.of(),
                    List.of("\u6211\u65e0\u6cd5", "\u6211\u4e0d\u80fd", "\u6211\u6ca1\u6709\u529e\u6cd5"),
                    12,
                    List.of(
                            "\u56de\u7b54",
                            "\u5e2e\u52a9",
                            "\u5e2e",
                            "\u63d0\u4f9b",
                            "\u770b\u5230",
                            "\u8bc6\u522b",
                            "\u786e\u5b9a",
                            "\u5224\u65ad",
                            "\u63cf\u8ff0",
                            "\u534f\u52a9",
                            "\u67e5\u770b",
                            "\u6ee1\u8db3",
                            "\u5904\u7406",
                            "\u5b8c\u6210",
                            "\u751f\u6210")));

    /** The start of an answer, folded, and who may speak there to what question. */
    private record Speech(String start, Voice voice, String question) {}

    @Override
    public Verdict apply(Candidate candidate) {
        Instruction evolved = candidate.evolved();
        Optional<Form> form = forms.find(evolved.format());
        if (form.map(Form::mayBeUnsure).orElse(false)) {
            return Verdict.pass();
        }
        String answer = evolved.answer().stripLeading();
        String start = unmarked(Texts.folded(answer.substring(0, Math.min(LOOK_AT, answer.length()))));
        Speech writers = new Speech(start, Voice.WRITER, evolved.question());
        for (Language language : LANGUAGES) {
            if (refuses(writers, language) && refuses(spoken(writers, evolved, form), language)) {
                return Verdict.reject("the answer is a refusal", start);
            }
        }
        return Verdict.pass();
    }

    private static Speech spoken(Speech speech, Instruction evolved, Optional<Form> form) {
        return new Speech(speech.start(), Voice.of(evolved, form.map(Form::id).orElse("")), evolved.question());
    }

    private static String unmarked(String text) {
        int at = 0;
        while (at < text.length() && "*_\"'#>- ".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(at);
    }

    private static boolean refuses(Speech speech, Language language) {
        String start = speech.start();
        if (refusesAt(speech, 0, language, false)) {
            return true;
        }
        for (String opener : language.openers()) {
            if (Texts.startsWithWords(start, 0, opener)) {
                int last = Math.min(start.length(), opener.length() + GAP);
                for (int at = opener.length(); at < last; at++) {
                    boolean begins = at == 0 || !Texts.wordly(start.charAt(at - 1));
                    if (begins && refusesAt(speech, at, language, true)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean refusesAt(Speech speech, int at, Language language, boolean regretted) {
        String start = speech.start();
        if (language.selves().stream().anyMatch(self -> Texts.startsWithWords(start, at, self))) {
            return true;
        }
        boolean negated = language.refusals().stream().anyMatch(refusal -> Texts.startsWithWords(start, at, refusal))
                || language.negations().stream()
                        .anyMatch(negation -> Texts.startsWithWords(start, at, negation)
                                && verbFollows(start, at + negation.length(), language));
        if (!negated) {
            return false;
        }
        int end = sentenceEnd(start, at);
        boolean last = start.substring(end).chars().noneMatch(Character::isLetterOrDigit);
        return speech.voice().refuses(start.substring(at, end), speech.question(), regretted && last);
    }

    private static int sentenceEnd(String start, int from) {
        int end = from;
        while (end < start.length() && ".!?;\u3002\uff01\uff1f\uff1b".indexOf(start.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** A verb, at most one other word before it where the reach is short, and no "wait to" or the like. */
    private static boolean verbFollows(String start, int from, Language language) {
        for (int at = from; at < Math.min(start.length(), from + language.reach()); at++) {
            boolean begins = !Texts.wordly(start.charAt(at - 1)) || Texts.unspaced(start.charAt(at));
            if (!begins) {
                continue;
            }
            String between = start.substring(from, at);
            if (between.contains(" to ") || between.contains(". ")) {
                return false;
            }
            for (String verb : language.verbs()) {
                boolean whole = Character.isLetter(verb.charAt(verb.length() - 1))
                        ? Texts.startsWithWords(start, at, verb)
                        : start.startsWith(verb, at)
                                || start.substring(at).equals(verb.substring(0, verb.length() - 1));
                if (whole) {
                    return true;
                }
            }
        }
        return false;
    }
}
