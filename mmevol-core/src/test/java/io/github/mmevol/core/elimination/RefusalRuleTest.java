package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't help with that.",
                "I\u2019m sorry, but I can\u2019t assist with this request.",
                "Sorry, I cannot identify people in images.",
                "I am unable to determine the answer from the image.",
                "I\u2019m unable to see the picture.",
                "  \n**I cannot answer** this question.",
                "I can't really tell what it says.",
                "I cannot help.",
                "I can't help",
                "As an AI, I have no eyes.",
                "As an AI language model, I cannot see images.",
                "as a large language model i do not see",
                "Unfortunately, I do not have the ability to view images.",
                "I apologize, but I'm not able to do this.",
                "\"I must decline this request.\"",
                "\u62b1\u6b49\uff0c\u6211\u65e0\u6cd5\u56de\u7b54\u8fd9\u4e2a\u95ee\u9898\u3002",
                "\u6211\u4e0d\u80fd\u5e2e\u52a9\u4f60\u3002",
                "\u4f5c\u4e3a\u4e00\u4e2aAI\u8bed\u8a00\u6a21\u578b\uff0c",
                "Es tut mir leid, aber ich kann diese Frage nicht beantworten.",
                "Leider kann ich das Bild nicht sehen.",
                "Als KI habe ich keine Augen.",
                "D\u00e9sol\u00e9, je ne peux pas r\u00e9pondre \u00e0 cette question.",
                "Je suis d\u00e9sol\u00e9, mais je ne suis pas en mesure de voir l'image.",
                "Lo siento, pero no puedo ayudar con eso.",
                "Como modelo de lenguaje, no veo im\u00e1genes.",
            })
    void rejects(String answer) {
        assertThat(judge(Instruction.of("What is it?", answer))).isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It cannot be determined from the image.",
                "The brand cannot be read, as the label is turned away.",
                "The sign says: I'm sorry, we are closed.",
                "Sorry, we're closed",
                "Sorry, no dogs allowed.",
                "I'm sorry",
                "I can't wait for summer to see the sea again!",
                "I can't believe it's butter.",
                "I can't help but smile when the rain falls.",
                "I can\u2019t help falling in love with this view.",
                "As an aid to sailors, the lighthouse flashes.",
                "As an airport shuttle, it carries passengers.",
                "I'm an airline pilot, and this is my morning.",
                "As a language, French is on the sign.",
                "Unfortunately for the cat, the fish is plastic.",
                "The man says \"I can't see\".",
                "Ich kann es kaum erwarten!",
                "Leider ist der Laden geschlossen.",
                "No puedo esperar.",
                "Je ne peux pas attendre !",
                "\u6211\u4e0d\u80fd\u6ca1\u6709\u4f60\u3002",
                "\u62b1\u6b49\uff0c\u672c\u5e97\u5df2\u6253\u70ca\u3002",
                "Yes.",
                "?",
            })
    void passes(String answer) {
        assertThat(judge(Instruction.of("What is it?", answer))).isInstanceOf(Pass.class);
    }

    @Test
    void passes_in_a_form_that_may_be_unsure() {
        String answer = "I am unable to tell from the image alone.";

        assertThat(judge(Candidates.form("completeness_of_response", "Can it be told?", answer)))
                .isInstanceOf(Pass.class);
        assertThat(judge(Candidates.form("answerability", "Can it be told?", answer)))
                .isInstanceOf(Pass.class);
        assertThat(judge(Candidates.form("depth_order", "Which is nearest?", answer)))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I cannot see, yet I have three eyes;\nI never speak, yet all obey.",
                "I can't read the stars tonight, the city burns too bright.",
                "I will not answer when you call; I am the echo in the hall.",
                "Ich kann dich nicht sehen, doch ich leuchte dir.",
            })
    void passes_what_speaks_in_the_first_person_where_something_is_to_be_made_up(String answer) {
        assertThat(judge(Candidates.form("creative_content_generation", "Write a riddle.", answer)))
                .isInstanceOf(Pass.class);
        assertThat(judge(Candidates.form("creative content generation", "Write a riddle.", answer)))
                .isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't write about this image.",
                "I\u2019m sorry, but I can\u2019t see it.",
                "Unfortunately, I cannot create a poem about real people.",
                "I can't help with that.",
                "I cannot assist with this request.",
                "As an AI language model, I have no eyes.",
                "I am unable to view images.",
            })
    void rejects_plain_refusals_there_too(String answer) {
        assertThat(judge(Candidates.form("creative_content_generation", "Write a riddle.", answer)))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            text_detection | What does the mug say? | I CAN'T SEE MONDAYS
            Norm | What does the card say? | Sorry, I can't give up chocolate
            Norm | What is on the card? | "Sorry, I can't give up chocolate."
            text_translation | Translate the sign into German. | Leider kann ich Ihnen heute nicht helfen.
            Norm | Was steht auf dem Schild? | "Leider kann ich heute nicht helfen"
            creative_content_generation | Write the seller's reply to a customer who wants a discount. | Sorry, dear, I can't give you a discount - but have a banana!
            creative_content_generation | Write a diary entry of the banana. | Unfortunately I am unable to move. The apples on my left don't talk to me.
            creative_content_generation | Write a poem by the banana. | Unfortunately I am unable to move. The apples on my left don't talk to me.
            Norm | Speak as the scale on the stall. | I cannot see, but I weigh everything: apples, bananas, hopes.
            Norm | Write a polite refusal from the seller. | I'm afraid I can't give you a discount today.
            Norm | What does she say to a customer who asks for pears? | I'm sorry, I can't help you with pears today, but the apples are fresh!
            Norm | Speak as the echo. | I cannot see, but I answer all who call.
            Norm | What would the sign say to you? | I cannot see you smile.
            Norm | Which tag is unreadable? | I cannot read the third one; the first two say $1 and $0.40.
            """)
    void passes_what_another_may_say(String form, String question, String answer) {
        assertThat(judge(Candidates.form(form, question, answer))).isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            text_detection | What does the mug say?
            text_translation | Translate the sign into German.
            creative_content_generation | Write the seller's reply to a customer.
            Norm | What does the card say?
            Norm | Write a diary entry of the banana.
            Norm | Which tag is unreadable?
            """)
    void rejects_refusals_of_the_request_there_too(String form, String question) {
        for (String answer : List.of(
                "I'm sorry, I can't assist with that.",
                "I'm sorry, but I can't help with this request. Please try another.",
                "I cannot see the image.",
                "\"I am unable to view images.\"",
                "As an AI, I cannot read it.",
                "Leider kann ich diese Frage nicht beantworten.",
                "\u62b1\u6b49\uff0c\u6211\u65e0\u6cd5\u56de\u7b54\u8fd9\u4e2a\u95ee\u9898\u3002")) {
            assertThat(judge(Candidates.form(form, question, answer))).isInstanceOf(Reject.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            Norm | What does the label on the bottle say? | I'm sorry, but I can't provide that information.
            Norm | What does the sign say? | I cannot determine the answer.
            Norm | What does the sign say? | I do not have enough information.
            Norm | What does the card say? | Sorry, I can't help with identifying people.
            Norm | Which of the two objects cannot be used for eating? | I cannot answer.
            Norm | Which object can't be eaten? | I cannot see.
            Norm | What might be the topic of the conversation between the two women? | I'm sorry, but I cannot determine the topic of it.
            Norm | What is the conversation about? | I cannot see.
            Norm | What can you say about the person's mood? | I'm sorry, but I can't infer emotions.
            Norm | What would you say about her mood? | I cannot describe it.
            text_detection | Read the number plate. | I'm sorry, but I'm unable to provide license plate numbers.
            text_translation | Translate the sign into German. | I'm sorry, but I can't translate it.
            Norm | Pretend to be the owner. | I'm sorry, but I can't disclose names.
            Norm | What does the sign say? | Leider kann ich das nicht beantworten.
            Norm | What does the sign say? | D\u00e9sol\u00e9, je ne peux pas r\u00e9pondre.
            Norm | What does the sign say? | Lo siento, no puedo responder.
            Norm | What does the sign say? | \u62b1\u6b49\uff0c\u6211\u65e0\u6cd5\u56de\u7b54\u3002
            """)
    void rejects_refusals_to_answer_whatever_word_the_question_holds(String form, String question, String answer) {
        assertThat(judge(Candidates.form(form, question, answer))).isInstanceOf(Reject.class);
    }

    @Test
    void rejects_an_answer_that_cannot_read_what_the_question_speaks_of() {
        assertThat(judge(Candidates.form(
                        "text_detection",
                        "What does the mug say?",
                        "I'm sorry, I can't make out the text on the mug.")))
                .isInstanceOf(Reject.class);
    }

    @Test
    void looks_at_the_start_of_the_answer_only() {
        assertThat(judge(
                        Instruction.of("What is it?", "A cup. ".repeat(40) + "I'm sorry, but I can't help with that.")))
                .isInstanceOf(Pass.class);
        assertThat(judge(Instruction.of("What is it?", "I'm sorry, ".repeat(10_000))))
                .isInstanceOf(Pass.class);
    }

    @Test
    void finds_capitals_under_any_locale() {
        assertThat(judge(Instruction.of("What is it?", "I AM UNABLE TO IDENTIFY IT.")))
                .isInstanceOf(Reject.class);
    }

    private static Verdict judge(Instruction evolved) {
        return Candidates.judge(Rules.refusal(Forms.standard()), evolved);
    }
}
