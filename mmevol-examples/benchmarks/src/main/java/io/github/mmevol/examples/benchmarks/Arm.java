package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** One way of making the model calls of a run. */
@FunctionalInterface
interface Arm {
    /**
     * Makes the calls and reads the text of every reply.
     *
     * @return how many calls were made
     */
    long run(Task task) throws IOException, InterruptedException;

    /**
     * What is to be done.
     *
     * @param baseUrl the address under which {@code /chat/completions} lies
     * @param folder holds {@code images}, the seeds and the recording
     * @param inFlight how many calls to have in flight
     */
    record Task(String baseUrl, Path folder, int inFlight) {
        Path images() {
            return folder.resolve("images");
        }

        Path seeds() {
            return folder.resolve("seeds.jsonl");
        }

        Path recording() {
            return folder.resolve("recording");
        }
    }
}
