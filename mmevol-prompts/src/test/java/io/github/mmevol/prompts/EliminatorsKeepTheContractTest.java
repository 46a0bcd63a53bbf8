package io.github.mmevol.prompts;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.contract.EliminatorContract;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.JsonNode;

class EliminatorsKeepTheContractTest {

    /** A model whose answer to a question depends on its name and the question alone. */
    private record Whim(String name) implements ModelClient {
        @Override
        public ModelResponse send(ModelRequest request) {
            JsonNode data = Json.parse(PrefixPrompt.dataOf(request));
            boolean judging = data.has("pairs");
            List<String> items = new ArrayList<>();
            for (JsonNode item : data.path(judging ? "pairs" : "questions")) {
                String question =
                        item.at(judging ? "/evolved/question" : "/question").asString();
                int whim = Math.floorMod((name + question).hashCode(), 7);
                items.add("{\"id\": " + item.path("id") + ", \"reason\": \"so\", "
                        + (judging
                                ? "\"answer_right\": \"yes\", \"needs_image\": \"yes\", \"well_posed\": \"yes\","
                                        + " \"improved\": \"" + (whim > 2 ? "yes" : "no") + "\", \"score\": " + whim
                                : "\"answer\": \""
                                        + List.of("A", "B", "yes", "no", "3", "a cup", "[0.1, 0.1, 0.5, 0.5]")
                                                .get(whim) + "\"")
                        + "}");
            }
            return ModelResponse.of(
                    "{\"" + (judging ? "verdicts" : "answers") + "\": [" + String.join(", ", items) + "]}");
        }
    }

    @Nested
    class AJudge extends EliminatorContract {
        @Override
        protected Eliminator eliminator() {
            return Judge.with(new Whim("a")).bothOrders();
        }
    }

    @Nested
    class APanel extends EliminatorContract {
        @Override
        protected Eliminator eliminator() {
            return Judge.panel(Judge.with(new Whim("a")), Judge.with(new Whim("b")), Judge.with(new Whim("c")));
        }
    }

    @Nested
    class ABlindTest extends EliminatorContract {
        @Override
        protected Eliminator eliminator() {
            return BlindTest.with(new Whim("a")).share(1).eliminating();
        }
    }

    @Nested
    class ASolverTest extends EliminatorContract {
        @Override
        protected Eliminator eliminator() {
            return SolverTest.with(new Whim("a"));
        }
    }
}
