package io.github.mmevol.core.model.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link ModelClient} keeps to. To test a client of your own, extend this class and tell how to make the client
 * with a given model behind it.
 */
@Timeout(60)
public abstract class ModelClientContract {

    /** The model behind a client: answers the user's text, and may take its time. */
    @FunctionalInterface
    protected interface Model {
        /** The text of the reply, which ends normally. */
        String answer(String userText) throws InterruptedException;
    }

    /** A client of the kind under test with this model behind it. Closing what it needs is up to the test class. */
    protected abstract ModelClient clientOf(Model model);

    /** A client of the kind under test whose model cannot be reached at all. */
    protected abstract ModelClient clientWithoutModel();

    /** Texts that a careless client changes. */
    static List<String> texts() {
        return List.of(
                "plain words",
                "quotes \" ' ` and backslashes \\ \\n \\u0041 / \\/",
                "lines\nwith\r\nall\rends\tand tabs\u000b\f",
                " space around \n",
                "controls \u0000 \u0001 \u001f \u007f \u0085",
                "ß é e\u0301 İ ı ﬁ Ω K",
                "漢字 かな 한국어 العربية עברית हिन्दी ไทย",
                "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud834\udd1e \ud87e\udc04",
                "marks \ufeff \u200e \u202e \u2028 \u2029 \ufffd \uffff",
                "{\"instructions\": [{\"question\": \"a\\tb\"}]}",
                "```json\n{}\n``` <think>x</think> data: [DONE]",
                "long ".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theModelSeesTheTextAndTheCallerSeesTheReplyUnchanged(String text) {
        AtomicReference<String> seen = new AtomicReference<>();
        ModelClient client = clientOf(userText -> {
            seen.set(userText);
            return text;
        });

        ModelResponse response = client.send(request(text));

        assertThat(seen.get()).isEqualTo(text);
        assertThat(response.text()).isEqualTo(text);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void anEmptyReplyIsAReply() {
        assertThat(clientOf(userText -> "").send(request("anything")).text()).isEmpty();
    }

    @Test
    void manyThreadsShareOneClientAndEachGetsItsOwnReply() throws Exception {
        int threads = 16;
        int callsPerThread = 5;
        ModelClient client = clientOf(userText -> "reply to " + userText);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String mine = "thread " + thread;
                all.add(pool.submit(() -> {
                    start.await();
                    for (int call = 0; call < callsPerThread; call++) {
                        String text = mine + " call " + call;
                        assertThat(client.send(request(text)).text()).isEqualTo("reply to " + text);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anInterruptedCallEndsAtOnceWithTheFlagSet() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ModelClient client = clientOf(userText -> {
            asked.countDown();
            release.await();
            return "too late";
        });
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            thrown.complete(catchThrowable(() -> client.send(request("wait"))));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        try {
            caller.start();
            assertThat(asked.await(30, TimeUnit.SECONDS))
                    .as("the model was asked")
                    .isTrue();
            caller.interrupt();

            assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(ModelException.Interrupted.class);
            assertThat(flag.get(30, TimeUnit.SECONDS)).as("interrupt flag").isTrue();
        } finally {
            release.countDown();
            caller.join(30_000);
        }
    }

    @Test
    void anInterruptedCallLeavesTheOthersAndTheClientAsTheyWere() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ModelClient client = clientOf(userText -> {
            if (userText.startsWith("wait")) {
                asked.countDown();
                release.await();
            }
            return "reply to " + userText;
        });
        CompletableFuture<String> other = new CompletableFuture<>();
        Thread caller =
                new Thread(() -> other.complete(client.send(request("wait")).text()));
        List<CompletableFuture<Throwable>> interrupted = new ArrayList<>();
        try {
            caller.start();
            assertThat(asked.await(30, TimeUnit.SECONDS))
                    .as("the model was asked")
                    .isTrue();
            for (int call = 0; call < 8; call++) {
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                Thread impatient =
                        new Thread(() -> thrown.complete(catchThrowable(() -> client.send(request("wait too")))));
                impatient.start();
                impatient.interrupt();
                interrupted.add(thrown);
            }
            for (CompletableFuture<Throwable> thrown : interrupted) {
                assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(ModelException.Interrupted.class);
            }
            assertThat(other).isNotDone();
            release.countDown();

            assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo("reply to wait");
            assertThat(client.send(request("again")).text()).isEqualTo("reply to again");
        } finally {
            release.countDown();
            caller.join(30_000);
        }
    }

    @Test
    void everyCallAsksTheModelAnew() {
        AtomicInteger calls = new AtomicInteger();
        ModelClient client = clientOf(userText -> "reply " + calls.incrementAndGet());
        ModelRequest same = request("hello");

        assertThat(client.send(same).text()).isEqualTo("reply 1");
        assertThat(client.send(same).text()).isEqualTo("reply 2");
    }

    @Test
    void aCallThatHasTimeIsAnsweredLikeAnyOther() {
        ModelClient client = clientOf(userText -> "reply to " + userText);

        assertThat(client.send(request("hello").within(Duration.ofMinutes(5))).text())
                .isEqualTo("reply to hello");
    }

    @Test
    void aCallWhoseTimeIsOverEndsAsATimeout() {
        CountDownLatch release = new CountDownLatch(1);
        ModelClient client = clientOf(userText -> {
            release.await();
            return "too late";
        });
        try {
            assertThatThrownBy(() -> client.send(request("wait").within(Duration.ofMillis(100))))
                    .isInstanceOf(ModelException.Timeout.class);
        } finally {
            release.countDown();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aModelThatCannotBeReachedIsAFailureThatMayPass() {
        ModelClient client = clientWithoutModel();

        assertThatThrownBy(() -> client.send(request("anyone there?")))
                .isInstanceOfSatisfying(ModelException.class, failure -> {
                    assertThat(failure.isRetryable()).isTrue();
                    assertThat(failure.endsRun()).isFalse();
                    assertThat(failure.getMessage()).isNotBlank();
                });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void theNameIsThereAndStaysTheSame() {
        ModelClient client = clientOf(userText -> "fine");
        String before = client.name();
        client.send(request("hello"));

        assertThat(before).isNotBlank();
        assertThat(client.name()).isEqualTo(before);
    }

    private static ModelRequest request(String text) {
        return ModelRequest.builder("contract").system("You answer.").text(text).build();
    }
}
