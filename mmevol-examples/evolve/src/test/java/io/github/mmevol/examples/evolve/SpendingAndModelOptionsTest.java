package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each option, driven through the program against a local endpoint. The server tells 1000 prompt tokens for each call. */
@Timeout(120)
class SpendingAndModelOptionsTest {
    /** Five samples, three rounds, one call to evolve and one to judge. */
    private static final int ALL_CALLS = 5 * 3 * 2;

    @TempDir
    private Path folder;

    private Path seeds = Path.of("");
    private LocalModelServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile UnaryOperator<String> spoil = UnaryOperator.identity();
    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        seeds = SeedFiles.write(folder.resolve("in"), 5, 2);
        server = new LocalModelServer(0, reply -> spoil.apply(reply));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--out",
                folder.resolve("out").toString(),
                "--seeds",
                seeds.toString(),
                "--base-url",
                server.baseUrl(),
                "--model",
                "local",
                "--eliminate",
                "judge"));
        all.addAll(List.of(options));
        console.getBuffer().setLength(0);
        return EvolveDataset.run(
                new PrintWriter(console), new PrintWriter(errors), Map.of(), all.toArray(String[]::new));
    }

    private JsonNode summary() throws IOException {
        return DataObject.JSON.readTree(Files.readString(folder.resolve("out/summary.json")));
    }

    @Nested
    class Budgets {
        @Test
        void max_calls_stops_the_run_and_a_higher_one_goes_on() throws IOException {
            assertThat(run("--max-calls", "7")).isEqualTo(3);
            assertThat(server.calls()).isEqualTo(7);
            assertThat(summary().path("stopped_by").asString()).startsWith("the budget of 7 calls is used up");
            assertThat(console.toString())
                    .contains("Stopped early: the budget of 7 calls is used up: 7 calls, ")
                    .contains("with a higher one it goes on from there. What was finished has been written.")
                    .doesNotContain("the same command again");
            assertThat(run("--max-calls", "7")).isEqualTo(3);
            assertThat(server.calls()).isEqualTo(7);
            assertThat(run()).isZero();
            assertThat(server.calls()).isEqualTo(ALL_CALLS);
            assertThat(console.toString()).contains("Paid for before: 7 calls, 7000 + ");
            assertThat(summary().path("paid_before")).isNotEmpty();
        }

        @Test
        void max_tokens_total_stops_the_run() throws IOException {
            assertThat(run("--max-tokens-total", "8000", "--concurrency", "1")).isEqualTo(3);
            assertThat(server.calls()).isEqualTo(8);
            assertThat(summary().path("stopped_by").asString()).startsWith("the budget of 8000 tokens");
        }

        @Test
        void max_cost_stops_the_run_at_the_given_prices() throws IOException {
            assertThat(run("--max-cost", "9.5", "--price", "1000,0,0", "--concurrency", "1"))
                    .isEqualTo(3);
            assertThat(server.calls()).isEqualTo(10);
            assertThat(summary().path("cost").decimalValue()).isEqualByComparingTo("10");
            assertThat(summary().has("currency")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "--max-cost 5",
                    "--max-cost much --price 1,1,1",
                    "--max-calls -1",
                    "--price 1,2",
                    "--price 1,2,x",
                    "--price =1,2,3",
                    "--estimate 1",
                    "--timeout 0",
                    "--requests-per-minute 0",
                    "--tokens-per-minute 0",
                    "--image-side 0",
                    "--response-format xml",
                    "--detail sharp"
                })
        void what_makes_no_sense_is_bad_usage_and_told(String options) {
            assertThat(run(options.split(" ", -1))).isEqualTo(2);
            assertThat(errors.toString()).contains(options.split(" ", -1)[0]).doesNotContain("\tat ");
            assertThat(server.calls()).isZero();
        }
    }

    @Nested
    class TheAccount {
        @Test
        void is_printed_and_written_by_purpose_and_model() throws IOException {
            assertThat(run(
                            "--price",
                            "local=2,1,8",
                            "--price",
                            "3,1,8",
                            "--currency",
                            "EUR",
                            "--directions",
                            "cognitive=1"))
                    .isZero();
            assertThat(console.toString())
                    .containsPattern("purpose +model +calls +prompt +cached +completion +cost EUR +mean s")
                    .containsPattern("evolve:cognitive +local +15 +15000 +0 +\\d+ +0\\.0\\d+ +\\d+\\.\\d\\d")
                    .containsPattern("judge +local +15 +15000 +0 +\\d+ +0\\.0\\d+")
                    .containsPattern("all +30 +30000 +0 +465 +0\\.0637");
            JsonNode account = summary().path("account");
            assertThat(account).hasSize(2);
            assertThat(account.path(0).path("purpose").asString()).isEqualTo("evolve:cognitive");
            assertThat(account.path(0).path("model").asString()).isEqualTo("local");
            assertThat(account.path(0).path("calls").asInt()).isEqualTo(15);
            assertThat(account.path(0).path("attempts").asInt()).isEqualTo(15);
            assertThat(account.path(0).path("prompt_tokens").asInt()).isEqualTo(15_000);
            // 30 * 1000 * 2 / 10^6 + (1 + ... + 30) * 8 / 10^6
            assertThat(summary().path("cost").decimalValue()).isEqualByComparingTo("0.06372");
            assertThat(summary().path("currency").asString()).isEqualTo("EUR");
        }

        @Test
        void has_no_cost_without_prices_and_says_whose_price_is_missing() throws IOException {
            assertThat(run("--currency", "EUR")).isZero();
            assertThat(summary().has("cost")).isFalse();
            assertThat(summary().has("currency")).isFalse();
            assertThat(console.toString()).doesNotContain("No price");
            assertThat(run("--fresh", "--price", "local=1,1,1", "--judge-model", "other"))
                    .isZero();
            assertThat(console.toString()).contains("No price is known for other.");
        }
    }

    @Nested
    class AnEstimate {
        @Test
        void by_counting_calls_nothing_and_writes_nothing() {
            assertThat(run("--estimate", "--price", "1,1,1", "--currency", "USD"))
                    .isZero();
            assertThat(server.calls()).isZero();
            assertThat(folder.resolve("out/summary.json")).doesNotExist();
            assertThat(folder.resolve("out/run.db")).doesNotExist();
            assertThat(console.toString())
                    .contains("Estimate for 5 samples, by counting; nothing was called")
                    .containsPattern("calls +\\d+ +\\(\\d+ to \\d+\\)")
                    .containsPattern("cost USD +\\d+\\.\\d+ +\\(")
                    .containsPattern("images, counted as for gpt-4o: \\d+ % of the prompt tokens, \\d+ % of the cost");
        }

        @Test
        void is_printed_by_the_program_itself() throws IOException, InterruptedException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            EvolveDataset.class.getName(),
                            "--seeds",
                            seeds.toString(),
                            "--out",
                            folder.resolve("out").toString(),
                            "--estimate")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(printed).contains("Estimate for 5 samples").containsPattern("calls +\\d+ +\\(\\d+ to \\d+\\)");
        }

        @Test
        void by_a_pilot_pays_for_its_samples_and_the_run_pays_for_the_rest() {
            assertThat(run("--estimate", "2")).isZero();
            assertThat(server.calls()).isEqualTo(ALL_CALLS * 2 / 5);
            assertThat(console.toString())
                    .contains("by a pilot run (intervals that hold in 90 % of all cases)")
                    .containsPattern("of which paid for already, and kept: 12 calls, 12000 \\+ ");
            assertThat(run()).isZero();
            assertThat(server.calls()).isEqualTo(ALL_CALLS);
        }

        @Test
        void by_a_pilot_is_bounded_by_the_budget() {
            assertThat(run("--estimate", "3", "--max-calls", "4")).isEqualTo(3);
            assertThat(errors.toString()).contains("the pilot run was stopped: the budget of 4 calls");
        }
    }

    @Nested
    class AReplay {
        @Test
        void knows_from_the_run_who_wrote_and_who_judged() throws IOException {
            assertThat(run("--judge-model", "other")).isZero();
            String evolved = Files.readString(folder.resolve("out/evolved.jsonl"));
            String out = folder.resolve("out").toString();
            int calls = server.calls();

            assertThat(EvolveDataset.run(
                            new PrintWriter(console),
                            new PrintWriter(errors),
                            Map.of(),
                            "--out",
                            out,
                            "--replay",
                            "--eliminate",
                            "judge"))
                    .isZero();

            assertThat(server.calls()).isEqualTo(calls);
            assertThat(Files.readString(folder.resolve("out/evolved.jsonl")))
                    .isNotEmpty()
                    .isEqualTo(evolved);
            assertThat(summary().path("by_failure").propertyNames()).doesNotContain("model");
            assertThat(console.toString()).contains("what local wrote and other judged");
        }
    }

    @Nested
    class HowTheModelIsAsked {
        @ParameterizedTest
        @CsvSource({"auto,json_schema", "schema,json_schema", "object,json_object", "none,''"})
        void response_format(String option, String sent) {
            assertThat(run("--response-format", option, "--limit", "1")).isZero();
            assertThat(server.lastRequest().path("response_format").path("type").asString(""))
                    .isEqualTo(sent);
        }

        @Test
        void requests_per_minute_spaces_calls_out() {
            assertThat(run("--requests-per-minute", "100", "--limit", "1", "--rounds", "1"))
                    .isZero();
            assertThat(server.calls()).isEqualTo(2);
            assertThat(server.span()).isGreaterThan(Duration.ofMillis(450));
        }

        @Test
        void tokens_per_minute_spaces_calls_out() {
            assertThat(run("--tokens-per-minute", "60000", "--limit", "1", "--rounds", "1"))
                    .isZero();
            assertThat(server.calls()).isEqualTo(2);
            assertThat(server.span()).isGreaterThan(Duration.ofMillis(800));
        }

        private JsonNode image() {
            for (JsonNode part : server.lastRequest().path("messages").path(1).path("content")) {
                if (part.has("image_url")) {
                    return part.path("image_url");
                }
            }
            throw new AssertionError("no image was sent: " + server.lastRequest());
        }

        @ParameterizedTest
        @CsvSource({"auto,low", "low,low", "high,high", "none,''"})
        void detail(String option, String sent) {
            assertThat(run("--detail", option, "--limit", "1")).isZero();
            assertThat(image().path("detail").asString("")).isEqualTo(sent);
        }

        @Test
        void image_side() throws IOException {
            assertThat(run("--image-side", "32", "--limit", "1")).isZero();
            String url = "";
            for (JsonNode part : server.lastRequest().path("messages").path(1).path("content")) {
                url += part.path("image_url").path("url").asString("");
            }
            BufferedImage image = ImageIO.read(
                    new ByteArrayInputStream(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1))));
            assertThat(image.getWidth()).isEqualTo(32);
            assertThat(image.getHeight()).isEqualTo(24);
        }

        @Test
        void timeout_ends_an_attempt_and_the_next_one_may_succeed() throws IOException {
            CountDownLatch second = new CountDownLatch(1);
            spoil = reply -> {
                if (asked.incrementAndGet() > 1) {
                    second.countDown();
                    return reply;
                }
                try {
                    assertThat(second.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return reply;
            };
            assertThat(run("--timeout", "0.5", "--limit", "1", "--rounds", "1", "--concurrency", "1"))
                    .isZero();
            int attempts = 0;
            for (JsonNode line : summary().path("account")) {
                attempts += line.path("attempts").asInt();
            }
            assertThat(summary().path("calls").asInt()).isEqualTo(2);
            assertThat(attempts).isEqualTo(3);
        }
    }
}
