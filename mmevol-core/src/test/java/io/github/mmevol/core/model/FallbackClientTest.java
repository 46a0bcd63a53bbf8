package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FallbackClientTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    private final List<String> asked = new ArrayList<>();

    private ModelClient answering(String name) {
        return ((ModelClient) request -> {
                    asked.add(name);
                    return ModelResponse.of("from " + name);
                })
                .named(name);
    }

    private ModelClient failing(String name, RuntimeException failure) {
        return ((ModelClient) request -> {
                    asked.add(name);
                    throw failure;
                })
                .named(name);
    }

    private static HttpFailure http(int status) {
        return new HttpFailure("failed", status, "", "", Optional.empty());
    }

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void theFirstClientAnswersWhileItCan() {
        ModelClient client = answering("first").withFallback(answering("second"));

        assertThat(client.send(REQUEST).text()).isEqualTo("from first");
        assertThat(asked).containsExactly("first");
    }

    static List<ModelException> failuresOfAClient() {
        return List.of(
                new ModelException.RateLimit(http(429)),
                new ModelException.Quota(http(429)),
                new ModelException.Authentication(http(401)),
                new ModelException.UnknownModel(http(404)),
                new ModelException.InvalidRequest(http(400)),
                new ModelException.Server(http(500)),
                new ModelException.Timeout("late"),
                new ModelException.Io("broken"),
                new ModelException.MalformedReply("half"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfAClient")
    void whereAClientFailsTheNextOneIsAsked(ModelException failure) {
        ModelClient client = failing("first", failure).withFallback(failing("second", failure), answering("third"));

        assertThat(client.send(REQUEST).text()).isEqualTo("from third");
        assertThat(asked).containsExactly("first", "second", "third");
    }

    static List<RuntimeException> failuresOfNoClient() {
        return List.of(
                new ModelException.UnusableImage("broken"),
                new ModelException.NotStored("replay"),
                new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfNoClient")
    void whatIsNoFailureOfTheClientGoesToNoOther(RuntimeException failure) {
        ModelClient client = failing("first", failure).withFallback(answering("second"));

        assertThatThrownBy(() -> client.send(REQUEST)).isSameAs(failure);
        assertThat(asked).containsExactly("first");
    }

    @Test
    void anInterruptionGoesToNoOther() {
        ModelClient client = ((ModelClient) request -> {
                    throw new ModelException.Interrupted("stop");
                })
                .withFallback(answering("second"));

        assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.Interrupted.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void whereAllFailTheLastFailureIsThrownAndTheEarlierOnesAreSuppressed() {
        ModelException first = new ModelException.Quota(http(429));
        ModelException second = new ModelException.Io("broken");
        ModelException third = new ModelException.Timeout("late");
        ModelClient client = failing("a", first).withFallback(failing("b", second), failing("c", third));

        assertThatThrownBy(() -> client.send(REQUEST))
                .isSameAs(third)
                .satisfies(last -> assertThat(last.getSuppressed()).containsExactly(first, second));
    }

    @Test
    void aClientIsTriedAgainAsItsPolicySaysBeforeTheNextOneIsAsked() {
        RetryPolicy twice = RetryPolicy.builder()
                .maxAttempts(2)
                .time(new VirtualTime())
                .build();
        ModelClient client = failing("first", new ModelException.Io("broken"))
                .retrying(twice)
                .withFallback(answering("second").retrying(twice));

        assertThat(client.send(REQUEST).text()).isEqualTo("from second");
        assertThat(asked).containsExactly("first", "first", "second");
    }

    @Test
    void theNameSaysAll() {
        assertThat(answering("a").withFallback(answering("b"), answering("c")).name())
                .isEqualTo("a or b or c");
        assertThat(answering("a").withFallback().name()).isEqualTo("a");
    }

    @Test
    void aMissingClientIsRefusedAtOnce() {
        assertThatNullPointerException().isThrownBy(() -> answering("a").withFallback((ModelClient) null));
    }
}
