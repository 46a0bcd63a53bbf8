package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.openai.FaultyServer.Received;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and what they carry beside their body. */
@Timeout(60)
class EndpointTest {
    private final FaultyServer server = new FaultyServer(request -> FaultyServer.saying("fine"));

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1, /v1/chat/completions",
        "/v1/, /v1/chat/completions",
        "'', /chat/completions",
        "/gateway/d?tenant=1, /gateway/d/chat/completions?tenant=1",
    })
    void liesUnderTheBaseUrl(String base, String expected) {
        assertThat(sentTo(Endpoint.at(server.root() + base)).uri()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void ofAzureIsTheDeploymentWithItsVersionAndTheKeyInItsOwnHeader(String slash) {
        // learn.microsoft.com/azure/ai-services/openai/reference: POST
        // {endpoint}/openai/deployments/{deployment-id}/chat/completions?api-version=...
        Received sent = sentTo(Endpoint.azure(server.root() + slash, "my gpt-4o", "2024-10-21"));

        assertThat(sent.uri()).isEqualTo("/openai/deployments/my%20gpt-4o/chat/completions?api-version=2024-10-21");
        assertThat(sent.header("api-key")).isEqualTo("secret-key");
        assertThat(sent.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void ofAzureMayTakeATokenInsteadOfAKey() {
        Endpoint azure = Endpoint.azure(server.root(), "gpt-4o", "2024-10-21")
                .withHeader("Authorization", () -> "Bearer entra-token");

        client(azure).build().send(request());

        assertThat(server.onlyRequest().header("Authorization")).isEqualTo("Bearer entra-token");
        assertThat(server.onlyRequest().headers()).doesNotContainKey("api-key");
    }

    @Test
    void sendsHeadersAndParametersThatAreGiven() {
        Received sent = sentTo(Endpoint.at(server.baseUrl())
                .withHeader("x-team", "evolution")
                .withHeader("X-Team", "judging")
                .withOrganization("org-1")
                .withProject("proj-2")
                .withQuery("tag", "a b&c"));

        assertThat(sent.header("x-team")).isEqualTo("judging");
        assertThat(sent.header("OpenAI-Organization")).isEqualTo("org-1");
        assertThat(sent.header("OpenAI-Project")).isEqualTo("proj-2");
        assertThat(sent.header("Authorization")).isEqualTo("Bearer secret-key");
        assertThat(sent.uri()).isEqualTo("/v1/chat/completions?tag=a%20b%26c");
    }

    @Test
    void asksSuppliersAtEachAttemptAndLeavesOutWhatTheyLeaveOut() {
        AtomicInteger attempt = new AtomicInteger();
        try (FaultyServer flaky = new FaultyServer(
                request -> attempt.getAndIncrement() < 2 ? new Reply(503, "busy") : FaultyServer.saying("fine"))) {
            Endpoint endpoint = Endpoint.at(flaky.baseUrl())
                    .withHeader("x-attempt", () -> attempt.get() == 1 ? null : "attempt " + attempt.get())
                    .withQuery("n", () -> attempt.get() == 1 ? " " : "n" + attempt.get());

            client(endpoint)
                    .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                    .build()
                    .send(request());

            assertThat(flaky.received())
                    .extracting(received -> received.header("x-attempt"))
                    .containsExactly("attempt 0", "", "attempt 2");
            assertThat(flaky.received())
                    .extracting(Received::uri)
                    .containsExactly("/v1/chat/completions?n=n0", "/v1/chat/completions", "/v1/chat/completions?n=n2");
        }
    }

    @Test
    void mayHaveAHeaderInPlaceOfTheKeys() {
        assertThat(sentTo(Endpoint.at(server.baseUrl()).withHeader("authorization", "Basic abc"))
                        .header("Authorization"))
                .isEqualTo("Basic abc");
    }

    @Test
    void whoseCredentialsAreInAHeaderIsNotSaidToLackAKey() {
        try (FaultyServer strict = new FaultyServer(request -> new Reply(401, "{}"))) {
            Endpoint endpoint = Endpoint.at(strict.baseUrl()).withHeader("x-api-key", "some-other-key");

            assertThatThrownBy(() -> client(endpoint).build().send(request()))
                    .isInstanceOf(ModelException.Authentication.class)
                    .hasMessageContaining("refuses the API key");
            assertThatThrownBy(
                            () -> client(Endpoint.at(strict.baseUrl())).build().send(request()))
                    .hasMessageContaining("none was given");
        }
    }

    @Test
    void stopsTheCallWhereItsSupplierFails() {
        Endpoint endpoint = Endpoint.at(server.baseUrl()).withHeader("x-token", () -> {
            throw new IllegalStateException("the token service is down");
        });

        assertThatThrownBy(() -> client(endpoint).build().send(request()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the token service is down");
        assertThat(server.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "Host", "content-length", "Content-Type", "transfer-encoding", "ä"})
    void refusesWhatIsNoHeaderThatCanBeSet(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.openAi().withHeader(name, "x"))
                .withMessageContaining("'" + name + "'");
    }

    @Test
    void refusesBlankNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.openAi().withQuery(" ", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.azure("https://host", " ", "2024-10-21"));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.azure("https://host", "d", " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8000/v1",
                "/v1",
                "ftp://host/v1",
                "mailto:someone",
                "http://user:pw@host/v1",
                "http://host/v1#part",
                "http://ho st/v1",
            })
    void refusesAnAddressThatIsNone(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.at(address))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("user:pw"));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.azure(address, "d", "2024-10-21"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, /chat/completions",
        "/v1/Chat/Completions/, /Chat/Completions",
        "/v1/completions, /completions",
        "/v1/responses?tenant=1, /responses",
    })
    void refusesAnAddressThatEndsInThePathOfAnOperationAndSaysToLeaveItOff(String path, String operation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenAiModelClient.builder().baseUrl("http://host" + path))
                .withMessageContaining("leave " + operation + " off")
                .withMessageContaining("http://host/v1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.azure("http://host" + path, "d", "2024-10-21"))
                .withMessageContaining("leave " + operation + " off");
    }

    @Test
    void mayHaveTheNameOfAnOperationElsewhereInItsPath() {
        assertThat(Endpoint.at("http://host/responses/v1")).hasToString("http://host/responses/v1/chat/completions");
    }

    @Test
    void showsItsAddressAndNothingElse() {
        assertThat(Endpoint.openAi()).hasToString("https://api.openai.com/v1/chat/completions");
        assertThat(Endpoint.azure("https://mine.openai.azure.com", "d", "2024-10-21")
                        .withHeader("x-secret", "hidden-value")
                        .withQuery("sig", "hidden-value"))
                .hasToString("https://mine.openai.azure.com/openai/deployments/d/chat/completions");
    }

    private Received sentTo(Endpoint endpoint) {
        client(endpoint).apiKey("secret-key").build().send(request());
        return server.onlyRequest();
    }

    private static OpenAiModelClient.Builder client(Endpoint endpoint) {
        return OpenAiModelClient.builder().endpoint(endpoint).model("tiny-vl").retry(RetryPolicy.none());
    }

    private static ModelRequest request() {
        return ModelRequest.builder("judge").text("hello").build();
    }
}
