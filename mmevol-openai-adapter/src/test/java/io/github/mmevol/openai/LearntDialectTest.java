package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.openai.FaultyServer.Received;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What a client makes of the refusals of real servers: it puts the same request in another way, and all later ones at once. Where
 * a wording comes from stands before it.
 */
@Timeout(60)
class LearntDialectTest {
    private static final ModelRequest REQUEST = ModelRequest.builder("judge")
            .text("hello")
            .replyForm(ReplyForm.jsonSchema("verdicts", "{\"type\": \"object\"}"))
            .sampling(SamplingOptions.defaults()
                    .withTemperature(0)
                    .withTopP(0.5)
                    .withMaxTokens(100)
                    .withSeed(3))
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // OpenAI: github.com/web-infra-dev/midscene/issues/259
                "{\"error\": {\"message\": \"Invalid parameter: 'response_format' of type 'json_schema' is not supported"
                        + " with this model. Learn more about supported models at the Structured Outputs guide.\","
                        + " \"type\": \"invalid_request_error\", \"param\": \"response_format\", \"code\": null}}",
                // Azure: github.com/langgenius/dify/issues/8994
                "{\"error\": {\"message\": \"response_format value as json_schema is enabled only for api versions"
                        + " 2024-08-01-preview and later\", \"type\": \"\", \"param\": \"\", \"code\": \"BadRequest\"}}",
                // LM Studio: github.com/bhimrazy/receipt-ocr/issues/20
                "{\"error\": \"'response_format.json_schema.schema' must be an object\"}",
                // llama.cpp: tools/server/server-common.cpp
                "{\"error\": {\"code\": 400, \"message\": \"response_format type must be one of \\\"text\\\" or"
                        + " \\\"json_object\\\", but got: json_schema\", \"type\": \"invalid_request_error\"}}",
                // OpenAI: a schema that its strict mode does not take
                "{\"error\": {\"message\": \"Invalid schema for response_format 'verdicts': In context=(),"
                        + " 'additionalProperties' is required to be supplied and to be false.\","
                        + " \"type\": \"invalid_request_error\", \"param\": \"response_format\", \"code\": null}}",
                // vLLM: what xgrammar, which it asks, says of some schemas
                "{\"object\": \"error\", \"message\": \"The provided JSON schema contains features not supported by"
                        + " xgrammar.\", \"type\": \"BadRequestError\", \"param\": null, \"code\": 400}",
            })
    void aSchemaThatIsNotTakenBecomesAnObject(String refusal) {
        assertThat(learnt(refusal, sent -> format(sent).equals("json_schema")))
                .extracting(LearntDialectTest::format)
                .containsExactly("json_schema", "json_object", "json_object");
    }

    @Test
    void aServerThatTakesNoFormAtAllIsAskedWithoutOne() {
        assertThat(learnt(
                        "{\"error\": {\"message\": \"Unrecognized request argument supplied: response_format\"}}",
                        sent -> sent.has("response_format")))
                .extracting(LearntDialectTest::format)
                .containsExactly("json_schema", "json_object", "", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // github.com/fish2018/YPrompt/issues/26
                "{\"error\": {\"message\": \"Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                        + " 'max_completion_tokens' instead.\", \"type\": \"invalid_request_error\","
                        + " \"param\": \"max_tokens\", \"code\": \"unsupported_parameter\"}}",
                // the same through a gateway that drops all but the message
                "{\"error\": {\"message\": \"Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                        + " 'max_completion_tokens' instead.\"}}",
            })
    void theBoundOnTheReplyGetsItsNewerName(String refusal) {
        assertThat(learnt(refusal, sent -> sent.has("max_tokens")))
                .extracting(sent -> sent.path("max_completion_tokens").asInt())
                .containsExactly(0, 100, 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // github.com/soberlemur/autopo/issues/57
                "{\"error\": {\"message\": \"Unsupported parameter: 'temperature' is not supported with this model.\","
                        + " \"type\": \"invalid_request_error\", \"param\": \"temperature\","
                        + " \"code\": \"unsupported_parameter\"}}",
                // github.com/QwenLM/qwen-code/issues/921
                "{\"error\": {\"message\": \"Unsupported value: 'temperature' does not support 0 with this model. Only"
                        + " the default (1) value is supported.\", \"type\": \"invalid_request_error\","
                        + " \"param\": \"temperature\", \"code\": \"unsupported_value\"}}",
                "{\"error\": {\"message\": \"Unsupported value: 'temperature' does not support 0 with this model.\"}}",
            })
    void aTemperatureThatIsNotTakenIsLeftOutAndTheRestStays(String refusal) {
        List<JsonNode> sent = learnt(refusal, body -> body.has("temperature"));

        assertThat(sent).extracting(body -> body.has("temperature")).containsExactly(true, false, false);
        assertThat(sent).allMatch(body -> body.has("top_p") && body.has("seed") && body.has("max_tokens"));
    }

    @Test
    void aReasoningModelIsLearntStepByStepWithinOneCall() {
        // each parameter is refused in its turn, as OpenAI's reasoning models do
        try (FaultyServer server = new FaultyServer(request -> {
            JsonNode body = request.json();
            return List.of("max_tokens", "temperature", "top_p").stream()
                    .filter(body::has)
                    .findFirst()
                    .map(name -> new Reply(
                            400,
                            "{\"error\": {\"message\": \"Unsupported parameter: '" + name
                                    + "' is not supported with this model. Use 'max_completion_tokens' instead.\", \"param\": \""
                                    + name + "\", \"code\": \"unsupported_parameter\"}}"))
                    .orElse(FaultyServer.saying("fine"));
        })) {
            OpenAiModelClient client = client(server);

            assertThat(client.send(REQUEST).text()).isEqualTo("fine");
            assertThat(client.send(REQUEST).text()).isEqualTo("fine");

            assertThat(server.received()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // vLLM: about this request's length, not about the parameter's name
                "{\"error\": {\"message\": \"'max_tokens' or 'max_completion_tokens' is too large: 100. This model's"
                        + " maximum context length is 64 tokens and your request has 5 input tokens.\", \"code\": 400}}",
                // OpenAI: a value out of range
                "{\"error\": {\"message\": \"Invalid 'temperature': decimal below minimum value. Expected a value >= 0,"
                        + " but got -1 instead.\", \"param\": \"temperature\", \"code\": \"decimal_below_min_value\"}}",
                // OpenAI: it wants its word in the prompt
                "{\"error\": {\"message\": \"'messages' must contain the word 'json' in some form, to use"
                        + " 'response_format' of type 'json_object'.\", \"param\": \"messages\", \"code\": null}}",
                "{\"error\": {\"message\": \"The image is too small.\"}}",
            })
    void aRequestThatIsItselfAtFaultTeachesNothing(String refusal) {
        try (FaultyServer server = new FaultyServer(request -> new Reply(400, refusal))) {
            assertThatThrownBy(() -> client(server).send(REQUEST)).isInstanceOf(ModelException.Http.class);

            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsNeverContentIsGivenUp() {
        try (FaultyServer server = new FaultyServer(request -> new Reply(
                400, "{\"error\": {\"message\": \"Unsupported parameter: 'temperature' and response_format\"}}"))) {
            assertThatThrownBy(() -> client(server).send(REQUEST)).isInstanceOf(ModelException.InvalidRequest.class);

            assertThat(server.received()).hasSize(4);
        }
    }

    /** What is sent by two calls to a server that refuses some bodies. */
    private static List<JsonNode> learnt(String refusal, Predicate<JsonNode> refused) {
        try (FaultyServer server = new FaultyServer(
                request -> refused.test(request.json()) ? new Reply(400, refusal) : FaultyServer.saying("fine"))) {
            OpenAiModelClient client = client(server);

            assertThat(client.send(REQUEST).text()).isEqualTo("fine");
            assertThat(client.send(REQUEST).text()).isEqualTo("fine");

            return server.received().stream().map(Received::json).toList();
        }
    }

    private static String format(JsonNode sent) {
        return sent.path("response_format").path("type").asString("");
    }

    private static OpenAiModelClient client(FaultyServer server) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .retry(RetryPolicy.none())
                .build();
    }
}
