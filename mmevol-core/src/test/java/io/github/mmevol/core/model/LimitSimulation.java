package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Callers that send one call after the other to a server, through a throttle, in virtual time. Who is refused waits as long as
 * the server says, and a drawn time besides, as a retrying client does, and comes again.
 */
final class LimitSimulation {
    private static final long NETWORK = Duration.ofMillis(5).toNanos();

    private record Event(long at, long order, Runnable what) {}

    /** What happened between two moments. */
    record Stretch(double seconds, long admitted, long refused) {
        double admittedPerSecond() {
            return admitted / seconds;
        }

        double shareRefused() {
            return admitted + refused == 0 ? 0 : (double) refused / (admitted + refused);
        }
    }

    private final SimulatedServer server;
    private final Supplier<Duration> latency;
    private final Random random;
    private final Throttle throttle;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final ArrayDeque<Runnable> line = new ArrayDeque<>();
    private long now;
    private long order;
    private long look = -1;
    private long admitted;
    private long refused;
    private long toldUntil;
    private long early;
    private int mostInFlight;

    LimitSimulation(SimulatedServer server, Supplier<Duration> latency, int callers, Random random) {
        this(server, latency, callers, random, new Throttle(1, 4096, 0));
    }

    LimitSimulation(SimulatedServer server, Supplier<Duration> latency, int callers, Random random, Throttle throttle) {
        this.server = server;
        this.latency = latency;
        this.random = random;
        this.throttle = throttle;
        for (int caller = 0; caller < callers; caller++) {
            line.add(() -> send(0));
        }
        letIn();
    }

    /** Lets so much time pass. */
    Stretch run(Duration time) {
        long end = now + time.toNanos();
        long admittedBefore = admitted;
        long refusedBefore = refused;
        while (!events.isEmpty() && events.element().at <= end) {
            Event event = events.remove();
            now = event.at;
            event.what.run();
        }
        now = end;
        return new Stretch(time.toMillis() / 1000.0, admitted - admittedBefore, refused - refusedBefore);
    }

    /** How many calls started although the server had asked to wait. */
    long early() {
        return early;
    }

    int mostInFlight() {
        return mostInFlight;
    }

    Throttle throttle() {
        return throttle;
    }

    private void in(long nanos, Runnable what) {
        events.add(new Event(now + nanos, order++, what));
    }

    private void letIn() {
        while (!line.isEmpty()) {
            long delay = throttle.delay(now);
            if (delay > 0) {
                if (delay < Gate.FOR_EVER && (look < 0 || now + delay < look)) {
                    long at = now + delay + (long) (random.nextDouble() * 300_000);
                    look = at;
                    in(at - now, () -> {
                        if (look == at) {
                            look = -1;
                            letIn();
                        }
                    });
                }
                return;
            }
            line.remove().run();
        }
    }

    private void comeAgain(int failures) {
        line.add(() -> send(failures));
        letIn();
    }

    private void send(int failures) {
        long number = throttle.start(now);
        early += now < toldUntil ? 1 : 0;
        mostInFlight = Math.max(mostInFlight, throttle.inFlight());
        in(NETWORK + (long) (random.nextDouble() * NETWORK / 5), () -> arrive(number, failures));
    }

    private void arrive(long number, int failures) {
        Duration wait = server.ask(now);
        if (wait.equals(SimulatedServer.ADMITTED)) {
            admitted++;
            in(latency.get().toNanos(), () -> {
                server.answered();
                in(NETWORK, () -> {
                    throttle.ended(number, new Ending(Ending.Kind.ANSWERED, Duration.ZERO), now);
                    comeAgain(0);
                });
            });
        } else {
            refused++;
            in(1_000_000 + NETWORK, () -> {
                toldUntil = Math.max(toldUntil, now + wait.toNanos());
                Ending.Kind kind = server.isBusy() ? Ending.Kind.OVERLOADED : Ending.Kind.REFUSED;
                throttle.ended(number, new Ending(kind, wait), now);
                letIn();
                double jitter = random.nextDouble() * Math.min(60e9, 1e9 * Math.pow(2, failures));
                in(wait.toNanos() + (long) jitter, () -> comeAgain(failures + 1));
            });
        }
    }
}
