package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Questions and answers of the length of evolved ones, some fifty words, made of a few templates and some hundred things; a
 * tenth of them says again, with a little word more and another one less, what was said of the same image before.
 */
final class SaidTexts {
    private static final List<String> THINGS = words("""
            cup plate lamp table chair window door book shelf clock mirror carpet sofa bottle glass bowl spoon fork knife
            candle vase flower tree bench fence gate lantern bicycle bus car lorry tram bridge boat harbour lighthouse gull
            dog cat horse cow sheep goat duck swan pigeon squirrel umbrella hat scarf glove boot shoe jacket shirt skirt
            trousers belt watch ring necklace bag suitcase backpack basket crate barrel ladder rope bucket broom hammer saw
            screwdriver drill anvil wheel tyre pedal saddle guitar violin piano drum trumpet poster banner sign billboard
            kiosk counter till menu teapot kettle stove oven fridge sink tap towel soap brush comb pillow blanket curtain""");
    private static final List<String> KINDS = words("""
            red blue green white black grey brown yellow orange purple small large tall short round square wooden metal
            glass plastic old new striped dotted open closed full empty bright dark""");
    private static final List<String> SIDES =
            words("left right above below behind before beside near against under over across");
    private static final List<String> QUESTIONS = List.of(
            "Where does the K T stand, seen from the K T?",
            "How many K Ts are S the K T, and which of them is closest to the T? Answer with one number and one colour.",
            "Which of the two Ts is nearer to the K T? Explain step by step and end with its colour.",
            "What is the person S the K T holding, and what does that tell about the K T? Give your reasons first.",
            "Does all of this fit the picture: 'A K T stands S the K T'? Begin the answer with Yes or No; with No, name the"
                    + " part that is wrong.",
            "Can the picture alone settle whether the K T belongs to the K T? Begin the answer with Yes or No and name what"
                    + " is visible or what is not.",
            "Which kind of T is S the K T? A) a K one B) a K one C) a K T D) a T with a K T. Answer with the letter.",
            "Order these three from nearest to farthest from the camera: the K T, the T, the K T. Answer with a list.");
    /** Asked of one image in seven, with ever other options. */
    private static final List<String> COMMON = List.of(
            "Which kind of picture is this? A) a view of a K T B) a K drawing of a T C) a K T at night D) a K T from above."
                    + " Answer with the letter.");

    private static final List<String> ANSWERS = List.of(
            "The K T stands S the T.",
            "A K T and a K T can be seen S the K T, so the T is the nearer one.",
            "The light falls on the K T first, while the T lies in the shade of the K T.",
            "There are three of them: one S the T, one S the K T and one S the K T.",
            "Its K side is turned to the T, which only a K T would need.",
            "From the T to the K T it is about twice as far as from there to the T.");

    private final Random random = new Random(11);
    private final List<List<Instruction>> recent = new ArrayList<>();
    private final int images;
    private int repeated;

    SaidTexts(int images) {
        this.images = images;
        for (int i = 0; i < images; i++) {
            recent.add(new ArrayList<>());
        }
    }

    /** How many said something again. */
    int repeated() {
        return repeated;
    }

    /** The next instruction about an image. */
    Instruction next(int image) {
        List<Instruction> said = recent.get(image % images);
        if (!said.isEmpty() && random.nextInt(10) == 0) {
            repeated++;
            Instruction again = said.get(random.nextInt(said.size()));
            return Instruction.of(
                    again.question().replace("?", " in this picture?"),
                    again.answer().substring(0, again.answer().length() - 1).replaceFirst("The ", "This ")
                            + ", as can be seen.");
        }
        StringBuilder answer = new StringBuilder();
        for (int i = random.nextInt(3); i >= -1; i--) {
            answer.append(filled(ANSWERS)).append(' ');
        }
        Instruction instruction = Instruction.of(
                filled(random.nextInt(40) == 0 ? COMMON : QUESTIONS),
                answer.toString().strip());
        if (said.size() < 3) {
            said.add(instruction);
        }
        return instruction;
    }

    private String filled(List<String> templates) {
        StringBuilder text = new StringBuilder();
        String template = templates.get(random.nextInt(templates.size()));
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean alone = i > 0 && template.charAt(i - 1) == ' ';
            if (alone && c == 'T') {
                text.append(THINGS.get(random.nextInt(THINGS.size())));
            } else if (alone && c == 'K') {
                text.append(KINDS.get(random.nextInt(KINDS.size())));
            } else if (alone && c == 'S') {
                text.append(SIDES.get(random.nextInt(SIDES.size())));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
