package io.github.mmevol.core.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of {@linkplain Form forms}: immutable, in a fixed order. {@link #standard()} has the seventeen of the
 * method; {@link #with} adds one of your own.
 */
public final class Forms {
    /** The id of multiple choice, which every sample can carry. */
    public static final String MULTIPLE_CHOICE = "multi_choice";

    private static final Forms STANDARD = new Forms(List.of(
            form(
                    "region_selection",
                    "Name one thing and offer three or four labelled regions (A, B, C, ...), each given as a box; exactly"
                            + " one region holds that thing. The answer is that region's letter.",
                    AnswerShape.OPTION,
                    "boxes"),
            form(
                    "missing_object_selection",
                    "Offer four labelled things (A to D) of which three can be seen and one cannot; ask which one is"
                            + " absent. The answer is the letter of the absent thing.",
                    AnswerShape.OPTION,
                    "absent"),
            form(
                    "text_image_matching",
                    "Quote a two- or three-clause description and ask whether all of it fits the image. Begin the answer"
                            + " with Yes or No; with No, name the clause that is wrong.",
                    AnswerShape.YES_NO,
                    "absent"),
            form(
                    "object_region_matching",
                    "Name a thing and one box and ask whether that box holds that thing. Begin the answer with Yes or No;"
                            + " with No, say what the box holds instead.",
                    AnswerShape.YES_NO,
                    "boxes absent"),
            form(
                    "completeness_of_response",
                    "Pose a further question about the scene and ask whether the image alone can settle it. Begin the"
                            + " answer with Yes or No and name the visible evidence, or what is not visible.",
                    AnswerShape.YES_NO,
                    "absent unsure"),
            form(
                    "fill_in_the_blank",
                    "Write one sentence about the image in which one telling word or number is replaced by ___ ."
                            + " The answer is the missing word or number alone.",
                    AnswerShape.BLANK,
                    ""),
            form(
                    "image_style_classification",
                    "Ask for the kind of picture (for example studio portrait, candid street shot, diagram), with three or"
                            + " four labelled kinds to choose from. The answer is the letter.",
                    AnswerShape.OPTION,
                    "absent"),
            form(
                    "art_type",
                    "Ask by which craft the picture came about (for example photography, oil painting, computer graphics),"
                            + " with three or four labelled crafts to choose from. The answer is the letter.",
                    AnswerShape.OPTION,
                    "absent"),
            form(
                    "rationales_generation",
                    "State a conclusion about the scene that the image supports and ask for the reasons. The answer lists"
                            + " two or three visible clues and how each supports it.",
                    AnswerShape.FREE,
                    ""),
            form(
                    "text_detection",
                    "Ask for the exact wording written on one named thing, or where a given wording stands. The answer"
                            + " quotes it letter by letter.",
                    AnswerShape.FREE,
                    "text"),
            form(
                    "text_translation",
                    "Ask for wording that is legible in the image, rendered in one named other language. The answer gives"
                            + " the wording and its translation.",
                    AnswerShape.FREE,
                    "text"),
            form(
                    "coreference_resolution",
                    "Tell two sentences about the scene in which the second uses a pronoun, and ask what the pronoun stands"
                            + " for. The answer names the one thing that fits.",
                    AnswerShape.FREE,
                    ""),
            form(
                    "instruction_following",
                    "Ask for a description of one aspect under two limits that can be checked, such as the exact number of"
                            + " sentences, a word that must occur, or 'within 20 words'. The answer keeps both limits.",
                    AnswerShape.FREE,
                    ""),
            form(
                    "depth_order",
                    "Name three things and ask for their order from nearest to farthest from the camera. The answer lists"
                            + " them in that order.",
                    AnswerShape.FREE,
                    ""),
            form(
                    "relative_distance",
                    "Name one anchor thing and two others and ask which of the two is closer to it within the image. The"
                            + " answer names one.",
                    AnswerShape.FREE,
                    ""),
            form(
                    "creative_content_generation",
                    "Ask for a short text for a stated purpose and reader (a caption, a notice, a four-line poem) that uses"
                            + " at least three visible details. The answer is that text.",
                    AnswerShape.FREE,
                    ""),
            form(
                    MULTIPLE_CHOICE,
                    "Ask a question with four labelled options (A to D) of which exactly one is right by the image and the"
                            + " others are plausible. The answer is the letter.",
                    AnswerShape.OPTION,
                    "absent")));

    private final Map<String, Form> byId;

    private Forms(Collection<Form> forms) {
        byId = new LinkedHashMap<>();
        forms.forEach(form -> byId.put(form.id(), form));
    }

    /** The seventeen forms of the method. */
    public static Forms standard() {
        return STANDARD;
    }

    /** This table with a form added, or replaced where the id exists already. */
    public Forms with(Form form) {
        List<Form> forms = new ArrayList<>(byId.values());
        forms.removeIf(f -> f.id().equals(form.id()));
        forms.add(form);
        return new Forms(forms);
    }

    /** All forms in the table's order. */
    public List<Form> all() {
        return List.copyOf(byId.values());
    }

    /** The form that a {@code format} names, in any known spelling; empty for {@code Norm} and the like. */
    public Optional<Form> find(String format) {
        return Optional.ofNullable(byId.get(Vocabulary.format(format)));
    }

    /** The ids in their order. */
    @Override
    public String toString() {
        return byId.keySet().toString();
    }

    private static Form form(String id, String task, AnswerShape shape, String traits) {
        return new Form(
                id,
                task,
                shape,
                traits.contains("boxes"),
                traits.contains("text"),
                traits.contains("absent"),
                traits.contains("unsure"));
    }
}
