package io.github.mmevol.core.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Closed lists of English words, and the way from a form to the dictionary. */
final class EnglishWords {
    static final Set<String> DETERMINERS =
            words("a an the this that these those each every any some all both either neither"
                    + " no another other such several many few much more most less least only same");
    static final Set<String> POSSESSIVES = words("my your his her its our their");
    static final Set<String> PRONOUNS = words(
            "i you he she it we they me him them us one someone somebody something anything nothing everyone everything");
    static final Set<String> PREPOSITIONS =
            words("of in on at by for from with without within into onto over under above below"
                    + " behind beside besides between among across through along around near toward towards against about after before"
                    + " during until since as than like inside outside off up down out per via upon beneath underneath if whether"
                    + " because while although so except regarding concerning given based");
    static final Set<String> CONJUNCTIONS = words("and or but nor");
    static final Set<String> ASKING = words("what which who whom whose how where when why");
    static final Set<String> MODALS = words("can could will would shall should may might must");
    static final Set<String> BE = words("be is are was were been being am");
    static final Set<String> DO = words("do does did");
    static final Set<String> HAVE = words("have has had having");
    static final Set<String> ADVERBS =
            words("not also very too just then now here there please first second most only exactly"
                    + " together visibly clearly approximately roughly about still even ever never always again directly carefully"
                    + " step further away right far long likely instead back once twice next most currently next briefly"
                    + " closer nearer farther alone");
    static final Set<String> NUMBERS = words("zero one two three four five six seven eight nine ten eleven twelve");
    static final Set<String> ADJECTIVES = words(
            "small large big little tall short long wide narrow round square dark light bright"
                    + " red green blue yellow orange white black grey gray brown pink purple golden silver wooden metal old young new"
                    + " same different main whole entire upper lower left right top bottom middle central front rear back nearest"
                    + " farthest closest largest smallest tallest biggest brightest darkest highest lowest leftmost rightmost exact"
                    + " correct visible possible certain specific particular brief short detailed single double full empty open"
                    + " closed high low first second third last next other overall natural human male female correct true false"
                    + " missing additional shown following given labelled labeled numbered correctly many several total");
    /** Verbs of instructions about images, in the dictionary form. */
    static final Set<String> VERBS =
            words("add adjust analyse analyze answer appear apply argue arrange ask assess assign attach"
                    + " balance base be become begin belong block bring build buy calculate call capture carry cast catch categorize"
                    + " cause change check choose cite classify climb close combine come compare complete compose compute conclude"
                    + " connect consider consist construct contain continue contrast contribute convert convey cook correct count cover"
                    + " create cross cut decide deduce define depict derive describe design detect determine differ discern discuss"
                    + " display distinguish do draw dress drink drive eat elaborate emit enclose enhance estimate evaluate examine"
                    + " exceed exist expect explain express extract face fall feel fill find finish fit fly focus follow forecast form"
                    + " gather generate get give go grasp group grow guess hang happen have help hide highlight hold identify"
                    + " illuminate illustrate imagine imply include indicate infer inspect interact interpret invent involve join judge"
                    + " jump justify keep know label land lead lean leave let lie lift light like list live locate look make mark"
                    + " match mean measure mention mount move name narrate need note notice observe occupy occur offer open order"
                    + " outline overlap own paint pair pass perform photograph pick place plan play point pose pour predict prepare"
                    + " present preserve print produce propose protect prove provide pull put quote rank rate reach read recall"
                    + " recite recognize recommend reconstruct record refer reflect relate remain remove render replace reply report"
                    + " represent rest retell reveal rewrite ride rise run say scan see select send separate serve set share shine"
                    + " show sit sketch sleep smell smile solve sort speak specify spell split spot stand start state stay stick stop"
                    + " stretch suggest suit sum summarise summarize support suppose surround swim take talk tell think throw tie touch"
                    + " trace translate transcribe travel try turn understand use verify view visit wait walk want watch wear work"
                    + " write yield rotate rephrase pinpoint account assume confirm convince decorate display emerge engage enter"
                    + " envision exhibit feature flank handle illustrate influence lack lay line lit look maintain occlude originate"
                    + " park participate point prefer press prevent push reason receive resemble shape signal situate stack strike"
                    + " symbolize tend tilt transform vary");

    private static final Map<String, String> IRREGULAR = new HashMap<>();
    private static final Map<String, String> PLURALS = new HashMap<>();

    static {
        irregular("be", "is are was were been being am");
        irregular("do", "does did done doing");
        irregular("have", "has had having");
        irregular("go", "goes went gone");
        irregular("wear", "wore worn");
        irregular("hold", "held");
        irregular("stand", "stood");
        irregular("sit", "sat sitting");
        irregular("lie", "lying lay lain");
        irregular("see", "saw seen");
        irregular("write", "wrote written");
        irregular("take", "took taken");
        irregular("make", "made");
        irregular("give", "gave given");
        irregular("find", "found");
        irregular("hide", "hid hidden");
        irregular("draw", "drew drawn");
        irregular("drive", "drove driven");
        irregular("eat", "ate eaten");
        irregular("fall", "fell fallen");
        irregular("fly", "flew flown");
        irregular("get", "got gotten");
        irregular("grow", "grew grown");
        irregular("hang", "hung");
        irregular("keep", "kept");
        irregular("know", "knew known");
        irregular("lead", "led");
        irregular("leave", "left");
        irregular("mean", "meant");
        irregular("ride", "rode ridden");
        irregular("rise", "rose risen");
        irregular("run", "ran");
        irregular("say", "said");
        irregular("send", "sent");
        irregular("show", "shown");
        irregular("shine", "shone");
        irregular("sleep", "slept");
        irregular("speak", "spoke spoken");
        irregular("stick", "stuck");
        irregular("swim", "swam swum");
        irregular("tell", "told");
        irregular("think", "thought");
        irregular("throw", "threw thrown");
        irregular("tie", "tying");
        irregular("understand", "understood");
        irregular("come", "came");
        irregular("become", "became");
        irregular("build", "built");
        irregular("buy", "bought");
        irregular("catch", "caught");
        irregular("choose", "chose chosen");
        irregular("begin", "began begun");
        irregular("bring", "brought");
        irregular("feel", "felt");
        irregular("light", "lit");
        irregular("lay", "laid");
        PLURALS.putAll(Map.of(
                "people",
                "person",
                "men",
                "man",
                "women",
                "woman",
                "children",
                "child",
                "feet",
                "foot",
                "teeth",
                "tooth",
                "mice",
                "mouse",
                "knives",
                "knife",
                "shelves",
                "shelf",
                "leaves",
                "leaf"));
    }

    private EnglishWords() {}

    /** The dictionary form of a verb's form; the form itself where none is known. */
    static String verb(String form) {
        String word = form.toLowerCase(Locale.ROOT);
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        if (VERBS.contains(word)) {
            return word;
        }
        for (String base : bases(word)) {
            if (VERBS.contains(base)) {
                return base;
            }
        }
        return fallback(word);
    }

    /** Whether a word is a form of a verb that the lists have. */
    static boolean isVerb(String word) {
        return VERBS.contains(verb(word));
    }

    /** What the dictionary form may be, by the word's ending. */
    private static List<String> bases(String word) {
        if (word.endsWith("s")) {
            return List.of(chop(word, "s"), chop(word, "es"), chop(word, "ies") + "y");
        }
        if (word.endsWith("ing")) {
            String stem = chop(word, "ing");
            return List.of(stem, stem + "e", single(stem));
        }
        if (word.endsWith("ed")) {
            String stem = chop(word, "ed");
            return List.of(stem, stem + "e", single(stem), chop(word, "ied") + "y");
        }
        return List.of();
    }

    private static String fallback(String word) {
        if (word.endsWith("ing") && word.length() > 5) {
            return single(chop(word, "ing"));
        }
        if (word.endsWith("ed") && word.length() > 4) {
            return single(chop(word, "ed"));
        }
        return word.endsWith("s") && !word.endsWith("ss") && word.length() > 3 ? chop(word, "s") : word;
    }

    /** The dictionary form of a noun. */
    static String noun(String form) {
        String word = form.toLowerCase(Locale.ROOT);
        if (PLURALS.containsKey(word)) {
            return PLURALS.get(word);
        }
        if (word.length() < 4
                || word.endsWith("ss")
                || word.endsWith("us")
                || word.endsWith("is")
                || !word.endsWith("s")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return chop(word, "ies") + "y";
        }
        boolean hissing =
                word.endsWith("ches") || word.endsWith("shes") || word.endsWith("xes") || word.endsWith("sses");
        return chop(word, hissing ? "es" : "s");
    }

    private static String chop(String word, String end) {
        return word.endsWith(end) ? word.substring(0, word.length() - end.length()) : "";
    }

    /** Without a doubled last letter: {@code sitt} gives {@code sit}. */
    private static String single(String word) {
        int last = word.length() - 1;
        return last > 1 && word.charAt(last) == word.charAt(last - 1) ? word.substring(0, last) : word;
    }

    private static void irregular(String base, String forms) {
        words(forms).forEach(form -> IRREGULAR.put(form, base));
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split(" ", -1)));
    }
}
