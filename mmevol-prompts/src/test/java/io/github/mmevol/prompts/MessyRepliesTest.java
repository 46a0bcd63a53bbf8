package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.prompts.ParsedReply.Problem;
import io.github.mmevol.prompts.contract.MessyReplies;
import io.github.mmevol.prompts.contract.MessyReplies.Kind;
import io.github.mmevol.prompts.contract.MessyReplies.MessyReply;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessyRepliesTest {
    private static final String CLEAN =
            "{\"instructions\": [{\"id\": \"q1\", \"question\": \"What does the sign \\\"EXIT\\\""
                    + " say?\", \"answer\": \"It's \\\"EXIT\\\".\"}, {\"id\": \"q2\", \"question\": \"How many?\","
                    + " \"answer\": \"3\"}]}";

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_called_recoverable_is_recovered_and_nothing_else(Kind kind) {
        for (int seed = 0; seed < 200; seed++) {
            MessyReply reply = MessyReplies.of(CLEAN, kind, new Random(seed));
            ParsedReply parsed = ReplyParser.parse(reply.response(), "instructions");
            MatchedItems matched = MatchedItems.of(parsed.items(), List.of("q1", "q2"));
            assertThat(parsed.problem() == Problem.NONE).as(reply.text()).isEqualTo(kind.recoverable());
            assertThat(matched.byId().size() == 2).as(reply.text()).isEqualTo(kind.recoverable());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_cannot_be_recovered_is_recognised_as_what_it_is(Kind kind) {
        Problem expected =
                switch (kind) {
                    case REFUSAL, DECLARED_REFUSAL -> Problem.REFUSAL;
                    case EMPTY -> Problem.EMPTY;
                    case CONTENT_FILTER -> Problem.CONTENT_FILTER;
                    case CUT_OFF, SILENTLY_CUT_OFF -> Problem.TRUNCATED;
                    case NO_JSON -> Problem.UNPARSABLE;
                    default -> Problem.NONE;
                };
        for (int seed = 0; seed < 50; seed++) {
            MessyReply reply = MessyReplies.of(CLEAN, kind, new Random(seed));
            assertThat(ReplyParser.parse(reply.response(), "instructions").problem())
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_same_random_state_gives_the_same_mess() {
        assertThat(MessyReplies.any(CLEAN, new Random(5))).isEqualTo(MessyReplies.any(CLEAN, new Random(5)));
        assertThat(MessyReplies.recoverable(CLEAN, new Random(5)).kind().recoverable())
                .isTrue();
    }
}
