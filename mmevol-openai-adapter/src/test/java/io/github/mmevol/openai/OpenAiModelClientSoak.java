package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.openai.FaultyServer.Answer;
import io.github.mmevol.openai.FaultyServer.Received;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 20 000 calls at 128 in flight, three in ten requests hit by a fault of some kind: what happens is counted and printed. */
@Timeout(900)
class OpenAiModelClientSoak {
    private static final int CALLS = 20_000;
    private static final int IN_FLIGHT = 128;
    private static final double FAULTS = 0.3;
    private static final long MEMORY = 16 * 1024 * 1024;
    /** Of those that move 16 MiB each, one in so many is enough. */
    private static final double HEAVY_SHARE = 0.02;

    private static final Set<String> HEAVY = Set.of("a huge reply", "a gzip bomb");
    private static final Pattern QUESTION = Pattern.compile("question [0-9]+");
    private static final LazyImage IMAGE = new LazyImage() {
        private final EncodedImage encoded = new EncodedImage(new byte[30_000], "image/jpeg", 512, 384, 512, 384);

        @Override
        public String hash() {
            return "0".repeat(64);
        }

        @Override
        public EncodedImage encoded() {
            return encoded;
        }
    };

    private final Map<String, AtomicInteger> ends = new ConcurrentSkipListMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private volatile @Nullable CyclicBarrier together;

    @Test
    void everyCallEndsInOneReplyOrOneTypedErrorAndNothingIsLeftBehind() throws Exception {
        warmUp();
        Set<Thread> threadsBefore = threads();
        long memoryBefore = memory();

        try (FaultyServer server = new FaultyServer(this::answer, false)) {
            long start = System.nanoTime();
            run(server);
            System.out.printf(
                    "%d calls in %.1f s, %d requests, %d of them faults, %d connections, longest call %.1f s: %s%n",
                    CALLS,
                    (System.nanoTime() - start) / 1e9,
                    asked.get(),
                    faults.get(),
                    server.connections(),
                    longest.get() / 1e9,
                    ends);
            assertThat(ends.values().stream().mapToInt(AtomicInteger::get).sum())
                    .isEqualTo(CALLS);
            assertThat(ends.keySet())
                    .isSubsetOf("reply", "RateLimit", "Server", "Io", "MalformedReply", "Timeout", "UnknownModel");
            assertThat(server.peakInFlight()).isLessThanOrEqualTo(IN_FLIGHT);
            assertThat(server.connections()).isLessThanOrEqualTo(IN_FLIGHT + faults.get());
        }
        await("threads of client and server", () -> threadsBefore.containsAll(threads()));
        await("memory", () -> memory() < memoryBefore + MEMORY);
        System.out.printf("memory in use before %d kB, after %d kB%n", memoryBefore / 1024, memory() / 1024);
    }

    private void run(FaultyServer server) throws Exception {
        ExecutorService workers = Executors.newCachedThreadPool();
        ExecutorService callers = Executors.newFixedThreadPool(IN_FLIGHT);
        try {
            OpenAiModelClient client = client(server, workers);
            CountDownLatch ended = new CountDownLatch(CALLS);
            for (int number = 0; number < CALLS; number++) {
                String question = "question " + number;
                callers.execute(() -> {
                    call(client, question);
                    ended.countDown();
                });
            }
            ended.await();
            useAllConnectionsAtOnce(client, callers);
            await("no connection but those in use", () -> server.openConnections() == IN_FLIGHT);
        } finally {
            callers.shutdownNow();
            workers.shutdownNow();
        }
    }

    /** Connections that are kept are taken, and the missing ones made; one that is neither kept nor closed would be too many. */
    private void useAllConnectionsAtOnce(OpenAiModelClient client, ExecutorService callers) throws Exception {
        together = new CyclicBarrier(IN_FLIGHT);
        List<Future<String>> replies = new ArrayList<>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            replies.add(callers.submit(() -> client.send(
                            ModelRequest.builder("soak").text("together").build())
                    .text()));
        }
        for (Future<String> reply : replies) {
            assertThat(reply.get()).isEqualTo("fine");
        }
    }

    private void call(OpenAiModelClient client, String question) {
        long start = System.nanoTime();
        String end;
        try {
            String text = client.send(ModelRequest.builder("soak")
                            .text(question + ": " + "What is shown? ".repeat(100))
                            .image(IMAGE)
                            .build())
                    .text();
            end = text.equals("reply to " + question) || text.equals(Fault.TEXT) ? "reply" : "the reply to another";
        } catch (ModelException e) {
            end = e.getClass().getSimpleName();
        } catch (RuntimeException e) {
            end = e.toString();
        }
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
        ends.computeIfAbsent(end, name -> new AtomicInteger()).incrementAndGet();
    }

    private Answer answer(Received request) throws InterruptedException {
        CyclicBarrier barrier = together;
        if (barrier != null) {
            return togetherWithAll(barrier);
        }
        SplittableRandom random = new SplittableRandom(asked.incrementAndGet());
        random.nextLong();
        if (random.nextDouble() < FAULTS) {
            faults.incrementAndGet();
            return fault(random).answer();
        }
        Matcher question = QUESTION.matcher(new String(request.body(), 0, 500));
        return FaultyServer.saying(question.find() ? "reply to " + question.group() : "no question");
    }

    private static Fault fault(SplittableRandom random) {
        Fault fault = Fault.all().get(random.nextInt(Fault.all().size()));
        return HEAVY.contains(fault.name()) && random.nextDouble() > HEAVY_SHARE ? fault(random) : fault;
    }

    private static Answer togetherWithAll(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(1, TimeUnit.MINUTES);
            return FaultyServer.saying("fine");
        } catch (BrokenBarrierException | TimeoutException e) {
            return FaultyServer.saying("not all came");
        }
    }

    /** What stays for good (classes, the JDK's timer) is there before anything is counted. */
    private static void warmUp() throws InterruptedException {
        ExecutorService workers = Executors.newCachedThreadPool();
        try (FaultyServer server = new FaultyServer(request -> FaultyServer.saying("fine"))) {
            client(server, workers)
                    .send(ModelRequest.builder("soak").text("hello").build());
        } finally {
            workers.shutdownNow();
        }
        assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Fault.all()).isNotEmpty();
    }

    private static OpenAiModelClient client(FaultyServer server, ExecutorService workers) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .apiKey("some-key")
                .timeout(Duration.ofSeconds(2))
                .retry(RetryPolicy.builder().baseDelay(Duration.ofMillis(20)).build())
                .concurrency(ConcurrencyLimiter.fixed(IN_FLIGHT))
                .httpClient(HttpClient.newBuilder()
                        .executor(workers)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build())
                .build();
    }

    private static Set<Thread> threads() {
        return new HashSet<>(List.copyOf(Thread.getAllStackTraces().keySet()));
    }

    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** The JDK's client goes when nobody holds it any more, and that takes the collector some rounds. */
    private static void await(String what, BooleanSupplier isThere) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        CountDownLatch never = new CountDownLatch(1);
        while (!isThere.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            System.gc();
            never.await(200, TimeUnit.MILLISECONDS);
        }
    }
}
